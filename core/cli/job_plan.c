#include "cli/job_plan.h"

#include "cli/plan.h"
#include "store/store_policy.h"

#include <stdlib.h>
#include <string.h>

enum { TARGETS = 256, CHOICE_MOST = 256 * 1024 };

/* The probes and their ports, a line each. */
static void put_choice(struct buf *out, const struct scripts *s)
{
    buf_put_text(out, s->any_chosen ? "chosen\n" : "those of a port\n");
    for (size_t i = 0; i < s->count; i++) {
        if (!scripts_meant(s, i))
            continue;
        buf_put_text(out, s->infos[i].id);
        for (unsigned k = 0; k < s->infos[i].port_count; k++)
            buf_printf(out, " %u", s->infos[i].ports[k]);
        buf_put_byte(out, '\n');
    }
}

bool job_plan_begin(struct job_plan *p, struct store *s, const struct scripts *scripts, instant now,
                    struct fail *fail)
{
    int64_t version = 0;
    struct buf choice = buf_new(CHOICE_MOST);
    put_choice(&choice, scripts);
    bool ok = !choice.overflow || fail_set(fail, "ELIMIT", "there are too many probes");
    ok = ok && store_text_put(s, "probes", buf_view(&choice), now, fail) &&
         store_text_version(s, "probes", &version, fail);
    buf_free(&choice);
    *p = (struct job_plan){scripts, (unsigned)version};
    return ok;
}

struct planning {
    const struct job_plan *plan;
    instant now;
    int64_t targets[TARGETS];
    size_t target_count;
    struct store_job_new *jobs;
    size_t count;
    size_t room;
    bool no_memory;
};

static void add(struct planning *p, const struct store_target_new *t, size_t probe, uint16_t port)
{
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : TARGETS;
        struct store_job_new *jobs = realloc(p->jobs, room * sizeof *jobs);
        p->no_memory |= !jobs;
        if (!jobs)
            return;
        p->jobs = jobs;
        p->room = room;
    }
    struct store_job_new *job = &p->jobs[p->count++];
    *job = (struct store_job_new){.target = t->id,
                                  .addr = t->addr,
                                  .probe = p->plan->scripts->infos[probe].id,
                                  .priority = t->priority,
                                  .due = p->now};
    job->addr.port = port;
}

static bool any_knows(const struct scripts *s, uint16_t port)
{
    for (size_t i = 0; i < s->count; i++)
        if (scripts_meant(s, i) && plan_knows_port(&s->infos[i], port))
            return true;
    return false;
}

static void on_target(void *arg, const struct store_target_new *t)
{
    struct planning *p = arg;
    const struct scripts *s = p->plan->scripts;
    bool all = s->any_chosen || t->addr.port == 0 || !any_knows(s, t->addr.port);
    p->targets[p->target_count++] = t->id;
    for (size_t i = 0; i < s->count; i++) {
        const struct probe_info *info = &s->infos[i];
        if (!scripts_meant(s, i) || (!all && !plan_knows_port(info, t->addr.port)))
            continue;
        if (t->addr.port != 0)
            add(p, t, i, t->addr.port);
        else
            for (unsigned k = 0; k < info->port_count; k++)
                add(p, t, i, info->ports[k]);
    }
}

bool job_plan_some(const struct job_plan *plan, struct store *s, instant now, size_t *count,
                   struct fail *fail)
{
    struct planning p = {.plan = plan, .now = now};
    bool ok = store_unplanned(s, plan->number, TARGETS, on_target, &p, fail);
    if (ok && p.no_memory)
        ok = fail_set(fail, "ENOMEM", "out of memory");
    ok = ok && (p.target_count == 0 ||
                store_plan(s, plan->number, p.targets, p.target_count, p.jobs, p.count, fail));
    *count = p.target_count;
    free(p.jobs);
    return ok;
}
