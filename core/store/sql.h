/*
 * sql: one connection to a database, whichever it is: SQLite (sql_sqlite.c) or PostgreSQL (sql_postgres.c).
 *
 * A statement is a constant text, the same for both, prepared when it is first run and kept by its address. Its
 * values are $1, $2, ... Where the dialects differ it has a word in braces, which each driver replaces by its own:
 *
 *     {id}            the type of a key that counts itself      {blob}  the type of bytes
 *     {least} {greatest}   of two numbers                       {now}   the database's clock, in microseconds
 *     {skip}          takes the rows, but for those that another one holds
 *     {hold}          takes the rows, and waits for those that another one holds
 *     {meta_tables}   how many tables there are of the name "meta": 0 or 1
 *     {by_index}      a statement: for this step tables are joined by their indexes
 *     {alone}         waits until no other transaction that has said this goes on
 *
 * For this house alone: others see store.h. A connection belongs to one thread.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

struct sql;

enum sql_kind { SQL_NULL, SQL_NUMBER, SQL_TEXT, SQL_BLOB };

/* A value of a statement, or a column of a row. Bytes are lent. */
struct sql_value {
    enum sql_kind kind;
    int64_t number;
    struct bytes bytes;
};

static inline struct sql_value sql_number(int64_t number)
{
    return (struct sql_value){.kind = SQL_NUMBER, .number = number};
}
static inline struct sql_value sql_text(struct bytes text)
{
    return (struct sql_value){.kind = SQL_TEXT, .bytes = text};
}
static inline struct sql_value sql_blob(struct bytes blob)
{
    return (struct sql_value){.kind = SQL_BLOB, .bytes = blob};
}
static inline struct sql_value sql_null(void)
{
    return (struct sql_value){.kind = SQL_NULL};
}

/* Called for each row; columns are lent for the call. False ends the statement, which then fails with *fail. It runs no
 * statement itself. */
typedef bool sql_row(void *arg, const struct sql_value *columns, struct fail *fail);

/* "sqlite:FILE" is made by the caller as a plain path; postgresql:// and postgres:// are URLs. `create`: an SQLite file is
 * made, mode 0600; else it must be there (ENOENT). */
struct sql *sql_open(const char *place, bool create, struct fail *fail);
void sql_close(struct sql *db);

/* Runs a statement: values for $1 and so on (NULL: it has none), a function for its rows (NULL: they are of no interest). */
bool sql_run(struct sql *db, const char *text, const struct sql_value *values, sql_row *on_row,
             void *arg, struct fail *fail);
/* The first column of its only row as a number: *out stays where there is no row. */
bool sql_get(struct sql *db, const char *text, const struct sql_value *values, int64_t *out,
             struct fail *fail);
/* How many rows the last statement has changed. */
int64_t sql_changed(const struct sql *db);
/* Several statements without values, separated by ';'. Not kept. */
bool sql_script(struct sql *db, const char *text, struct fail *fail);

/* Rows into a table, the quickest way there is: `width` values each, `count` rows, one behind the other. `columns` is
 * "staging (ip, port)". */
bool sql_fill(struct sql *db, const char *columns, const struct sql_value *values, unsigned width,
              size_t count, struct fail *fail);

/* Does `work` as one step: all of it or nothing. Where others were in the way (ELOCKED) it is done anew, a few times, so
 * `work` begins from what its argument said at first. When the connection was lost before, it is made again. EGONE while
 * committing: it may have been done or not. */
bool sql_step(struct sql *db, bool (*work)(struct sql *db, void *arg, struct fail *fail), void *arg,
              struct fail *fail);
