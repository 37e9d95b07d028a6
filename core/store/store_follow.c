#include "store/store_follow.h"

#include "store/store_inside.h"

enum { LOOKED_AT = 1000 };

struct found_due {
    struct store_due due[LOOKED_AT];
    size_t count;
};

static bool take_due(void *arg, const struct sql_value *columns, struct fail *fail)
{
    struct found_due *f = arg;
    (void)fail;
    f->due[f->count++] = (struct store_due){columns[0].number, columns[1].number};
    return true;
}

bool store_for_rules(struct store *s, instant now, struct store_due *from, unsigned most,
                     store_on_target *on_target, void *arg, struct fail *fail)
{
    struct found_due found = {.count = 0};
    const struct sql_value values[] = {sql_number(now), sql_number(from ? from->next : 0),
                                       sql_number(from ? from->target : 0),
                                       sql_number(most < LOOKED_AT ? most : LOOKED_AT)};
    bool ok = sql_run(s->sql,
                      "SELECT next, id FROM targets WHERE next IS NOT NULL AND next <= $1"
                      " AND (next > $2 OR (next = $2 AND id > $3)) ORDER BY next, id LIMIT $4",
                      values, take_due, &found, fail);
    for (size_t i = 0; ok && i < found.count; i++)
        ok = store_target(s, found.due[i].target, on_target, arg, fail);
    if (ok && from && found.count > 0)
        *from = found.due[found.count - 1];
    return ok;
}

static bool put_event(struct sql *db, int64_t target, instant at, const char *kind,
                      struct bytes detail, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(target), sql_number(at), sql_text(bytes_of(kind)),
                                       sql_text(detail)};
    return sql_run(db, "INSERT INTO events (target, at, kind, detail) VALUES ($1, $2, $3, $4)",
                   values, NULL, NULL, fail);
}

static bool move(struct sql *db, void *arg, struct fail *fail)
{
    const struct store_move *m = arg;
    const struct sql_value values[] = {sql_number(m->target), sql_number(m->from),
                                       sql_number(m->to), sql_number(m->now),
                                       m->next ? sql_number(m->next) : sql_null()};
    if (!sql_run(db,
                 "UPDATE targets SET since = CASE WHEN state = $3 THEN since ELSE $4 END,"
                 " state = $3, next = $5 WHERE id = $1 AND state = $2",
                 values, NULL, NULL, fail))
        return false;
    if (sql_changed(db) == 0)
        return fail_set(fail, "ECONFLICT", "target %lld is not %s any more", (long long)m->target,
                        store_state_name(m->from));
    return m->from == m->to ||
           put_event(db, m->target, m->now, store_state_name(m->to), m->detail, fail);
}

bool store_move(struct store *s, const struct store_move *m, struct fail *fail)
{
    struct store_move told = *m;
    return sql_step(s->sql, move, &told, fail);
}

bool store_look_at(struct store *s, int64_t target, instant when, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(target), sql_number(when)};
    return sql_run(s->sql,
                   "UPDATE targets SET next = $2 WHERE id = $1 AND (next IS NULL OR next > $2)",
                   values, NULL, NULL, fail);
}

bool store_event(struct store *s, int64_t target, instant at, const char *kind, struct bytes detail,
                 struct fail *fail)
{
    return put_event(s->sql, target, at, kind, detail, fail);
}

struct event_list {
    void (*on_event)(void *arg, const struct store_event_row *e);
    void *arg;
};

static bool take_event(void *arg, const struct sql_value *c, struct fail *fail)
{
    const struct event_list *l = arg;
    struct store_event_row e = {c[0].number, c[1].number, c[2].bytes, c[3].bytes};
    (void)fail;
    l->on_event(l->arg, &e);
    return true;
}

bool store_events(struct store *s, int64_t target,
                  void (*on_event)(void *, const struct store_event_row *), void *arg,
                  struct fail *fail)
{
    struct event_list l = {.on_event = on_event, .arg = arg};
    const struct sql_value values[] = {sql_number(target)};
    return sql_run(s->sql, "SELECT id, at, kind, detail FROM events WHERE target = $1 ORDER BY id",
                   values, take_event, &l, fail);
}
