/*
 * chain_words: whether the bundles that were verified one after the other are a chain, in words.
 */
#pragma once

#include "evidence/chain.h"

struct chain_walk {
    unsigned long count;
    unsigned long first; /* number of the first run */
    const char *path;    /* of the last one */
    struct bundle_report report;
    bool broken;
    struct fail why;
};

/* The next one. Begin with a zeroed walk. */
void chain_words_add(struct chain_walk *w, const char *path, const struct bundle_report *report);
/* Says what was found of two or more. False: they are no chain without a gap. */
bool chain_words_end(const struct chain_walk *w);
