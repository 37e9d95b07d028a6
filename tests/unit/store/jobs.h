/*
 * jobs: targets with jobs, for the tests of the store.
 */
#pragma once

#include "place.h"
#include "store/store_import.h"
#include "store/store_jobs.h"
#include "store/store_targets.h"

static inline void put_target(struct store *s, const char *address, const char *source,
                              const char *said)
{
    struct store_import *i = NULL;
    struct store_sighting sighting = {.addr = place_addr(address),
                                      .source = bytes_of(source),
                                      .said = bytes_of(said),
                                      .priority = STORE_PRIORITY,
                                      .when = NOW};
    OK((i = store_import_new(s, NOW, &fail)) != NULL);
    OK(store_import_put(i, &sighting, &fail));
    OK(store_import_flush(i, &fail));
    store_import_free(i);
}

struct new_targets {
    struct store_target_new all[64];
    size_t count;
};

static inline void note_target(void *arg, const struct store_target_new *t)
{
    struct new_targets *n = arg;
    n->all[n->count++] = *t;
}

/* A target with jobs of these probes, ended by NULL; gives its number. */
static inline int64_t put_jobs(struct store *s, const char *address, unsigned priority,
                               const char *const *probes)
{
    struct new_targets n = {.count = 0};
    put_target(s, address, "list", "open");
    OK(store_unplanned(s, 1, 64, note_target, &n, &fail));
    assert_int_equal(n.count, 1);
    struct store_job_new jobs[8];
    size_t count = 0;
    for (; probes[count]; count++)
        jobs[count] = (struct store_job_new){.target = n.all[0].id,
                                             .addr = n.all[0].addr,
                                             .probe = probes[count],
                                             .priority = priority,
                                             .due = NOW};
    OK(store_plan(s, 1, &n.all[0].id, 1, jobs, count, &fail));
    return n.all[0].id;
}

static inline int64_t put_job(struct store *s, const char *address)
{
    static const char *const probes[] = {"relay/envelope", NULL};
    return put_jobs(s, address, STORE_PRIORITY, probes);
}

static inline int64_t machine(struct store *s, const char *name)
{
    int64_t id = 0;
    OK(store_machine_begin(s, name, NOW, MINUTE, &id, &fail));
    return id;
}

/* What a machine gets; the first one's number. */
static inline size_t leases(struct store *s, int64_t m, instant now, unsigned most,
                            struct store_job *out)
{
    size_t count = 0;
    OK(store_lease(s, m, now, most, out, &count, &fail));
    return count;
}

static inline struct store_case a_case(const char *id, int64_t job, const char *verdict,
                                       unsigned weight)
{
    struct store_case c = {.job = job,
                           .verdict = verdict,
                           .weight = weight,
                           .reason = bytes_of("token returned"),
                           .started = NOW,
                           .elapsed = SPAN_SECOND,
                           .bundle = bytes_of("run-1.tar"),
                           .line = bytes_of("{}")};
    snprintf(c.id, sizeof c.id, "%s", id);
    return c;
}

static inline size_t finishes(struct store *s, int64_t m, instant now, struct store_case c)
{
    size_t taken = 0;
    OK(store_finish(s, m, now, &c, 1, &taken, &fail));
    return taken;
}

static inline struct store_totals totals(struct store *s)
{
    struct store_totals t = {0};
    OK(store_totals(s, &t, &fail));
    return t;
}

struct seen_target {
    struct store_target t;
    char verdict[32];
    char details[300]; /* "NAME COUNTRY NETWORK" */
};

static inline void see_target(void *arg, const struct store_target *t)
{
    struct seen_target *seen = arg;
    seen->t = *t;
    snprintf(seen->verdict, sizeof seen->verdict, "%.*s", (int)t->verdict.n,
             t->verdict.n ? (const char *)t->verdict.p : "");
    snprintf(seen->details, sizeof seen->details, "%.*s %.*s %.*s", (int)t->name.n,
             (const char *)t->name.p, (int)t->country.n, (const char *)t->country.p,
             (int)t->network.n, (const char *)t->network.p);
}

static inline struct seen_target target_of(struct store *s, int64_t id)
{
    struct seen_target seen = {0};
    OK(store_target(s, id, see_target, &seen, &fail));
    return seen;
}
