#include "store/store_inside.h"
#include "store/store_jobs.h"

struct finishing {
    int64_t machine;
    instant now;
    const struct store_case *cases;
    size_t count;
    size_t taken;
};

/* Where a job stood. */
struct finished_job {
    bool found;
    int64_t round;
    int64_t target;
};

static bool take_finished(void *arg, const struct sql_value *columns, struct fail *fail)
{
    struct finished_job *j = arg;
    (void)fail;
    *j = (struct finished_job){true, columns[0].number, columns[1].number};
    return true;
}

static bool close_job(struct sql *db, const struct finishing *f, const struct store_case *c,
                      struct finished_job *job, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(c->job), sql_number(f->machine)};
    *job = (struct finished_job){0};
    return sql_run(db,
                   "UPDATE jobs SET state = 2, machine = NULL"
                   " WHERE id = $1 AND state = 1 AND machine = $2 RETURNING round, target",
                   values, take_finished, job, fail);
}

static bool put_case(struct sql *db, const struct finishing *f, const struct store_case *c,
                     const struct finished_job *job, struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(c->id)),
                                       sql_number(c->job),
                                       sql_number(job->round),
                                       sql_number(job->target),
                                       sql_text(bytes_of(c->verdict)),
                                       sql_number(c->weight),
                                       sql_text(c->reason),
                                       sql_text(c->cause),
                                       sql_text(c->software),
                                       sql_number(c->started),
                                       sql_number(c->elapsed),
                                       sql_number(f->now),
                                       sql_text(c->bundle),
                                       sql_text(c->line)};
    return sql_run(db,
                   "INSERT INTO cases (id, job, round, target, verdict, weight, reason, cause,"
                   " software, started, elapsed, finished, bundle, line) VALUES ($1, $2, $3, $4,"
                   " $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                   values, NULL, NULL, fail);
}

/* The heaviest case of the newest round is what the target is said to be. This also holds the target's row: of two machines
 * that finish its last two jobs, the second one sees what the first has done. */
static bool judge_target(struct sql *db, const struct store_case *c, const struct finished_job *job,
                         struct fail *fail)
{
    const struct sql_value values[] = {sql_number(job->target), sql_number(job->round),
                                       sql_number(c->weight), sql_text(bytes_of(c->verdict))};
    return sql_run(db,
                   "UPDATE targets SET"
                   " verdict = CASE WHEN round < $2 OR weight < $3 THEN $4 ELSE verdict END,"
                   " weight = CASE WHEN round < $2 OR weight < $3 THEN $3 ELSE weight END,"
                   " round = {greatest}(round, $2) WHERE id = $1",
                   values, NULL, NULL, fail);
}

/* When it was the last one. */
static bool complete_target(struct sql *db, const struct finishing *f,
                            const struct finished_job *job, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(job->target), sql_number(f->now)};
    return sql_run(db,
                   "UPDATE targets SET next = $2,"
                   " since = CASE WHEN state = 0 THEN $2 ELSE since END,"
                   " state = CASE WHEN state = 0 THEN 1 ELSE state END WHERE id = $1"
                   " AND NOT EXISTS (SELECT 1 FROM jobs WHERE target = $1 AND state <> 2)",
                   values, NULL, NULL, fail) &&
           (sql_changed(db) == 0 ||
            sql_run(db,
                    "INSERT INTO events (target, at, kind, detail)"
                    " SELECT id, $2, 'tested', verdict FROM targets WHERE id = $1",
                    values, NULL, NULL, fail));
}

static bool finish(struct sql *db, void *arg, struct fail *fail)
{
    struct finishing *f = arg;
    bool ok = true;
    f->taken = 0;
    for (size_t i = 0; ok && i < f->count; i++) {
        const struct store_case *c = &f->cases[i];
        struct finished_job job;
        ok = close_job(db, f, c, &job, fail);
        if (!ok || !job.found)
            continue;
        ok = put_case(db, f, c, &job, fail) && judge_target(db, c, &job, fail) &&
             complete_target(db, f, &job, fail);
        f->taken++;
    }
    return ok;
}

bool store_finish(struct store *s, int64_t machine, instant now, const struct store_case *cases,
                  size_t count, size_t *taken, struct fail *fail)
{
    struct finishing f = {.machine = machine, .now = now, .cases = cases, .count = count};
    *taken = 0;
    if (!sql_step(s->sql, finish, &f, fail))
        return false;
    *taken = f.taken;
    return true;
}

bool store_again(struct store *s, int64_t target, instant due, unsigned priority, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(target), sql_number(due), sql_number(priority)};
    return sql_run(s->sql,
                   "UPDATE jobs SET state = 0, round = round + 1, attempts = 0, due = $2,"
                   " priority = $3 WHERE target = $1 AND state = 2",
                   values, NULL, NULL, fail);
}
