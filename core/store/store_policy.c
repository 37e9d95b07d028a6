#include "store/store_policy.h"

#include "store/store_inside.h"

/* ---- texts ---- */

bool store_text_put(struct store *s, const char *name, struct bytes content, instant now,
                    struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(name)), sql_number(now),
                                       sql_text(content)};
    return sql_run(s->sql,
                   "INSERT INTO texts (name, version, changed, content) VALUES ($1, 1, $2, $3)"
                   " ON CONFLICT (name) DO UPDATE SET version = texts.version + 1,"
                   " changed = excluded.changed, content = excluded.content"
                   " WHERE texts.content <> excluded.content",
                   values, NULL, NULL, fail);
}

struct text {
    struct buf *out;
    int64_t version;
};

static bool take_text(void *arg, const struct sql_value *columns, struct fail *fail)
{
    struct text *t = arg;
    t->version = columns[0].number;
    return buf_put(t->out, columns[1].bytes) ||
           fail_set(fail, "ELIMIT", "the text has over %zu bytes", t->out->limit);
}

bool store_text_get(struct store *s, const char *name, struct buf *out, int64_t *version,
                    struct fail *fail)
{
    struct text t = {.out = out};
    const struct sql_value values[] = {sql_text(bytes_of(name))};
    bool ok = sql_run(s->sql, "SELECT version, content FROM texts WHERE name = $1", values,
                      take_text, &t, fail);
    *version = t.version;
    return ok;
}

bool store_text_version(struct store *s, const char *name, int64_t *version, struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(name))};
    *version = 0;
    return sql_get(s->sql, "SELECT version FROM texts WHERE name = $1", values, version, fail);
}

/* ---- opt-outs ---- */

struct adding {
    char network[PREFIX_TEXT];
    instant at;
    struct bytes reason;
};

/* One after the other: who reads up to a number has then seen all below it. */
static bool add_optout(struct sql *db, void *arg, struct fail *fail)
{
    const struct adding *a = arg;
    const struct sql_value values[] = {sql_text(bytes_of(a->network)), sql_number(a->at),
                                       sql_text(a->reason)};
    return sql_run(db, "SELECT {alone}", NULL, NULL, NULL, fail) &&
           sql_run(db,
                   "INSERT INTO optouts (network, at, reason) VALUES ($1, $2, $3)"
                   " ON CONFLICT (network) DO NOTHING",
                   values, NULL, NULL, fail);
}

bool store_optout_add(struct store *s, const struct prefix *network, instant at,
                      struct bytes reason, struct fail *fail)
{
    struct adding a = {.at = at, .reason = reason};
    prefix_text(network, a.network);
    return sql_step(s->sql, add_optout, &a, fail);
}

struct optout_list {
    void (*on_optout)(void *arg, const struct store_optout *o);
    void *arg;
};

static bool take_optout(void *arg, const struct sql_value *columns, struct fail *fail)
{
    const struct optout_list *l = arg;
    struct store_optout o = {
        .number = columns[0].number, .at = columns[2].number, .reason = columns[3].bytes};
    if (!prefix_parse(columns[1].bytes, &o.network))
        return fail_set(fail, "EFORMAT", "opt-out %lld is no network", (long long)o.number);
    l->on_optout(l->arg, &o);
    return true;
}

bool store_optouts(struct store *s, int64_t after,
                   void (*on_optout)(void *, const struct store_optout *), void *arg,
                   struct fail *fail)
{
    struct optout_list l = {.on_optout = on_optout, .arg = arg};
    const struct sql_value values[] = {sql_number(after)};
    return sql_run(s->sql, "SELECT id, network, at, reason FROM optouts WHERE id > $1 ORDER BY id",
                   values, take_optout, &l, fail);
}
