/*
 * isolates: lines of a language that is written from right to left.
 *
 * What is written from left to right in it (an address, a command, a subject to answer with) is put between U+2066 and U+2069, so that
 * its parts stand in their order and those of the sentence in theirs (UAX 9). These are the only marks of direction that a letter
 * has: in words that come from elsewhere they are refused (letter.h). They take no column.
 */
#pragma once

#include "base/buf.h"

/* Is anything in the line written from right to left? */
bool isolates_has_rtl(struct bytes line);
/* Appends the line, with isolates in it. One in which nothing is written from right to left needs none. */
bool isolates_put(struct buf *out, struct bytes line);
/* The same of a text that stands for itself, a cell of a table: one in which nothing is written from right to left is put between them
 * whole. */
bool isolates_put_cell(struct buf *out, struct bytes cell);
