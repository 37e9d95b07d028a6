/*
 * record_shape: what each kind of record has on its line, for record.c, record_quick.c and tape_walk.c alone.
 */
#pragma once

#include "tape/record.h"

enum { RECORD_CONNECTION_MOST = 65535, RECORD_NUMBER_MOST = 65535 };

enum record_kind {
    RECORD_KIND_BYTES,
    RECORD_KIND_PORT,  /* a number from 1, kept as its digits; not on the line where it is empty */
    RECORD_KIND_COUNT, /* the same from 0 */
    RECORD_KIND_CHAIN,
    RECORD_KIND_STEPS,
};

struct record_field {
    const char *name;  /* NULL: there are no more */
    struct bytes head; /* as it stands on the line: ,"to": */
    enum record_kind kind;
};

/* What an op has besides t and op. The first field is record.data, the others record.more. */
struct record_shape {
    const char *name;
    struct bytes head; /* as it stands on the line: ,"op":"open" */
    bool has_c;
    bool zero_c; /* c may be 0 */
    struct record_field fields[RECORD_FIELDS + 1];
};

static inline bool record_kind_is_number(enum record_kind kind)
{
    return kind == RECORD_KIND_PORT || kind == RECORD_KIND_COUNT;
}

const struct record_shape *record_shape_of(enum record_op op);

/* Where the i-th field stands in the record. */
static inline struct bytes *record_slot(struct record *r, unsigned i)
{
    return i == 0 ? &r->data : &r->more[i - 1];
}

/* Reads a line that stands as record_put writes the plainest ones: members in their order, no blanks, no character
 * beyond ASCII, and lists empty or of plain steps. False for any other: the line may be good all the same. It gives
 * what record_get would give (the fuzz target compares), in a tenth of the time. */
bool record_quick(struct bytes line, struct record *out, struct buf *hold);
/* The same for every line, by the JSON library. */
bool record_get_any(struct bytes line, struct record *out, struct buf *hold, struct fail *fail);
