/*
 * sorted: very many records of one size, put in the order of their bytes, in memory that does not grow with their number.
 *
 * They are sorted piece by piece, and the pieces merged, some dozens at a time, from one nameless file into another (spool.h). Few of
 * them stay in memory.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

enum { SORTED_RECORD = 64 }; /* the most bytes of a record */

struct sorted;

/* Of records of `size` bytes. NULL: see fail. */
struct sorted *sorted_new(size_t size, struct fail *fail);
void sorted_free(struct sorted *s);
bool sorted_add(struct sorted *s, const void *record, struct fail *fail);
/* Once all are added, and before what follows. */
bool sorted_close(struct sorted *s, struct fail *fail);

uint64_t sorted_count(const struct sorted *s);
/* Reads `n` records from the i-th on; EIO when there are not so many. */
bool sorted_read(const struct sorted *s, uint64_t i, size_t n, void *out, struct fail *fail);
/* Calls fn for each, in order; false ends it, with the fail set. */
typedef bool (*sorted_fn)(void *arg, const void *record, struct fail *fail);
bool sorted_each(const struct sorted *s, sorted_fn fn, void *arg, struct fail *fail);
/* The first that does not stand before those which begin with `beginning`; the count where there is none. */
bool sorted_find(const struct sorted *s, struct bytes beginning, uint64_t *i, struct fail *fail);
