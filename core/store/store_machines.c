#include "store/store_inside.h"
#include "store/store_jobs.h"

bool store_machine_begin(struct store *s, const char *name, instant now, span lease,
                         int64_t *machine, struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(name)), sql_number(now),
                                       sql_number(now + lease)};
    *machine = 0;
    return sql_get(s->sql,
                   "INSERT INTO machines (name, started, until, ended, leases)"
                   " VALUES ($1, $2, $3, 0, 0)"
                   " RETURNING id",
                   values, machine, fail);
}

bool store_beat(struct store *s, int64_t machine, instant now, span lease, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(machine), sql_number(now + lease)};
    if (!sql_run(s->sql, "UPDATE machines SET until = $2 WHERE id = $1 AND ended = 0", values, NULL,
                 NULL, fail))
        return false;
    return sql_changed(s->sql) == 1 ||
           fail_set(fail, "ELOST", "this machine's lease has run out: others do its work now");
}

struct ending {
    int64_t machine;
    instant now;
};

static bool end(struct sql *db, void *arg, struct fail *fail)
{
    const struct ending *e = arg;
    const struct sql_value values[] = {sql_number(e->machine), sql_number(e->now)};
    /* The machine first, as who leases does: two never wait for each other. */
    return sql_run(db, "UPDATE machines SET ended = $2 WHERE id = $1 AND ended = 0", values, NULL,
                   NULL, fail) &&
           sql_run(db,
                   "UPDATE jobs SET state = 0, machine = NULL, attempts = attempts - 1"
                   " WHERE machine = $1 AND state = 1",
                   values, NULL, NULL, fail);
}

bool store_machine_end(struct store *s, int64_t machine, instant now, struct fail *fail)
{
    struct ending e = {.machine = machine, .now = now};
    return sql_step(s->sql, end, &e, fail);
}

struct listing {
    void (*on_machine)(void *arg, const struct store_machine *m);
    void *arg;
};

static bool take_machine(void *arg, const struct sql_value *columns, struct fail *fail)
{
    const struct listing *l = arg;
    struct store_machine m = {.id = columns[0].number,
                              .name = columns[1].bytes,
                              .started = columns[2].number,
                              .until = columns[3].number,
                              .holds = (unsigned long)columns[4].number};
    (void)fail;
    l->on_machine(l->arg, &m);
    return true;
}

bool store_machines(struct store *s, void (*on_machine)(void *, const struct store_machine *),
                    void *arg, struct fail *fail)
{
    struct listing l = {.on_machine = on_machine, .arg = arg};
    return sql_run(s->sql,
                   "SELECT id, name, started, until, (SELECT count(*) FROM jobs"
                   " WHERE machine = machines.id AND jobs.state = 1)"
                   " FROM machines WHERE ended = 0 ORDER BY id",
                   NULL, take_machine, &l, fail);
}
