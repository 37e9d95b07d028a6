/*
 * fields: the lines "label value" of which the texts around the tree are made (doc/evidence.md).
 *
 * Readers take the values out and then write the text again: what is not the same bytes is refused, so that each
 * text has exactly one form.
 */
#pragma once

#include "base/hash.h"

#include <stdint.h>

/* Takes a line that begins with `label` and a blank off *rest; *value is what follows, without the LF. */
bool fields_take(struct bytes *rest, const char *label, struct bytes *value);
/* Takes the line `line` off *rest. */
bool fields_take_line(struct bytes *rest, const char *line);
/* Takes what is before the first blank off *value, and the blank. */
struct bytes fields_word(struct bytes *value);
/* Lower-case hexadecimal of exactly `size` bytes. */
bool fields_hex(struct bytes value, unsigned char *out, size_t size);
