/*
 * once: whether each name comes once, and none is a file and a directory, while the names stream by in the order in which
 * ajar writes them: the files of a case together.
 *
 * Then a case's name is all that must be remembered, as a 64-bit digest under a random key, which nobody can prepare a clash
 * for; and of other files there are few. Sure is sure; for another order, more than some 1.5 million cases, or a clash of
 * digests, seen.h and manifest.h decide. At most 16 MiB.
 */
#pragma once

#include "base/bytes.h"

struct once;

/* NULL when no memory is left. */
struct once *once_new(void);
void once_free(struct once *o);
void once_add(struct once *o, const char *name);
/* True when all names that were added differ, and none is the directory of another. */
bool once_sure(const struct once *o);
