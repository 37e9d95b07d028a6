/*
 * json_read: JSON text made into jansson's values, and fast where it stands as ajar writes it.
 *
 * Of a case's checks the library's own reader took the most: it looks at each byte several times. Here a string's bytes are
 * looked at once, and what is written in another way is left to that.
 */
#pragma once

#include "base/bytes.h"

#include <jansson.h>

/* The object or array that fills the text, in which no name stands twice and strings may hold U+0000; the caller json_decref's it.
 * NULL: it is none, and *error says why. */
json_t *json_read(struct bytes text, json_error_t *error);
/* The same where there are no blanks (but an end of the line), whole numbers from 0, nothing beyond ASCII that is escaped or a
 * name, and nothing deeper than such files are. NULL for all else. It gives what json_read would (the fuzz target compares). */
json_t *json_read_quick(struct bytes text);
/* The same for every text, by the JSON library. */
json_t *json_read_any(struct bytes text, json_error_t *error);
