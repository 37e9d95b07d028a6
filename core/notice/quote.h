/*
 * quote: bytes from a stranger, as they may stand in a letter.
 *
 * Passes base's text_escape and then goes further: of the characters that are printable only those
 * stand that take one column, join with no neighbour and run from left to right (Latin, Greek and
 * Cyrillic letters, punctuation); all others come out byte by byte as \xNN. So a quote can't hide a
 * character, cover its neighbours, or turn a line's order around.
 */
#pragma once

#include "base/buf.h"

/* Appends b on one line of at most `columns` columns; cut with "…" when it does not fit. */
bool quote_put(struct buf *out, struct bytes b, size_t columns);
/* The same for a name that stands in quotation marks in a sentence of ours: it can't end them, so that what follows would pass for
 * ours. Marks that are no letters beyond ASCII come out as \xNN. */
bool quote_put_name(struct buf *out, struct bytes b, size_t columns);
/* And for one that stands there without: of ASCII letters and digits, and "._-+/=" alone, so that it is one word. */
bool quote_put_word(struct buf *out, struct bytes b, size_t columns);
