#include "store/store_inside.h"
#include "store/store_targets.h"

struct counting {
    bool by_state;
    void (*on_count)(void *arg, struct bytes name, unsigned long count);
    void *arg;
};

static bool take_count(void *arg, const struct sql_value *columns, struct fail *fail)
{
    const struct counting *c = arg;
    struct bytes name = columns[0].bytes;
    if (c->by_state) {
        if (columns[0].number < 0 || columns[0].number >= STORE_STATES)
            return fail_set(fail, "EFORMAT", "targets are in a state that does not exist");
        name = bytes_of(store_state_name((enum store_state)columns[0].number));
    }
    c->on_count(c->arg, name, (unsigned long)columns[1].number);
    return true;
}

/* A target counts once for each source that has named it. */
static const char by_source[] =
    "SELECT o.name, count(*) FROM (SELECT DISTINCT g.target, c.source FROM sightings g"
    " JOIN claims c ON c.id = g.claim) d JOIN sources o ON o.id = d.source"
    " GROUP BY o.name ORDER BY count(*) DESC, o.name";

bool store_count(struct store *s, enum store_count_by by,
                 void (*on_count)(void *, struct bytes, unsigned long), void *arg,
                 struct fail *fail)
{
    static const char *const texts[] = {
        [STORE_BY_STATE] = "SELECT state, count(*) FROM targets GROUP BY state ORDER BY state",
        [STORE_BY_VERDICT] = "SELECT verdict, count(*) FROM targets WHERE verdict <> ''"
                             " GROUP BY verdict ORDER BY verdict",
        [STORE_BY_SOURCE] = by_source,
        [STORE_BY_COUNTRY] = "SELECT country, count(*) FROM targets GROUP BY country"
                             " ORDER BY count(*) DESC, country",
    };
    struct counting c = {.by_state = by == STORE_BY_STATE, .on_count = on_count, .arg = arg};
    return sql_run(s->sql, texts[by], NULL, take_count, &c, fail);
}

static bool count_one(struct store *s, const char *text, unsigned long *out, struct fail *fail)
{
    int64_t n = 0;
    bool ok = sql_get(s->sql, text, NULL, &n, fail);
    *out = (unsigned long)n;
    return ok;
}

bool store_totals(struct store *s, struct store_totals *out, struct fail *fail)
{
    return count_one(s, "SELECT count(*) FROM targets", &out->targets, fail) &&
           count_one(s, "SELECT count(*) FROM targets WHERE holdout = 1", &out->holdout, fail) &&
           count_one(s, "SELECT count(*) FROM sightings", &out->sightings, fail) &&
           count_one(s, "SELECT count(*) FROM jobs", &out->jobs, fail) &&
           count_one(s, "SELECT count(*) FROM jobs WHERE state = 0", &out->due, fail) &&
           count_one(s, "SELECT count(*) FROM jobs WHERE state = 1", &out->leased, fail) &&
           count_one(s, "SELECT count(*) FROM cases", &out->cases, fail) &&
           count_one(s,
                     "SELECT count(*) FROM letters WHERE state NOT IN"
                     " ('planned', 'unwritten', 'withheld')",
                     &out->letters, fail) &&
           count_one(s, "SELECT count(*) FROM machines WHERE ended = 0", &out->machines, fail);
}
