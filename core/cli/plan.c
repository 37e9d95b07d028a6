#include "cli/plan.h"

#include <string.h>

void plan_begin(struct plan *p, struct targets *targets, const struct scripts *scripts,
                void (*on_bad)(void *arg, const struct fail *why), void *arg)
{
    *p = (struct plan){.targets = targets, .scripts = scripts, .on_bad = on_bad, .arg = arg};
}

static bool knows_port(const struct probe_info *info, uint16_t port)
{
    for (unsigned i = 0; i < info->port_count; i++)
        if (info->ports[i] == port)
            return true;
    return false;
}

static enum run_step next_target(struct plan *p)
{
    struct fail fail;
    enum targets_step step;
    while ((step = targets_next(p->targets, &p->target, &fail)) == TARGETS_BAD)
        p->on_bad(p->arg, &fail);
    p->have = step == TARGETS_ONE;
    p->probe = p->port = 0;
    p->fits = false;
    for (size_t i = 0; p->have && i < p->scripts->count; i++)
        p->fits |=
            scripts_meant(p->scripts, i) && knows_port(&p->scripts->infos[i], p->target.addr.port);
    return step == TARGETS_LATER ? RUN_LATER : p->have ? RUN_ITEM : RUN_NO_MORE;
}

static bool is_meant(const struct plan *p, size_t probe)
{
    if (!scripts_meant(p->scripts, probe))
        return false;
    return p->scripts->any_chosen || p->target.addr.port == 0 || !p->fits ||
           knows_port(&p->scripts->infos[probe], p->target.addr.port);
}

/* The next probe and port of the target at hand; false when it has no more. */
static bool next_pair(struct plan *p, size_t *probe, uint16_t *port)
{
    for (; p->probe < p->scripts->count; p->probe++, p->port = 0) {
        const struct probe_info *info = &p->scripts->infos[p->probe];
        bool own_port = p->target.addr.port != 0;
        if (!is_meant(p, p->probe) || p->port >= (own_port ? 1 : info->port_count))
            continue;
        *port = own_port ? p->target.addr.port : info->ports[p->port];
        *probe = p->probe;
        p->port++;
        return true;
    }
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
