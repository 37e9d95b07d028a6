/*
 * packed: records as they wait in memory while a probe runs: half the size of their lines.
 *
 * For thousands of probes in flight the tape is most of what they hold. So a record is kept as its op, its numbers
 * (seven bits a byte, the lowest first) and its fields with their lengths, and becomes a line when the tape is
 * handed over. Written and read by one process: whatever is not as packed_put writes it is our own mistake.
 */
#pragma once

#include "tape/record.h"

/* How many bytes it takes: that of its fields, and at most so many more. */
enum { PACKED_MORE = 3 + 2 * 10 + 10 * RECORD_FIELDS };
size_t packed_size(const struct record *r);
/* Writes it at `to`, where there is room; gives where it ends. */
unsigned char *packed_write(unsigned char *to, const struct record *r);
/* False: no memory, or the limit of *out; nothing was written then, and `overflow` is not set. */
bool packed_put(struct buf *out, const struct record *r);
/* The first record of *rest, which is taken off it. Fields are views. */
struct record packed_take(struct bytes *rest);
/* All records as the lines of a tape; false when record_put refused one. */
bool packed_lines(struct bytes records, struct buf *tape);
