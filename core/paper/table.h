/*
 * table: a table on paper: each row a line, its cells at tab stops that are as far apart as the widest cells want; where they want
 * more than a line has, in smaller letters.
 */
#pragma once

#include "base/fail.h"
#include "paper/typeset.h"

enum { TABLE_ROWS = 64, TABLE_COLUMNS = 8 };

/* How many pieces the block becomes: 0 where it is no table. */
size_t table_rows(const json_t *block);
/* Are these rows of as many cells each, every one a line of text? */
bool table_check(const json_t *cells, struct fail *fail);
/* Where a table's columns end, and how much smaller than usual its letters are. */
struct table_stops {
    double ends[TABLE_COLUMNS];
    double scale; /* 1: not at all */
};
/* Of a table that is to be `width` wide at most. */
struct table_stops table_measure(struct typeset *t, const json_t *block, double width);
/* The layout of a row; owned by the caller. */
PangoLayout *table_row(struct typeset *t, const struct look *look, const json_t *block, size_t row,
                       double width, const struct table_stops *stops);
