/*
 * text: making bytes fit for a person's eyes.
 *
 * Whatever came from the network is hostile: it can hold control characters, terminal escapes,
 * broken UTF-8 and right-to-left marks. Nothing of it reaches a terminal, a letter or a message
 * without passing through here.
 */
#pragma once

#include "base/buf.h"

enum { TEXT_MARKS = 4 }; /* more on one character cover the lines around; no language has as many */

/* Replaces, in place, each byte that is not part of a printable UTF-8 character by '?'. Printable
 * excludes C0, DEL, C1, U+2028, U+2029, bidirectional controls, tags, and characters without width
 * or glyph (character.h), and of combining marks in a row what is over TEXT_MARKS. */
void text_make_printable(char *text);
/* Decodes the UTF-8 character at the head of b (RFC 3629): its length in bytes, or 0 when there is
 * none. */
size_t text_decode(struct bytes b, uint32_t *out);
/* Length in bytes of the printable UTF-8 character at the head of b, or 0 if there is none. */
size_t text_printable_length(struct bytes b);
/* The same of the one at `at`, with what stands before it in b: it may be one combining mark too many. */
size_t text_printable_at(struct bytes b, size_t at);
/* How many bytes at the head of b are printable ASCII: one column and one character each. */
size_t text_ascii_run(struct bytes b);
bool text_is_utf8(struct bytes b);
bool text_is_printable(struct bytes b);
/* The same, with isolates (U+2066 to U+2069) in it: our own put them around what runs against its line (UAX 9). */
bool text_is_isolated(struct bytes b);

/* Appends b to out for a terminal or a letter: printable characters as they are, CR, LF and TAB as
 * \r \n \t, a backslash as \\, all else as \xNN. At most `most` bytes of b; "…" when cut. */
bool text_escape(struct buf *out, struct bytes b, size_t most);
/* Columns that a UTF-8 text takes on a terminal (East Asian wide characters count two). */
size_t text_width(struct bytes b);
