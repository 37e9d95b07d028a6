/*
 * html: text of any origin as HTML.
 *
 * What is not printable, and what would turn a line's order round, comes out as text_escape says (\xNN), marked so that it
 * is seen to be no part of what was said; markup comes out as text.
 */
#pragma once

#include "base/buf.h"

/* Appends at most `most` bytes of b, "…" when cut. Fit for an element's text and for a quoted attribute, but for the marks:
 * an attribute is html_attribute's. */
bool html_text(struct buf *out, struct bytes b, size_t most);
/* The same without marks. */
bool html_attribute(struct buf *out, struct bytes b, size_t most);
/* Text that text_escape has made already, all of it: a backslash in it stays one. */
bool html_escaped(struct buf *out, struct bytes text);
