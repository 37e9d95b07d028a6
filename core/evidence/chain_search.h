/*
 * chain_search: a key's runs, looked for where a chain's file may be missing or old: which of the bundles and extracts in a
 * directory is the last one.
 *
 * Only the end of each file is read, where its tree head and its signature stand, and nothing is believed that the key has not
 * signed. That is no verification: what the rest of the file is it does not look at.
 */
#pragma once

#include "evidence/chain_text.h"

enum {
    CHAIN_SEARCH_NAMES = 10000,    /* of the directory: so many are looked at */
    CHAIN_SEARCH_FILES = 200,      /* "*.tar": of so many the end is read */
    CHAIN_SEARCH_TAIL = 128 * 1024 /* so much of it */
};

/* The end of a bundle that the key has signed, in a chain: its number, head and cases; e->path is left alone. Fuzzed. */
bool chain_search_tail(struct bytes tail, const struct public_key *key, struct chain_entry *e);
/* The run with the highest number; false: there is none. A directory that can't be read has none. */
bool chain_search(const char *directory, const struct public_key *key, struct chain_entry *out);
