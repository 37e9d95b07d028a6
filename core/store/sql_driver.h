/*
 * sql_driver: what a database must be able to do for sql.c. For this house's drivers.
 */
#pragma once

#include "base/buf.h"
#include "store/sql.h"

enum { SQL_VALUES = 24 /* of a statement, or columns of a row, at most */ };

/* What the words in braces become. */
struct sql_dialect {
    char mark; /* before the number of a value */
    const char *id;
    const char *blob;
    const char *least;
    const char *greatest;
    const char *now;
    const char *skip;
    const char *hold;
    const char *meta_tables;
    const char *alone;
    const char *by_index;
};

struct sql_driver {
    bool (*run)(struct sql *db, const char *text, const struct sql_value *values, sql_row *on_row,
                void *arg, struct fail *fail);
    bool (*script)(struct sql *db, const char *text, struct fail *fail);
    bool (*fill)(struct sql *db, const char *columns, const struct sql_value *values,
                 unsigned width, size_t count, struct fail *fail);
    /* Makes a connection that was lost anew; true when there is one. */
    bool (*revive)(struct sql *db, struct fail *fail);
    void (*close)(struct sql *db);
    const char *begin; /* a transaction that writes */
};

/* The head of each driver's own. */
struct sql {
    const struct sql_driver *driver;
    int64_t changed;
    bool in_step;
};

struct sql *sql_postgres_open(const char *url, struct fail *fail);
struct sql *sql_sqlite_open(const char *path, bool create, struct fail *fail);

/* The text in this dialect, into `out`. */
bool sql_translate(const struct sql_dialect *dialect, const char *text, struct buf *out,
                   struct fail *fail);
/* How many values a statement has: the highest number behind a '$'. */
unsigned sql_value_count(const char *text);
