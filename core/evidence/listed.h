/*
 * listed: a manifest while it streams by, held against the lines that it should have.
 *
 * In a bundle as ajar wrote it both are the same, byte for byte, and nothing of the manifest needs to be kept. From
 * the first difference on, all of it is.
 */
#pragma once

#include "evidence/spool.h"

struct listed {
    struct spool *found; /* borrowed: the lines that it should have, so far */
    struct spool *text;  /* the manifest, once it is kept */
    bool differs;
    uint64_t same; /* so many bytes are as in `found`, and not kept */
};

/* The next piece of the manifest. */
bool listed_add(struct listed *l, struct bytes piece, struct fail *fail);
/* True when all of it was as found, and all that was found was in it. */
bool listed_is_found(const struct listed *l);
/* All of the manifest, until listed_free; `found` must be written out. */
bool listed_map(struct listed *l, struct bytes *out, struct fail *fail);
void listed_free(struct listed *l);
