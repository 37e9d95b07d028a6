/*
 * digests: which texts of very many have been there, in bounded memory: by a 64-bit digest of each under a random key, for
 * which nobody can prepare two that clash. Some 1.5 million of them, in 16 MiB; of few texts less of that is touched.
 */
#pragma once

#include "base/bytes.h"

struct digests;

enum digests_found {
    DIGESTS_NEW,   /* sure */
    DIGESTS_KNOWN, /* as sure as that no two of 1.5 million random numbers of 64 bits are one */
    DIGESTS_FULL   /* not kept: there are too many */
};

/* NULL when no memory is left. */
struct digests *digests_new(void);
void digests_free(struct digests *d);
enum digests_found digests_add(struct digests *d, struct bytes text);
