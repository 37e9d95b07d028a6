/*
 * leaves: the hashes of a bundle's leaves, as many as there are, in the order of their bytes.
 *
 * They wait in spools, 32 bytes each, so that memory does not grow with their number.
 */
#pragma once

#include "evidence/spool.h"
#include "evidence/tree.h"

uint64_t leaves_count(const struct spool *leaves);
/* The root of the tree over all of them, written out in any order. In bounded memory: a long list is gone through
 * several times, each time for a share of the hashes. */
bool leaves_root(const struct spool *leaves, struct sha256 *h, unsigned char out[SHA256_SIZE],
                 struct fail *fail);
/* Puts all hashes of `from` into `to`, an empty spool, sorted, and writes it out. */
bool leaves_sort(const struct spool *from, struct spool *to, struct fail *fail);
/* Where the leaf stands, from 0; ENOENT. */
bool leaves_find(const struct spool *sorted, const unsigned char leaf[SHA256_SIZE], uint64_t *index,
                 struct fail *fail);
/* Appends the inclusion proof of a leaf (RFC 9162, section 2.1.3.1): hashes, that nearest to it first. */
bool leaves_path(const struct spool *sorted, struct sha256 *h, uint64_t index, struct buf *out,
                 struct fail *fail);
