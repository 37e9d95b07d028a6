#include "store/store_inside.h"
#include "store/store_jobs.h"

struct unplanned {
    void (*on_target)(void *arg, const struct store_target_new *t);
    void *arg;
};

static bool take_target(void *arg, const struct sql_value *columns, struct fail *fail)
{
    const struct unplanned *u = arg;
    struct store_target_new t = {.id = columns[0].number,
                                 .addr = store_addr(columns[1].bytes, columns[2].number),
                                 .priority = (unsigned)columns[3].number};
    (void)fail;
    u->on_target(u->arg, &t);
    return true;
}

bool store_unplanned(struct store *s, unsigned plan, unsigned most,
                     void (*on_target)(void *, const struct store_target_new *), void *arg,
                     struct fail *fail)
{
    struct unplanned u = {.on_target = on_target, .arg = arg};
    const struct sql_value values[] = {sql_number(plan), sql_number(most)};
    return sql_run(s->sql,
                   "SELECT id, ip, port, priority FROM targets WHERE plan < $1"
                   " ORDER BY plan, id LIMIT $2",
                   values, take_target, &u, fail);
}

struct plan {
    unsigned number;
    const int64_t *targets;
    size_t target_count;
    const struct store_job_new *jobs;
    size_t job_count;
};

static bool add_job(struct sql *db, const struct store_job_new *j, struct fail *fail)
{
    unsigned char ip[STORE_IP];
    const struct sql_value name[] = {sql_text(bytes_of(j->probe))};
    int64_t probe = 0;
    store_ip(&j->addr, ip);
    if (!sql_get(db, "SELECT id FROM probes WHERE name = $1", name, &probe, fail) ||
        (probe == 0 &&
         !sql_get(db,
                  "INSERT INTO probes (name) VALUES ($1)"
                  " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
                  name, &probe, fail)))
        return false;
    const struct sql_value values[] = {sql_number(j->target),    sql_blob(bytes_at(ip, sizeof ip)),
                                       sql_number(j->addr.port), sql_number(probe),
                                       sql_number(j->priority),  sql_number(j->due)};
    return sql_run(db,
                   "INSERT INTO jobs (target, ip, port, probe, priority, state, round, due,"
                   " lease, attempts) VALUES ($1, $2, $3, $4, $5, 0, 0, $6, 0, 0)"
                   " ON CONFLICT (ip, port, probe) DO NOTHING",
                   values, NULL, NULL, fail);
}

static bool write_plan(struct sql *db, void *arg, struct fail *fail)
{
    const struct plan *p = arg;
    bool ok = true;
    for (size_t i = 0; ok && i < p->job_count; i++)
        ok = add_job(db, &p->jobs[i], fail);
    for (size_t i = 0; ok && i < p->target_count; i++) {
        const struct sql_value values[] = {sql_number(p->targets[i]), sql_number(p->number)};
        ok = sql_run(db, "UPDATE targets SET plan = $2 WHERE id = $1 AND plan < $2", values, NULL,
                     NULL, fail);
    }
    return ok;
}

bool store_plan(struct store *s, unsigned plan, const int64_t *targets, size_t target_count,
                const struct store_job_new *jobs, size_t job_count, struct fail *fail)
{
    struct plan p = {plan, targets, target_count, jobs, job_count};
    return sql_step(s->sql, write_plan, &p, fail);
}
