/*
 * tape_walk: the records of one kind on a tape, in their order, without reading the others.
 *
 * For whoever asks few things of many tapes. A line that can't be read is passed over: whoever reads the whole tape
 * (tape/tape_reader.h) says so.
 */
#pragma once

#include "tape/record.h"

struct tape_walk {
    struct bytes rest; /* lines not yet looked at */
    unsigned line;     /* of the record that was given last, from 1 */
    enum record_op op;
    struct buf hold;
};

struct tape_walk tape_walk_begin(struct bytes tape, enum record_op op);
/* The next record, valid until the next call; false when there is none. */
bool tape_walk_next(struct tape_walk *w, struct record *out);
void tape_walk_end(struct tape_walk *w);
