/*
 * seen: whether a list of names has one twice, or one that is a file and a directory, in whatever
 * order it stands.
 *
 * Works with 64-bit digests of names under a random key. So "no" is certain but for what nobody can
 * prepare, and "maybe" is for manifest.h to decide. Memory is bounded: a long list is gone through
 * several times, each time for a share of the digests.
 */
#pragma once

#include "evidence/spool.h"

/* `lines`: `count` lines, as listing_check wants them, all written. *maybe is set when a name may
 * clash with another. */
bool seen_clash(const struct spool *lines, uint64_t count, bool *maybe, struct fail *fail);
