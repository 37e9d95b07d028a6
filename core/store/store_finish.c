#include "store/staging.h"
#include "store/store_inside.h"
#include "store/store_jobs.h"

struct finishing {
    int64_t machine;
    instant now;
    const struct store_case *cases;
    size_t count;
    size_t taken;
};

static const struct staging finished = {
    .create = "CREATE TEMP TABLE IF NOT EXISTS finished (job BIGINT NOT NULL, id TEXT NOT NULL,"
              " verdict TEXT NOT NULL, weight BIGINT NOT NULL, reason TEXT NOT NULL,"
              " cause TEXT NOT NULL, software TEXT NOT NULL, started BIGINT NOT NULL,"
              " elapsed BIGINT NOT NULL, bundle TEXT NOT NULL, line TEXT NOT NULL);"
              " DELETE FROM finished",
    .columns = "finished (job, id, verdict, weight, reason, cause, software, started, elapsed,"
               " bundle, line)",
    .width = 11,
};

static void put_case(const void *rows, size_t i, struct sql_value *v)
{
    const struct store_case *c = (const struct store_case *)rows + i;
    v[0] = sql_number(c->job);
    v[1] = sql_text(bytes_of(c->id));
    v[2] = sql_text(bytes_of(c->verdict));
    v[3] = sql_number(c->weight);
    v[4] = sql_text(c->reason);
    v[5] = sql_text(c->cause);
    v[6] = sql_text(c->software);
    v[7] = sql_number(c->started);
    v[8] = sql_number(c->elapsed);
    v[9] = sql_text(c->bundle);
    v[10] = sql_text(c->line);
}

/* What this machine does not hold any more is others' to finish, or was finished by an earlier call. */
static const char drop_others[] =
    "DELETE FROM finished WHERE job NOT IN (SELECT id FROM jobs WHERE state = 1 AND machine = $1"
    " AND id IN (SELECT job FROM finished) {hold})";

static const char write_cases[] =
    "INSERT INTO cases (id, job, round, target, verdict, weight, reason, cause, software,"
    " started, elapsed, finished, bundle, line) SELECT f.id, j.id, j.round, j.target, f.verdict,"
    " f.weight, f.reason, f.cause, f.software, f.started, f.elapsed, $1, f.bundle, f.line"
    " FROM finished f JOIN jobs j ON j.id = f.job";

static const char close_jobs[] =
    "UPDATE jobs SET state = 2, machine = NULL WHERE id IN (SELECT job FROM finished)";

/* The heaviest case of the newest round is what a target is said to be. This also holds the targets' rows: of two machines
 * that finish the last two jobs of one, the second one sees, from here on, what the first has done. */
static const char judge_targets[] =
    "UPDATE targets SET"
    " verdict = CASE WHEN targets.round < b.round OR targets.weight < b.weight THEN b.verdict"
    " ELSE targets.verdict END,"
    " weight = CASE WHEN targets.round < b.round OR targets.weight < b.weight THEN b.weight"
    " ELSE targets.weight END,"
    " round = {greatest}(targets.round, b.round)"
    " FROM (SELECT j.target, j.round, f.weight, f.verdict, row_number() OVER"
    " (PARTITION BY j.target ORDER BY j.round DESC, f.weight DESC) AS place"
    " FROM finished f JOIN jobs j ON j.id = f.job) b"
    " WHERE targets.id = b.target AND b.place = 1";

/* Those whose last job it was. */
#define COMPLETE                                                                                   \
    " WHERE id IN (SELECT j.target FROM finished f JOIN jobs j ON j.id = f.job)"                   \
    " AND NOT EXISTS (SELECT 1 FROM jobs u WHERE u.target = targets.id AND u.state <> 2)"
static const char tell_of_complete[] = "INSERT INTO events (target, at, kind, detail) SELECT id, "
                                       "$1, 'tested', verdict FROM targets" COMPLETE;
static const char complete_targets[] =
    "UPDATE targets SET next = $1,"
    " since = CASE WHEN state = 0 THEN $1 ELSE since END,"
    " state = CASE WHEN state = 0 THEN 1 ELSE state END" COMPLETE;

static bool finish(struct sql *db, void *arg, struct fail *fail)
{
    struct finishing *f = arg;
    const struct sql_value machine[] = {sql_number(f->machine)};
    const struct sql_value now[] = {sql_number(f->now)};
    f->taken = 0;
    if (!staging_fill(db, &finished, f->count, put_case, f->cases, fail) ||
        !sql_run(db, drop_others, machine, NULL, NULL, fail) ||
        !sql_run(db, write_cases, now, NULL, NULL, fail))
        return false;
    f->taken = (size_t)sql_changed(db);
    return f->taken == 0 || (sql_run(db, close_jobs, NULL, NULL, NULL, fail) &&
                             sql_run(db, judge_targets, NULL, NULL, NULL, fail) &&
                             sql_run(db, tell_of_complete, now, NULL, NULL, fail) &&
                             sql_run(db, complete_targets, now, NULL, NULL, fail));
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

bool store_bundle_sealed(struct store *s, struct bytes name, struct bytes file, instant now,
                         struct fail *fail)
{
    const struct sql_value values[] = {sql_text(name), sql_text(file), sql_number(now)};
    return sql_run(s->sql,
                   "INSERT INTO bundles (name, file, sealed) VALUES ($1, $2, $3)"
                   " ON CONFLICT (name) DO UPDATE SET file = excluded.file",
                   values, NULL, NULL, fail);
}

static bool take_file(void *arg, const struct sql_value *columns, struct fail *fail)
{
    return buf_put(arg, columns[0].bytes) || fail_set(fail, "ENOMEM", "out of memory");
}

bool store_bundle_file(struct store *s, struct bytes name, struct buf *out, struct fail *fail)
{
    const struct sql_value values[] = {sql_text(name)};
    size_t before = out->n;
    return sql_run(s->sql, "SELECT file FROM bundles WHERE name = $1", values, take_file, out,
                   fail) &&
           (out->n > before || buf_put(out, name) || fail_set(fail, "ENOMEM", "out of memory"));
}
