/*
 * seen: whether a list of names has one twice, or one that is a file and a directory, in one go
 * through it in whatever order it stands.
 *
 * Works with 64-bit digests of names under a random key. So "no" is certain but for a collision that
 * nobody can prepare, and "maybe" is for listing.h to decide.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

/* `lines`: checked lines as in listing.h. *maybe is set when a name may clash with another. */
bool seen_clash(struct bytes lines, uint64_t count, bool *maybe, struct fail *fail);
