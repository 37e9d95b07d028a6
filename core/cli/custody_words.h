/*
 * custody_words: the custody of a bundle, for a person.
 */
#pragma once

#include "evidence/custody.h"

/* All records, on stdout. `file` is the digest of the bundle's file as it is now. */
void custody_words_print(const struct custody *c, const struct trust *keys,
                         const unsigned char file[SHA256_SIZE]);
/* `ajar verify`: the bag beside a bundle that has verified, if there is one. */
struct custody_beside {
    bool is_there;
    bool holds; /* or there is none */
    struct custody records;
    struct fail why; /* it does not; names the bag */
};

/* With keys, each record must be by one of them. To be freed. */
void custody_words_look(const char *bundle, const struct bundle_report *report,
                        const struct trust *keys, struct custody_beside *out);
/* A line on stdout that says how far it goes, and who signed (without keys: which keys did), or that it does not hold. */
void custody_words_line(const struct custody_beside *b, const struct trust *keys);
void custody_words_free(struct custody_beside *b);
