#include "store/sql_driver.h"

#include "base/check.h"

#include <stdlib.h>
#include <time.h>

enum { TRIES = 8, FIRST_PAUSE = 5 /* ms */, MILLION = 1000000 };

struct sql *sql_open(const char *place, bool create, struct fail *fail)
{
    struct bytes p = bytes_of(place);
    if (bytes_starts_nocase(p, "postgresql://") || bytes_starts_nocase(p, "postgres://"))
        return sql_postgres_open(place, fail);
    return sql_sqlite_open(place, create, fail);
}

void sql_close(struct sql *db)
{
    if (db)
        db->driver->close(db);
}

bool sql_run(struct sql *db, const char *text, const struct sql_value *values, sql_row *on_row,
             void *arg, struct fail *fail)
{
    return (db->in_step || db->driver->revive(db, fail)) &&
           db->driver->run(db, text, values, on_row, arg, fail);
}

static bool take_number(void *arg, const struct sql_value *columns, struct fail *fail)
{
    int64_t *out = arg;
    (void)fail;
    if (columns[0].kind == SQL_NUMBER)
        *out = columns[0].number;
    return true;
}

bool sql_get(struct sql *db, const char *text, const struct sql_value *values, int64_t *out,
             struct fail *fail)
{
    return sql_run(db, text, values, take_number, out, fail);
}

int64_t sql_changed(const struct sql *db)
{
    return db->changed;
}

bool sql_script(struct sql *db, const char *text, struct fail *fail)
{
    return db->driver->script(db, text, fail);
}

bool sql_fill(struct sql *db, const char *columns, const struct sql_value *values, unsigned width,
              size_t count, struct fail *fail)
{
    return count == 0 || db->driver->fill(db, columns, values, width, count, fail);
}

/* A little longer each time. */
static void pause_before(int try)
{
    struct timespec pause = {.tv_nsec = (long)(FIRST_PAUSE << try) * MILLION};
    nanosleep(&pause, NULL);
}

static bool step_once(struct sql *db, bool (*work)(struct sql *, void *, struct fail *), void *arg,
                      bool *begun, struct fail *fail)
{
    struct fail ignored;
    *begun = sql_script(db, db->driver->begin, fail);
    if (!*begun)
        return false;
    if (work(db, arg, fail) && sql_script(db, "COMMIT", fail))
        return true;
    sql_script(db, "ROLLBACK", &ignored);
    return false;
}

static bool has_code(const struct fail *fail, const char *code)
{
    return fail->code && strcmp(fail->code, code) == 0;
}

bool sql_step(struct sql *db, bool (*work)(struct sql *, void *, struct fail *), void *arg,
              struct fail *fail)
{
    for (int try = 0;; try++) {
        *fail = (struct fail){0};
        if (!db->driver->revive(db, fail))
            return false;
        db->in_step = true;
        bool begun = false;
        bool done = step_once(db, work, arg, &begun, fail);
        db->in_step = false;
        if (done)
            return true;
        /* A connection that was lost while nothing was asked shows now. */
        bool was_lost = try == 0 && !begun && has_code(fail, "EGONE");
        if (!was_lost && (!has_code(fail, "ELOCKED") || try == TRIES))
            return false;
        pause_before(try);
    }
}

/* What stands for the word in braces at the head of `rest`; NULL: there is none. */
static const char *word_of(const struct sql_dialect *d, const char *rest, size_t *length)
{
    const struct {
        const char *name;
        const char *means;
    } words[] = {
        {"{id}", d->id},       {"{blob}", d->blob},
        {"{least}", d->least}, {"{greatest}", d->greatest},
        {"{now}", d->now},     {"{skip}", d->skip},
        {"{hold}", d->hold},   {"{meta_tables}", d->meta_tables},
        {"{alone}", d->alone}, {"{by_index}", d->by_index},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        *length = strlen(words[i].name);
        if (strncmp(rest, words[i].name, *length) == 0)
            return words[i].means;
    }
    return NULL;
}

bool sql_translate(const struct sql_dialect *dialect, const char *text, struct buf *out,
                   struct fail *fail)
{
    size_t length = 0;
    for (const char *c = text; *c; c += length) {
        const char *word = *c == '{' ? word_of(dialect, c, &length) : NULL;
        require(*c != '{' || word);
        if (word) {
            buf_put_text(out, word);
            continue;
        }
        length = 1;
        buf_put_byte(out, (unsigned char)(*c == '$' ? dialect->mark : *c));
    }
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a statement");
}

unsigned sql_value_count(const char *text)
{
    unsigned most = 0;
    for (const char *c = strchr(text, '$'); c; c = strchr(c + 1, '$')) {
        unsigned n = (unsigned)strtoul(c + 1, NULL, 10);
        most = n > most ? n : most;
    }
    require(most <= SQL_VALUES);
    return most;
}
