/* Several processes at the same campaign at once; one of them is killed. */
#include "jobs.h"

#include <signal.h>
#include <sys/wait.h>

enum { TARGETS = 300, PROCESSES = 4, AT_ONCE = 7, UNTIL_KILLED = 3 };

static void fill(struct store *s)
{
    struct store_import *i = NULL;
    OK((i = store_import_new(s, NOW, &fail)) != NULL);
    for (unsigned n = 0; n < TARGETS; n++) {
        char text[ADDR_TEXT];
        snprintf(text, sizeof text, "10.0.%u.%u:25", n >> 8, n & 255);
        const struct store_sighting sighting = {.addr = place_addr(text),
                                                .source = bytes_of("a"),
                                                .priority = n % STORE_PRIORITIES,
                                                .when = NOW};
        OK(store_import_put(i, &sighting, &fail));
    }
    OK(store_import_flush(i, &fail));
    store_import_free(i);
}

struct planning {
    struct store_job_new jobs[64];
    int64_t targets[64];
    size_t count;
};

static void plan_target(void *arg, const struct store_target_new *t)
{
    struct planning *p = arg;
    p->targets[p->count] = t->id;
    p->jobs[p->count++] = (struct store_job_new){.target = t->id,
                                                 .addr = t->addr,
                                                 .probe = "relay/envelope",
                                                 .priority = t->priority,
                                                 .due = NOW};
}

static void plan_all(struct store *s)
{
    struct planning p;
    do {
        p.count = 0;
        OK(store_unplanned(s, 1, 64, plan_target, &p, &fail));
        OK(store_plan(s, 1, p.targets, p.count, p.jobs, p.count, &fail));
    } while (p.count > 0);
}

/* Leases and finishes until nothing is left, at this time; the victim dies with a lease in its hands. */
static int work(const char *place, const char *name, instant now, bool victim)
{
    struct fail fail = {0};
    struct store *s = store_open(place, &fail);
    int64_t m = 0;
    struct store_job jobs[AT_ONCE];
    struct store_case cases[AT_ONCE];
    size_t count = 0;
    size_t taken = 0;
    if (!s || !store_machine_begin(s, name, now, MINUTE, &m, &fail))
        return 1;
    for (int round = 0;; round++) {
        if (!store_lease(s, m, now, AT_ONCE, jobs, &count, &fail))
            return 2;
        if (victim && (round == UNTIL_KILLED || count == 0))
            raise(SIGKILL);
        if (count == 0)
            break;
        for (size_t i = 0; i < count; i++) {
            char id[STORE_CASE_ID];
            snprintf(id, sizeof id, "c-%s-%d-%zu", name, round, i);
            cases[i] = a_case(id, jobs[i].id, "closed", 1);
        }
        if (!store_finish(s, m, now, cases, count, &taken, &fail) || taken != count)
            return 3;
    }
    store_close(s);
    return 0;
}

static pid_t begin_work(const char *place, int which, instant now, bool victim)
{
    pid_t pid = fork();
    if (pid == 0) {
        char name[16];
        snprintf(name, sizeof name, "m%d", which);
        _exit(work(place, name, now, victim));
    }
    return pid;
}

static void ends_well(pid_t pid, bool victim)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(victim ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void each_job_is_finished_once_whoever_is_killed(void **state)
{
    struct store *s = place_store(state);
    struct place *p = *state;
    pid_t pids[PROCESSES];
    fill(s);
    plan_all(s);
    for (int i = 0; i < PROCESSES; i++)
        pids[i] = begin_work(p->text, i, NOW, i == 0);
    for (int i = 0; i < PROCESSES; i++)
        ends_well(pids[i], i == 0);
    struct store_totals t = totals(s);
    assert_int_equal(t.jobs, TARGETS);
    assert_int_equal(t.cases + t.leased, TARGETS);
    assert_int_equal(t.due, 0);
    /* What the dead one held is somebody's when its lease has run out. */
    ends_well(begin_work(p->text, PROCESSES, NOW + 2 * MINUTE, false), false);
    t = totals(s);
    assert_int_equal(t.cases, TARGETS);
    assert_int_equal(t.leased, 0);
}

int main(void)
{
    const struct place_test tests[] = {
        PLACE_TEST(each_job_is_finished_once_whoever_is_killed),
    };
    return place_run(tests, sizeof tests / sizeof tests[0]);
}
