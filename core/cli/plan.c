#include "cli/plan.h"

#include <string.h>

static size_t first_meant(const struct scripts *s)
{
    size_t i = 0;
    while (i < s->count && !scripts_meant(s, i))
        i++;
    return i;
}

static size_t behind_meant(const struct scripts *s)
{
    size_t i = s->count;
    while (i > 0 && !scripts_meant(s, i - 1))
        i--;
    return i;
}

void plan_begin(struct plan *p, struct targets *targets, const struct scripts *scripts,
                void (*on_bad)(void *arg, const struct fail *why), void *arg)
{
    *p = (struct plan){.targets = targets, .scripts = scripts, .on_bad = on_bad, .arg = arg};
    p->from = first_meant(scripts);
    p->to = behind_meant(scripts);
    seen_begin(&p->seen);
}

void plan_end(struct plan *p)
{
    seen_free(&p->seen);
}

bool plan_knows_port(const struct probe_info *info, uint16_t port)
{
    for (unsigned i = 0; i < info->port_count; i++)
        if (info->ports[i] == port)
            return true;
    return false;
}

static bool with_port_seen(const struct plan *p, uint16_t port)
{
    struct addr at = p->target.addr;
    struct prefix all = p->target.range;
    at.port = all.base.port = port;
    return p->target.count > 1 ? seen_covers(&p->seen, &all) : seen_has(&p->seen, &at);
}

/* A target that has not come before as it is. One that is not remembered, for lack of memory, is tested again
 * should it come again. */
static bool is_new(struct plan *p)
{
    if (p->target.addr.family == ADDR_NONE)
        return true; /* a name that is not looked up */
    bool seen = with_port_seen(p, p->target.addr.port);
    p->any_bare |= p->target.addr.port == 0;
    if (p->target.last)
        seen_add(&p->seen, &p->target.range);
    p->duplicates += seen;
    return !seen;
}

static enum run_step next_target(struct plan *p)
{
    struct fail fail;
    enum targets_step step;
    while ((step = targets_next(p->targets, &p->target, &fail)) == TARGETS_BAD ||
           (step == TARGETS_ONE && !is_new(p)))
        if (step == TARGETS_BAD)
            p->on_bad(p->arg, &fail);
    p->have = step == TARGETS_ONE;
    p->taken += p->have;
    p->probe = p->from;
    p->port = 0;
    p->fits = p->any_given = p->any_left_out = p->without_port = false;
    if (!p->have)
        return step == TARGETS_LATER ? RUN_LATER : RUN_NO_MORE;
    for (size_t i = p->from; i < p->to; i++)
        p->fits |= scripts_meant(p->scripts, i) &&
                   plan_knows_port(&p->scripts->infos[i], p->target.addr.port);
    p->without_port = p->any_bare && p->target.addr.port != 0 && with_port_seen(p, 0);
    if (p->on_stray && !p->fits && p->target.addr.port != 0 && !p->scripts->any_chosen)
        p->on_stray(p->arg, p->target.addr.port);
    return RUN_ITEM;
}

static bool is_meant(const struct plan *p, size_t probe)
{
    if (!scripts_meant(p->scripts, probe))
        return false;
    return p->scripts->any_chosen || p->target.addr.port == 0 || !p->fits ||
           plan_knows_port(&p->scripts->infos[probe], p->target.addr.port);
}

/* A target with a port and one without, at the same address: what both mean is done by the first. */
static bool has_come(const struct plan *p, const struct probe_info *info, uint16_t port)
{
    if (p->target.addr.port != 0)
        return p->without_port && plan_knows_port(info, port);
    return p->target.addr.family != ADDR_NONE && with_port_seen(p, port);
}

/* The next probe and port of the target at hand; false when it has no more. */
static bool next_pair(struct plan *p, size_t *probe, uint16_t *port)
{
    for (; p->probe < p->to; p->probe++, p->port = 0) {
        const struct probe_info *info = &p->scripts->infos[p->probe];
        bool own_port = p->target.addr.port != 0;
        while (is_meant(p, p->probe) && p->port < (own_port ? 1 : info->port_count)) {
            *port = own_port ? p->target.addr.port : info->ports[p->port];
            *probe = p->probe;
            p->port++;
            if (has_come(p, info, *port)) {
                p->any_left_out = true;
                continue;
            }
            p->any_given = true;
            return true;
        }
    }
    p->duplicates += p->any_left_out && !p->any_given;
    return false;
}

enum run_step plan_next(struct plan *p, struct run_item *out)
{
    size_t probe = 0;
    uint16_t port = 0;
    enum run_step step = RUN_ITEM;
    while (!p->have || !next_pair(p, &probe, &port))
        if ((step = next_target(p)) != RUN_ITEM)
            return step;
    if (!out)
        return RUN_ITEM;
    *out = (struct run_item){.target = p->target.addr, .probe = (unsigned)probe};
    out->target.port = port;
    out->name = p->target.name[0] ? strdup(p->target.name) : NULL;
    out->source = p->target.source[0] ? strdup(p->target.source) : NULL;
    return RUN_ITEM;
}
