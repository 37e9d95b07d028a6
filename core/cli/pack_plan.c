#include "cli/pack_plan.h"

#include "cli/pack_place.h"

#include <stdlib.h>
#include <string.h>

void pack_plan_free(struct pack_plan *p)
{
    if (!p)
        return;
    pack_choices_free(p->choices);
    pack_place_close(p->store);
    free(p);
}

/* Nothing is wanted yet. NULL with a fail. */
struct pack_plan *pack_plan_new(const struct pack_install *how, struct pack_sources *s,
                                struct fail *fail)
{
    struct pack_plan *p = calloc(1, sizeof *p);
    if (!p) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    p->store = pack_place_open(false, fail);
    p->choices = p->store ? pack_choices_new(how, s, p->store) : NULL;
    p->resolve.candidate = pack_choices_candidate;
    p->resolve.arg = p->choices;
    if (p->choices)
        return p;
    if (p->store)
        fail_set(fail, "ENOMEM", "out of memory");
    pack_plan_free(p);
    return NULL;
}

void pack_plan_want(struct pack_plan *p, const char *name, const struct version_range *range)
{
    pack_choices_want(p->choices, name, range);
    resolve_add(&p->resolve, name);
}

bool pack_plan_make(struct pack_plan *p, struct fail *fail)
{
    unsigned order[RESOLVE_PACKS];
    for (unsigned i = 0; i < p->store->lock.count; i++)
        resolve_add(&p->resolve, p->store->lock.entries[i].name);
    if (!resolve_run(&p->resolve, fail) || !resolve_order(&p->resolve, order, fail))
        return false;
    for (unsigned i = 0; i < p->resolve.count; i++) {
        struct pack_choice *one = pack_choices_of(p->choices, &p->resolve.picks[order[i]]);
        if (one && !one->installed)
            p->changes[p->change_count++] = one;
    }
    return true;
}

/* Is there what was there when it was planned? */
static bool is_as_planned(const struct lock *now, const struct lock *then)
{
    bool same = now->count == then->count;
    for (unsigned i = 0; same && i < now->count; i++)
        same = strcmp(now->entries[i].name, then->entries[i].name) == 0 &&
               strcmp(now->entries[i].now.sha256, then->entries[i].now.sha256) == 0 &&
               now->entries[i].pinned == then->entries[i].pinned;
    return same;
}

/* All of them, or none. */
static bool put(const struct pack_plan *p, struct fail *fail)
{
    struct pack_store *store = pack_place_open(true, fail);
    bool ok = store && (is_as_planned(&store->lock, &p->store->lock) ||
                        fail_set(fail, "EBUSY",
                                 "packs were installed or removed meanwhile by "
                                 "another command: try again"));
    for (unsigned i = 0; ok && i < p->change_count; i++)
        ok = pack_taking_put(&p->changes[i]->taking, store, fail);
    ok = ok && pack_store_commit(store, fail);
    pack_place_close(store);
    return ok;
}

bool pack_plan_carry_out(const struct pack_plan *p, struct fail *fail)
{
    const struct pack_taking *all[RESOLVE_PACKS];
    for (unsigned i = 0; i < p->change_count; i++)
        all[i] = &p->changes[i]->taking;
    if (!pack_taking_check_probes(all, p->change_count, fail))
        return false;
    for (unsigned i = 0; i < p->change_count; i++)
        if (!pack_taking_ask(all[i], fail))
            return false;
    if (p->change_count > 0 && !put(p, fail))
        return false;
    for (unsigned i = 0; i < p->change_count; i++)
        pack_taking_tell(&p->changes[i]->taking);
    return true;
}

/* Has the plan another version of it than the one installed? */
bool pack_plan_changes(const struct pack_plan *p, const char *name)
{
    for (unsigned i = 0; i < p->change_count; i++)
        if (strcmp(p->changes[i]->listed->name, name) == 0)
            return true;
    return false;
}
