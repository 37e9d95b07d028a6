/*
 * member: the members of the JSON files that packs.json and an index are, copied within bounds.
 */
#pragma once

#include "base/fail.h"
#include "base/hash.h"

/* A printable text of fewer than `size` bytes, with its NUL. */
bool member_copy(struct bytes text, char *out, size_t size);
/* A SHA-256 in lower-case hexadecimal. */
bool member_digest(struct bytes text, char out[SHA256_HEX]);
/* Only these letters, and at least one? */
bool member_consists_of(struct bytes text, const char *letters);
/* "WHAT is missing or wrong" (EFORMAT). */
bool member_refuse(struct fail *fail, const char *what);
