/*
 * counts: how often each token came. It grows with the tokens that did come, and those are true ones:
 * nobody but this run can make them.
 */
#pragma once

#include "proto/token.h"

struct counts_entry {
    struct token token;
    unsigned char times; /* 0 = the place is free */
};

struct counts {
    struct counts_entry *table;
    size_t cap; /* a power of two, or 0 */
    size_t n;
};

/* Counts the token once more; false, and not counted, when that would pass `most` (under 256) or no
 * memory is left. */
bool counts_add(struct counts *c, const struct token *token, unsigned most);
void counts_free(struct counts *c);
