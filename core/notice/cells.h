/*
 * cells: a table in a letter: rows of short texts, the first of them the head.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

enum { CELLS_ROWS = 64, CELLS_COLUMNS = 8 };

/* Is it a list of such rows, each with as many cells as the head, all of them printable texts? */
bool cells_are_well(const json_t *cells);
/* Columns that the widest cell of this column takes (text_width). */
size_t cells_width(const json_t *cells, size_t column);
struct bytes cells_text(const json_t *cells, size_t row, size_t column);
/* Appends a row as lines of text of at most `columns` columns: its cells one below the other's, as many of them on the first line
 * as all rows have room for, the others on lines behind a few blanks. Each line ends with LF, without blanks before it. In a table
 * that runs from right to left (`rtl`) cells that don't have isolates (isolates.h). */
void cells_put(struct buf *out, const json_t *cells, size_t row, size_t columns, bool rtl);
