/*
 * fail: an error as a value.
 *
 * A function that can fail returns false (or NULL) and fills a struct fail: a code that a program
 * compares ("ECONNREFUSED", "EFORMAT") and a sentence that a person can act on: what, where, what to
 * do. A fail is set where the cause is known and handed up unchanged, or with a prefix.
 */
#pragma once

#include "base/bytes.h"

struct fail {
    const char *code; /* static text; NULL when nothing failed */
    char text[320];   /* one sentence, no line end, cut if longer; printable (see fail_set) */
};

/* Sets code and sentence; bytes that are no printable UTF-8 come out as '?'. Returns false. */
bool fail_set(struct fail *f, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Sets the fail from an errno: code "ECONNREFUSED", sentence "WHAT: Connection refused". */
bool fail_errno(struct fail *f, int error, const char *what);
/* Puts "PREFIX: " before the sentence. Returns false. */
bool fail_prefix(struct fail *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The name of an errno ("ECONNREFUSED"), or "EUNKNOWN". Static text. */
const char *fail_errno_name(int error);
/* The static text of a code that came as text (from a tape, from another process), or "EOTHER". */
const char *fail_code(struct bytes text);
