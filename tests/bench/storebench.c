/*
 * storebench: what the store costs for a job, with few targets in it and with many.
 *
 *     storebench CAMPAIGN TARGETS [JOBS]
 *
 * Fills the empty campaign (a folder, or a PostgreSQL URL) with so many targets of one job each, then leases and finishes
 * JOBS of them (10,000) as a run does, 256 at a time, and prints how long that took for a job: wall clock, and this
 * process's own processor time, which with SQLite is all there is.
 */
#include "store/store_import.h"
#include "store/store_jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { AT_ONCE = 256, JOBS = 10000, PLAN = 1000 };
#define LEASE (600 * SPAN_SECOND)

static _Noreturn void give_up(const struct fail *fail)
{
    fprintf(stderr, "storebench: %s\n", fail->text);
    exit(1);
}

static instant clock_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * SPAN_SECOND + t.tv_nsec / 1000;
}

static void import(struct store *s, unsigned long targets, instant now)
{
    struct fail fail = {0};
    struct store_import *i = store_import_new(s, now, &fail);
    uint32_t x = 1;
    for (unsigned long n = 0; i && n < targets; n++) {
        x = x * 1664525U + 1013904223U; /* each number once */
        struct store_sighting sighting = {.addr = {.family = ADDR_IPV4, .port = 25},
                                          .source = bytes_of("bench"),
                                          .said = bytes_of("open relay"),
                                          .priority = STORE_PRIORITY,
                                          .when = now};
        memcpy(sighting.addr.ip, &x, sizeof x);
        if (!store_import_put(i, &sighting, &fail))
            give_up(&fail);
    }
    if (!i || !store_import_flush(i, &fail))
        give_up(&fail);
    store_import_free(i);
}

struct plan {
    int64_t targets[PLAN];
    struct store_job_new jobs[PLAN];
    size_t count;
    instant now;
};

static void take(void *arg, const struct store_target_new *t)
{
    struct plan *p = arg;
    p->targets[p->count] = t->id;
    p->jobs[p->count++] =
        (struct store_job_new){t->id, t->addr, "relay/envelope", t->priority, p->now};
}

static void plan_all(struct store *s, instant now)
{
    struct fail fail = {0};
    struct plan *p = calloc(1, sizeof *p);
    do {
        p->count = 0;
        p->now = now;
        if (!store_unplanned(s, 1, PLAN, take, p, &fail) ||
            !store_plan(s, 1, p->targets, p->count, p->jobs, p->count, &fail))
            give_up(&fail);
    } while (p->count > 0);
    free(p);
}

static unsigned long work(struct store *s, unsigned long jobs, instant now)
{
    static struct store_job leased[AT_ONCE];
    static struct store_case cases[AT_ONCE];
    struct fail fail = {0};
    int64_t machine = 0;
    unsigned long done = 0;
    size_t count = 1;
    if (!store_machine_begin(s, "bench:1", now, LEASE, &machine, &fail))
        give_up(&fail);
    while (done < jobs && count > 0) {
        size_t taken = 0;
        if (!store_beat(s, machine, now, LEASE, &fail) ||
            !store_lease(s, machine, now, AT_ONCE, leased, &count, &fail))
            give_up(&fail);
        for (size_t i = 0; i < count; i++) {
            cases[i] = (struct store_case){.job = leased[i].id,
                                           .verdict = "closed",
                                           .weight = 1,
                                           .reason = bytes_of("554 relay access denied"),
                                           .software = bytes_of("Postfix"),
                                           .started = now,
                                           .elapsed = SPAN_SECOND,
                                           .bundle = bytes_of("run-1.tar"),
                                           .line = bytes_of("{\"verdict\":\"closed\"}")};
            snprintf(cases[i].id, sizeof cases[i].id, "c-%016lx", done + i);
        }
        if (!store_finish(s, machine, now, cases, count, &taken, &fail))
            give_up(&fail);
        done += taken;
    }
    return done;
}

int main(int argc, char **argv)
{
    struct fail fail = {0};
    instant now = clock_of(CLOCK_REALTIME);
    const struct store_new about = {.name = "bench", .now = now};
    if (argc < 3) {
        fprintf(stderr, "usage: storebench CAMPAIGN TARGETS [JOBS]\n");
        return 2;
    }
    unsigned long targets = strtoul(argv[2], NULL, 10);
    unsigned long jobs = argc > 3 ? strtoul(argv[3], NULL, 10) : JOBS;
    struct store *s = store_create(argv[1], &about, &fail);
    if (!s)
        give_up(&fail);
    import(s, targets, now);
    plan_all(s, now);
    instant wall = clock_of(CLOCK_MONOTONIC);
    instant processor = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    unsigned long done = work(s, jobs, now + SPAN_SECOND);
    wall = clock_of(CLOCK_MONOTONIC) - wall;
    processor = clock_of(CLOCK_PROCESS_CPUTIME_ID) - processor;
    printf("%lu targets: %lu jobs leased and finished, %.1f us each, %.1f us of it processor\n",
           targets, done, (double)wall / (double)done, (double)processor / (double)done);
    store_close(s);
    return 0;
}
