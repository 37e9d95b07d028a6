/*
 * staging: rows that are first put into a table of this connection's own, and from there, all at once, to where they belong.
 *
 * So a thousand rows are a handful of statements, which matters where the database is another machine.
 */
#pragma once

#include "store/sql.h"

struct staging {
    const char *create;  /* "CREATE TEMP TABLE IF NOT EXISTS NAME (...); DELETE FROM NAME" */
    const char *columns; /* "NAME (A, B)": sql_fill's */
    unsigned width;      /* how many */
};

/* Empties the table, and fills it. `put` writes the values of row i, which it lends until the call is over. For within a step;
 * in what remains of it tables are joined by their indexes ({by_index} of sql.h). */
bool staging_fill(struct sql *db, const struct staging *s, size_t count,
                  void (*put)(const void *rows, size_t i, struct sql_value *values),
                  const void *rows, struct fail *fail);
