/* SQLite: a file on this machine, for one machine's processes. */
#include "store/sql_driver.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

enum { STATEMENTS = 256, TEXT_MOST = 64 * 1024, LOCK_WAIT = 20000 /* ms */ };

/* A prepared statement. The places are a hash table by the text's address; half of them at most are used. */
struct prepared {
    const char *text; /* NULL: free */
    sqlite3_stmt *statement;
};

struct sqlite {
    struct sql sql;
    sqlite3 *db;
    char *path;
    unsigned prepared_count;
    struct prepared prepared[STATEMENTS];
};

static const struct sql_dialect dialect = {
    .mark = '?',
    .id = "INTEGER PRIMARY KEY",
    .blob = "BLOB",
    .least = "min",
    .greatest = "max",
    .now = "(CAST(strftime('%s','now') AS INTEGER) * 1000000"
           " + CAST(substr(strftime('%f','now'), 4) AS INTEGER) * 1000)",
    .skip = "",
    .hold = "",
    .meta_tables = "count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'",
    .by_index = "SELECT 1", /* it does nothing else */
    .alone = "1",           /* a transaction that writes is alone */
};

static struct sqlite *of(struct sql *db)
{
    return (struct sqlite *)db;
}

/* The fail's code says whether trying again helps: store.h. */
static const char *code_of(int result)
{
    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "ELOCKED";
    case SQLITE_FULL:
        return "ENOSPC";
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
        return "EGONE";
    case SQLITE_CONSTRAINT:
        return "ECONFLICT";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return "EFORMAT";
    case SQLITE_NOMEM:
        return "ENOMEM";
    default:
        return "ESTORE";
    }
}

static bool say(const struct sqlite *s, int result, struct fail *fail)
{
    return fail_set(fail, code_of(result), "%s: %s", s->path, sqlite3_errmsg(s->db));
}

/* ---- statements ---- */

static struct prepared *place_of(struct sqlite *s, const char *text)
{
    size_t at = ((uintptr_t)text >> 3) * 2654435761U % STATEMENTS;
    while (s->prepared[at].text && s->prepared[at].text != text)
        at = (at + 1) % STATEMENTS;
    return &s->prepared[at];
}

static void forget_statements(struct sqlite *s)
{
    for (unsigned i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(s->prepared[i].statement);
        s->prepared[i] = (struct prepared){0};
    }
    s->prepared_count = 0;
}

static sqlite3_stmt *prepare(struct sqlite *s, const char *text, struct fail *fail)
{
    struct prepared *p = place_of(s, text);
    if (p->text)
        return p->statement;
    if (s->prepared_count == STATEMENTS / 2) {
        forget_statements(s);
        p = place_of(s, text);
    }
    sqlite3_stmt *statement = NULL;
    struct buf sql = buf_new(TEXT_MOST);
    if (sql_translate(&dialect, text, &sql, fail)) {
        int result = sqlite3_prepare_v3(s->db, (const char *)sql.p, (int)sql.n,
                                        SQLITE_PREPARE_PERSISTENT, &statement, NULL);
        if (result == SQLITE_OK) {
            *p = (struct prepared){text, statement};
            s->prepared_count++;
        } else {
            say(s, result, fail);
        }
    }
    buf_free(&sql);
    return statement;
}

