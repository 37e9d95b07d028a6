/*
 * case_table: the cases of a bundle as rows for a person, in fixed columns, so that a row can be printed
 * as soon as its case is read.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

struct case_table {
    struct buf *out;
    unsigned width; /* of a row; what does not fit is cut; 0: nothing is */
    bool colour;
};

void case_table_titles(const struct case_table *t);
/* One row. `json` is the object of case.json; what it lacks stays empty, and all of it is escaped. */
void case_table_row(const struct case_table *t, const char *id, const json_t *json);
