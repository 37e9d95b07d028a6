/*
 * pack_letters: the letters of a pack, each written about a finding of every kind and verdict that there is a letter about.
 *
 * The findings are those of the pack's own scenarios, and where they have none of a kind, of ajar's own simulated servers.
 */
#pragma once

#include "pack/pack.h"

struct pack_letters {
    const struct pack *pack;
    const char *work;   /* a directory for files of the test */
    const char *key;    /* that signs bundles there */
    const char *bundle; /* of the scenarios' run; NULL, or not there: there was none */
    unsigned net;       /* to serve on */
};

/* The exit status. What was written, and what can't be, is said on stdout. */
int pack_letters_test(const struct pack_letters *t);
