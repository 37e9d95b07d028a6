#include "store/store_inside.h"
#include "store/store_jobs.h"

struct lease {
    int64_t machine;
    int64_t number; /* of the machine's leases, this one */
    instant now;
    unsigned most;
    struct store_job *jobs;
    size_t count;
};

/* Who leases holds the machine's row until it is done: nobody can declare it lost in between. */
static bool number_it(struct sql *db, struct lease *l, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(l->machine)};
    l->number = 0;
    return sql_get(db,
                   "UPDATE machines SET leases = leases + 1 WHERE id = $1 AND ended = 0"
                   " RETURNING leases",
                   values, &l->number, fail) &&
           (l->number > 0 ||
            fail_set(fail, "ELOST", "this machine's lease has run out: others do its work now"));
}

/* What machines held whose lease has run out. */
static bool reclaim(struct sql *db, const struct lease *l, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(l->now), sql_number(l->machine)};
    return sql_run(db,
                   "UPDATE machines SET ended = $1 WHERE id IN (SELECT id FROM machines"
                   " WHERE ended = 0 AND until < $1 AND id <> $2 {skip})",
                   values, NULL, NULL, fail) &&
           (sql_changed(db) == 0 ||
            sql_run(db,
                    "UPDATE jobs SET state = 0, machine = NULL WHERE state = 1 AND machine IN"
                    " (SELECT id FROM machines WHERE ended = $1)",
                    values, NULL, NULL, fail));
}

static bool take_job(void *arg, const struct sql_value *c, struct fail *fail)
{
    struct lease *l = arg;
    struct store_job *j = &l->jobs[l->count++];
    (void)fail;
    *j = (struct store_job){.id = c[0].number,
                            .target = c[1].number,
                            .addr = store_addr(c[2].bytes, c[3].number),
                            .round = (unsigned)c[5].number,
                            .attempts = (unsigned)c[6].number,
                            .priority = (unsigned)c[7].number,
                            .due = c[8].number,
                            .holdout = c[9].number != 0};
    store_copy(j->probe, sizeof j->probe, c[4]);
    store_copy(j->name, sizeof j->name, c[10]);
    store_copy(j->country, sizeof j->country, c[11]);
    store_copy(j->source, sizeof j->source, c[12]);
    return true;
}

/* One priority at a time: each is a walk along the index, however many jobs there are that are not due. */
static bool mark(struct sql *db, const struct lease *l, unsigned priority, unsigned most,
                 struct fail *fail)
{
    const struct sql_value values[] = {sql_number(l->machine), sql_number(priority),
                                       sql_number(l->now), sql_number(most), sql_number(l->number)};
    return sql_run(db,
                   "WITH chosen AS MATERIALIZED (SELECT id FROM jobs WHERE state = 0 AND"
                   " priority = $2 AND due <= $3 ORDER BY due LIMIT $4 {skip})"
                   " UPDATE jobs SET state = 1, machine = $1, attempts = attempts + 1,"
                   " lease = $5 WHERE id IN (SELECT id FROM chosen)",
                   values, NULL, NULL, fail);
}

static const char marked[] =
    "SELECT j.id, j.target, j.ip, j.port, p.name, j.round, j.attempts, j.priority, j.due,"
    " t.holdout, t.name, t.country, (SELECT o.name FROM sightings g JOIN claims c ON c.id = g.claim"
    " JOIN sources o ON o.id = c.source WHERE g.target = j.target ORDER BY g.claim LIMIT 1)"
    " FROM jobs j JOIN probes p ON p.id = j.probe JOIN targets t ON t.id = j.target"
    " WHERE j.state = 1 AND j.machine = $1 AND j.lease = $2 ORDER BY j.priority, j.due, j.id";

static bool lease(struct sql *db, void *arg, struct fail *fail)
{
    struct lease *l = arg;
    unsigned left = l->most;
    l->count = 0;
    if (!number_it(db, l, fail) || !reclaim(db, l, fail))
        return false;
    for (unsigned priority = 0; priority < STORE_PRIORITIES && left > 0; priority++) {
        if (!mark(db, l, priority, left, fail))
            return false;
        left -= (unsigned)sql_changed(db);
    }
    const struct sql_value values[] = {sql_number(l->machine), sql_number(l->number)};
    return left == l->most || sql_run(db, marked, values, take_job, l, fail);
}