static int bind_one(sqlite3_stmt *statement, int at, const struct sql_value *v)
{
    /* No pointer would mean NULL. */
    const void *p = v->bytes.n > 0 ? (const void *)v->bytes.p : "";
    switch (v->kind) {
    case SQL_NUMBER:
        return sqlite3_bind_int64(statement, at, v->number);
    case SQL_TEXT:
        return sqlite3_bind_text64(statement, at, p, v->bytes.n, SQLITE_STATIC, SQLITE_UTF8);
    case SQL_BLOB:
        return sqlite3_bind_blob64(statement, at, p, v->bytes.n, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

static bool bind_all(struct sqlite *s, sqlite3_stmt *statement, const struct sql_value *values,
                     struct fail *fail)
{
    int count = sqlite3_bind_parameter_count(statement);
    for (int i = 0; i < count; i++) {
        int result = bind_one(statement, i + 1, &values[i]);
        if (result != SQLITE_OK)
            return say(s, result, fail);
    }
    return true;
}

static struct sql_value column_of(sqlite3_stmt *statement, int at)
{
    int type = sqlite3_column_type(statement, at);
    if (type == SQLITE_INTEGER)
        return sql_number(sqlite3_column_int64(statement, at));
    if (type == SQLITE_FLOAT)
        return sql_number((int64_t)sqlite3_column_double(statement, at));
    if (type == SQLITE_NULL)
        return sql_null();
    const void *p = sqlite3_column_blob(statement, at);
    struct bytes b = bytes_at(p, (size_t)sqlite3_column_bytes(statement, at));
    return type == SQLITE_TEXT ? sql_text(b) : sql_blob(b);
}

/* All rows of a statement that is bound. */
static bool step_all(struct sqlite *s, sqlite3_stmt *statement, sql_row *on_row, void *arg,
                     struct fail *fail)
{
    struct sql_value columns[SQL_VALUES];
    int width = sqlite3_column_count(statement);
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!on_row)
            continue;
        for (int i = 0; i < width && i < SQL_VALUES; i++)
            columns[i] = column_of(statement, i);
        if (!on_row(arg, columns, fail))
            return false;
    }
    s->sql.changed = sqlite3_changes64(s->db);
    return result == SQLITE_DONE || say(s, result, fail);
}

static bool run(struct sql *db, const char *text, const struct sql_value *values, sql_row *on_row,
                void *arg, struct fail *fail)
{
    struct sqlite *s = of(db);
    sqlite3_stmt *statement = prepare(s, text, fail);
    if (!statement)
        return false;
    bool ok = bind_all(s, statement, values, fail) && step_all(s, statement, on_row, arg, fail);
    sqlite3_reset(statement);
    return ok;
}

static bool script(struct sql *db, const char *text, struct fail *fail)
{
    struct sqlite *s = of(db);
    struct buf sql = buf_new(TEXT_MOST);
    bool ok = sql_translate(&dialect, text, &sql, fail);
    int result = ok ? sqlite3_exec(s->db, buf_text(&sql), NULL, NULL, NULL) : SQLITE_OK;
    buf_free(&sql);
    return ok && (result == SQLITE_OK || say(s, result, fail));
}

/* "INSERT INTO TABLE (COLUMNS) VALUES (?1, ?2)" */
static bool fill(struct sql *db, const char *columns, const struct sql_value *values,
                 unsigned width, size_t count, struct fail *fail)
{
    struct sqlite *s = of(db);
    sqlite3_stmt *statement = NULL;
    struct buf sql = buf_new(TEXT_MOST);
    buf_printf(&sql, "INSERT INTO %s VALUES (", columns);
    for (unsigned i = 0; i < width; i++)
        buf_printf(&sql, "%s?%u", i ? "," : "", i + 1);
    buf_put_byte(&sql, ')');
    int result = sqlite3_prepare_v2(s->db, (const char *)sql.p, (int)sql.n, &statement, NULL);
    bool ok = result == SQLITE_OK || say(s, result, fail);
    for (size_t i = 0; ok && i < count; i++) {
        ok = bind_all(s, statement, values + i * width, fail) &&
             step_all(s, statement, NULL, NULL, fail);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    buf_free(&sql);
    return ok;
}

/* ---- opening ---- */

static void close_sqlite(struct sql *db)
{
    struct sqlite *s = of(db);
    forget_statements(s);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

static bool revive(struct sql *db, struct fail *fail)
{
    (void)db;
    (void)fail;
    return true; /* a file needs no connection */
}

static const struct sql_driver driver = {
    .run = run,
    .script = script,
    .fill = fill,
    .revive = revive,
    .close = close_sqlite,
    .begin = "BEGIN IMMEDIATE", /* one writer at a time; the next one waits */
};

/* Made by us, so that others on this machine can't read it. */
static bool make_file(const char *path, struct fail *fail)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    close(fd);
    return true;
}

/* What was committed is on the disk, whatever happens to the machine. */
static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;"
                               "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF";

static bool open_file(struct sqlite *s, bool create, struct fail *fail)
{
    if (create && !make_file(s->path, fail))
        return false;
    if (!create && access(s->path, F_OK) != 0)
        return fail_errno(fail, errno, s->path);
    int result =
        sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK)
        return say(s, result, fail);
    sqlite3_busy_timeout(s->db, LOCK_WAIT);
    sqlite3_extended_result_codes(s->db, 1);
    return script(&s->sql, settings, fail);
}

struct sql *sql_sqlite_open(const char *path, bool create, struct fail *fail)
{
    struct sqlite *s = calloc(1, sizeof *s);
    char *copy = strdup(path);
    if (!s || !copy) {
        free(s);
        free(copy);
        fail_set(fail, "ENOMEM", "no memory for a database");
        return NULL;
    }
    s->sql.driver = &driver;
    s->path = copy;
    if (open_file(s, create, fail))
        return &s->sql;
    close_sqlite(&s->sql);
    return NULL;
}
