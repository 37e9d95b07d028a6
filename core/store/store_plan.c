#include "store/staging.h"
#include "store/store_inside.h"
#include "store/store_jobs.h"

#include <stdlib.h>

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
    unsigned char (*ips)[STORE_IP]; /* of the jobs */
};

static const struct staging new_jobs = {
    .create =
        "CREATE TEMP TABLE IF NOT EXISTS new_jobs (target BIGINT NOT NULL, ip {blob} NOT NULL,"
        " port BIGINT NOT NULL, probe TEXT NOT NULL, priority BIGINT NOT NULL,"
        " due BIGINT NOT NULL); DELETE FROM new_jobs",
    .columns = "new_jobs (target, ip, port, probe, priority, due)",
    .width = 6,
};

static const struct staging planned = {
    .create = "CREATE TEMP TABLE IF NOT EXISTS planned (target BIGINT NOT NULL);"
              " DELETE FROM planned",
    .columns = "planned (target)",
    .width = 1,
};

static void put_job(const void *rows, size_t i, struct sql_value *v)
{
    const struct plan *p = rows;
    const struct store_job_new *j = &p->jobs[i];
    store_ip(&j->addr, p->ips[i]);
    v[0] = sql_number(j->target);
    v[1] = sql_blob(bytes_at(p->ips[i], STORE_IP));
    v[2] = sql_number(j->addr.port);
    v[3] = sql_text(bytes_of(j->probe));
    v[4] = sql_number(j->priority);
    v[5] = sql_number(j->due);
}

static void put_target(const void *rows, size_t i, struct sql_value *v)
{
    const struct plan *p = rows;
    v[0] = sql_number(p->targets[i]);
}

static bool write_jobs(struct sql *db, const struct plan *p, struct fail *fail)
{
    return staging_fill(db, &new_jobs, p->job_count, put_job, p, fail) &&
           sql_run(db,
                   "INSERT INTO probes (name) SELECT DISTINCT probe FROM new_jobs WHERE true"
                   " ORDER BY probe ON CONFLICT (name) DO NOTHING",
                   NULL, NULL, NULL, fail) &&
           sql_run(db,
                   "INSERT INTO jobs (target, ip, port, probe, priority, state, round, due, lease,"
                   " attempts) SELECT n.target, n.ip, n.port, p.id, n.priority, 0, 0, n.due, 0, 0"
                   " FROM new_jobs n JOIN probes p ON p.name = n.probe WHERE true"
                   " ORDER BY n.ip, n.port, p.id ON CONFLICT (ip, port, probe) DO NOTHING",
                   NULL, NULL, NULL, fail);
}

static bool write_plan(struct sql *db, void *arg, struct fail *fail)
{
    const struct plan *p = arg;
    const struct sql_value values[] = {sql_number(p->number)};
    return write_jobs(db, p, fail) &&
           staging_fill(db, &planned, p->target_count, put_target, p, fail) &&
           sql_run(db,
                   "UPDATE targets SET plan = $1 WHERE plan < $1"
                   " AND id IN (SELECT target FROM planned)",
                   values, NULL, NULL, fail);
}

bool store_plan(struct store *s, unsigned plan, const int64_t *targets, size_t target_count,
                const struct store_job_new *jobs, size_t job_count, struct fail *fail)
{
    struct plan p = {.number = plan,
                     .targets = targets,
                     .target_count = target_count,
                     .jobs = jobs,
                     .job_count = job_count};
    p.ips = calloc(job_count + 1, sizeof *p.ips);
    bool ok = p.ips ? sql_step(s->sql, write_plan, &p, fail)
                    : fail_set(fail, "ENOMEM", "no memory for so many jobs");
    free(p.ips);
    return ok;
}