bool store_lease(struct store *s, int64_t machine, instant now, unsigned most,
                 struct store_job *out, size_t *count, struct fail *fail)
{
    struct lease l = {.machine = machine, .now = now, .jobs = out};
    l.most = most < STORE_LEASE_MOST ? most : STORE_LEASE_MOST;
    *count = 0;
    if (!sql_step(s->sql, lease, &l, fail))
        return false;
    *count = l.count;
    return true;
}

/* ---- what another one held ---- */

struct inheriting {
    struct lease lease;
    int64_t from;
};

/* Marked as a lease of ours, without an attempt more. */
static bool mark_held(struct sql *db, const struct inheriting *i, struct fail *fail)
{
    const struct lease *l = &i->lease;
    const struct sql_value values[] = {sql_number(l->machine), sql_number(i->from),
                                       sql_number(l->most), sql_number(l->number)};
    return sql_run(db,
                   "UPDATE jobs SET machine = $1, lease = $4 WHERE id IN (SELECT id FROM jobs"
                   " WHERE state = 1 AND machine = $2 LIMIT $3)",
                   values, NULL, NULL, fail);
}

static bool end_other(struct sql *db, const struct inheriting *i, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(i->from), sql_number(i->lease.now)};
    return sql_run(db, "UPDATE machines SET ended = $2 WHERE id = $1 AND ended = 0", values, NULL,
                   NULL, fail);
}

static bool inherit(struct sql *db, void *arg, struct fail *fail)
{
    struct inheriting *i = arg;
    struct lease *l = &i->lease;
    l->count = 0;
    if (!end_other(db, i, fail) || !number_it(db, l, fail) || !mark_held(db, i, fail))
        return false;
    const struct sql_value values[] = {sql_number(l->machine), sql_number(l->number)};
    return sql_run(db, marked, values, take_job, l, fail);
}

bool store_inherit(struct store *s, int64_t machine, int64_t from, instant now, unsigned most,
                   struct store_job *out, size_t *count, struct fail *fail)
{
    struct inheriting i = {.lease = {.machine = machine, .now = now, .jobs = out}, .from = from};
    i.lease.most = most < STORE_LEASE_MOST ? most : STORE_LEASE_MOST;
    *count = 0;
    if (!sql_step(s->sql, inherit, &i, fail))
        return false;
    *count = i.lease.count;
    return true;
}

static bool reclaim_step(struct sql *db, void *arg, struct fail *fail)
{
    return reclaim(db, arg, fail);
}

bool store_reclaim(struct store *s, instant now, struct fail *fail)
{
    struct lease l = {.machine = 0, .now = now};
    return sql_step(s->sql, reclaim_step, &l, fail);
}

bool store_next_due(struct store *s, instant *when, struct fail *fail)
{
    *when = 0;
    for (unsigned priority = 0; priority < STORE_PRIORITIES; priority++) {
        const struct sql_value values[] = {sql_number(priority)};
        instant due = 0;
        if (!sql_get(s->sql, "SELECT min(due) FROM jobs WHERE state = 0 AND priority = $1", values,
                     &due, fail))
            return false;
        if (due != 0 && (*when == 0 || due < *when))
            *when = due;
    }
    return true;
}

struct backs {
    int64_t machine;
    const struct store_back *jobs;
    size_t count;
};

static bool give_back(struct sql *db, void *arg, struct fail *fail)
{
    const struct backs *b = arg;
    bool ok = true;
    for (size_t i = 0; ok && i < b->count; i++) {
        const struct store_back *job = &b->jobs[i];
        const struct sql_value values[] = {sql_number(job->job), sql_number(b->machine),
                                           sql_number(job->due), sql_number(job->uncounted)};
        ok = sql_run(db,
                     "UPDATE jobs SET state = 0, machine = NULL, due = $3,"
                     " attempts = attempts - $4 WHERE id = $1 AND state = 1 AND machine = $2",
                     values, NULL, NULL, fail);
    }
    return ok;
}

bool store_give_back(struct store *s, int64_t machine, const struct store_back *jobs, size_t count,
                     struct fail *fail)
{
    struct backs b = {machine, jobs, count};
    return sql_step(s->sql, give_back, &b, fail);
}
