/*
 * custody_text: the text of one record of a bundle's custody (doc/evidence.md, "Custody").
 */
#pragma once

#include "base/hash.h"
#include "base/time.h"
#include "evidence/key.h"
#include "evidence/name.h"

#define CUSTODY_KIND "ajar-custody/1"

enum { CUSTODY_EVENT = 41, CUSTODY_WHO = 201, CUSTODY_NOTE = 1001, CUSTODY_TEXT = 4096 };

struct custody_record {
    unsigned long number;                /* from 1 */
    unsigned char seal[SHA256_SIZE];     /* of the bundle's first signature: what was sealed */
    char case_id[NAME_LIMIT];            /* of an extract; "": it is of the whole bundle */
    unsigned char tree[SHA256_SIZE];     /* of the extract's tree.txt: what of the case is hidden */
    unsigned char file[SHA256_SIZE];     /* of the file as it was then */
    unsigned char previous[SHA256_SIZE]; /* of the record before; number 1 has none */
    instant at;                          /* by the clock of who recorded it */
    char event[CUSTODY_EVENT];           /* "handed-over" */
    char by[CUSTODY_WHO];
    char to[CUSTODY_WHO];    /* or "" */
    char note[CUSTODY_NOTE]; /* or "" */
    struct public_key key;   /* who signs the record */
};

/* Appends it. Fails (EINVAL) when a text is none that may stand there: an event is a word of small letters, digits and
 * hyphens that begins with a letter; the others are one printable line, `by` not empty. */
bool custody_record_put(struct buf *out, const struct custody_record *record, struct fail *fail);
/* Exactly what custody_record_put writes. Fuzzed. */
bool custody_record_parse(struct bytes text, struct custody_record *out, struct fail *fail);
