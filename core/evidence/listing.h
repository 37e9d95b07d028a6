/*
 * listing: a manifest's lines ("DIGEST  NAME", ended by LF), in order of their names.
 *
 * The index lies in a nameless file, not in memory: there may be millions of lines.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

struct listing {
    struct bytes text;  /* lent by the caller */
    size_t before_name; /* bytes of each line */
    uint64_t *starts;   /* of the lines, sorted by name */
    uint64_t count;
};

enum { LISTING_DIGEST = 64 };

/* Every line must have been checked (listing_check). Free with listing_free. */
bool listing_new(struct listing *l, struct bytes text, struct fail *fail);
/* Of lines that are names alone, each with its LF. */
bool listing_new_names(struct listing *l, struct bytes text, struct fail *fail);
void listing_free(struct listing *l);
/* Digest and name of the i-th line; names alone have no digests. */
struct bytes listing_digest(const struct listing *l, uint64_t i);
struct bytes listing_name(const struct listing *l, uint64_t i);
/* True when a name begins with the directory's name and "/". */
bool listing_has_directory(const struct listing *l, struct bytes directory);

/* Negative, 0 or positive: bytes of names compared. */
int listing_compare(struct bytes a, struct bytes b);
/* Takes one line off *rest: 64 lower-case hexadecimal digits, two spaces, a name that name_check
 * accepts, LF. Anything else fails with the line's `number`. */
bool listing_line(struct bytes *rest, unsigned long number, struct bytes *digest,
                  struct bytes *name, struct fail *fail);
/* Checks every line so. */
bool listing_check(struct bytes text, struct fail *fail);
