/*
 * object: the JSON objects that ajar writes beside a tape (case.json, run.json), read back through jansson.
 *
 * A target can send any byte, NUL too, and what it said stands in a case's steps and reason: so a string may hold U+0000, and
 * ends where its length says.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

#include <jansson.h>

/* The object that fills the text, in which no name stands twice; the caller json_decref's it. NULL: it is none. */
json_t *object_load(struct bytes text);
/* The same; the fail (EFORMAT) says why it is none: "no JSON object: duplicate object key near '"verdict"' (byte 99)". */
json_t *object_load_or(struct bytes text, struct fail *fail);
/* Where in the text that is, line and column from 1 on: the end of what the sentence quotes. */
void object_where(struct bytes text, const struct fail *why, unsigned *line, unsigned *column);
/* The member's string, a view into the object; empty when there is none, or it is no string. */
struct bytes object_text(const json_t *object, const char *name);
