/*
 * json_write: jansson's values made into JSON text, as json_read.h reads it quickly: the library's own writer hands out a string
 * in many small pieces.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

/* Appends the value, whose numbers are whole ones, without blanks; false: there is a number that is none, or no room. Names are
 * put as they are: they are the program's own. */
bool json_write(struct buf *out, json_t *value);
