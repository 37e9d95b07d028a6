/*
 * strict: reading a tape's JSON (through jansson) with nothing forgiven.
 *
 * Every string on a tape stands for bytes: the character U+00NN is the byte NN, and a character
 * above U+00FF is refused. Nothing is forgiven: a doubled key, a field too many, a field missing, a
 * number with a fraction. Each error is a sentence that names the field.
 *
 * Bytes are collected in a `hold` that moves while it grows. So a field is read as a length, and
 * strict_place sets its pointer once all are read.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

/* The JSON object that fills `line`, of at most `limit` bytes; the caller json_decref's it. NULL:
 * see fail. */
json_t *strict_load(struct bytes line, size_t limit, struct fail *fail);
/* True when the object has exactly `count` members. */
bool strict_count(const json_t *object, size_t count, struct fail *fail);
/* The member, or NULL with a fail. */
json_t *strict_member(const json_t *object, const char *name, struct fail *fail);
/* An integer from least to most. */
bool strict_integer(const json_t *object, const char *name, json_int_t least, json_int_t most,
                    json_int_t *out, struct fail *fail);
/* Appends the string's bytes to hold; out->n is their number, out->p is not yet set. */
bool strict_bytes(const json_t *object, const char *name, struct buf *hold, struct bytes *out,
                  struct fail *fail);
/* Points `field` at its bytes in hold, behind `at`; returns where the next field begins. */
size_t strict_place(struct bytes *field, const struct buf *hold, size_t at);
