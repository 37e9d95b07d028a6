#include "pack/resolve.h"

#include <stdio.h>
#include <string.h>

const struct resolve_pick *resolve_find(const struct resolve *r, const char *name)
{
    for (unsigned i = 0; i < r->count; i++)
        if (strcmp(r->picks[i].name, name) == 0)
            return &r->picks[i];
    return NULL;
}

bool resolve_add(struct resolve *r, const char *name)
{
    if (resolve_find(r, name))
        return true;
    if (r->count == RESOLVE_PACKS)
        return false;
    struct resolve_pick *pick = &r->picks[r->count++];
    *pick = (struct resolve_pick){.candidate = 0};
    snprintf(pick->name, sizeof pick->name, "%s", name);
    return true;
}

/* What first stood in the way explains best why there is no answer: it concerns the best versions. */
static void note(struct resolve *r, const struct fail *why)
{
    if (!r->first.code)
        r->first = *why;
}

static bool meets(const struct manifest *needing, const struct manifest *other, struct fail *why)
{
    char version[VERSION_TEXT];
    char own[VERSION_TEXT];
    for (unsigned n = 0; n < needing->need_count; n++) {
        const struct manifest_need *need = &needing->needs[n];
        if (strcmp(need->name, other->name) == 0 &&
            !version_is_within(&other->version, &need->range))
            return fail_set(why, "ECONFLICT", "%s %s requires %s %s, not %s", needing->name,
                            version_text(&needing->version, own), other->name, need->range_text,
                            version_text(&other->version, version));
    }
    return true;
}

/* Does it go together with those that were chosen before it? */
static bool fits(struct resolve *r, unsigned before, const struct manifest *m)
{
    struct fail why;
    for (unsigned i = 0; i < before; i++)
        if (!meets(r->picks[i].manifest, m, &why) || !meets(m, r->picks[i].manifest, &why)) {
            note(r, &why);
            return false;
        }
    return true;
}

static bool add_needs(struct resolve *r, const struct manifest *m, struct fail *fail)
{
    for (unsigned n = 0; n < m->need_count; n++)
        if (!resolve_add(r, m->needs[n].name))
            return fail_set(fail, "ELIMIT", "more than %d packs are required", RESOLVE_PACKS);
    return true;
}

/* Who of those that were chosen requires it: for what is told when there is none of it. */
static void blame(const struct resolve *r, unsigned before, const char *name, struct fail *why)
{
    for (unsigned i = 0; i < before; i++)
        for (unsigned n = 0; n < r->picks[i].manifest->need_count; n++) {
            const struct manifest_need *need = &r->picks[i].manifest->needs[n];
            if (strcmp(need->name, name) == 0) {
                fail_prefix(why, "%s requires %s %s", r->picks[i].name, name, need->range_text);
                return;
            }
        }
}

enum outcome { FOUND, NONE, BROKEN };

/* The candidate of the pick whose turn it is: FOUND; NONE: there are no more. */
static enum outcome take_candidate(struct resolve *r, unsigned at, struct fail *fail)
{
    struct resolve_pick *pick = &r->picks[at];
    struct fail why = {.code = NULL};
    pick->manifest = r->candidate(r->arg, pick->name, pick->candidate, &why);
    if (pick->manifest && r->tries++ < RESOLVE_TRIES)
        return FOUND;
    if (pick->manifest) {
        fail_set(fail, "ELIMIT",
                 "no versions that go together were found in %d tries; name a range",
                 RESOLVE_TRIES);
        return BROKEN;
    }
    if (!why.code)
        return NONE;
    blame(r, at, pick->name, &why);
    if (strcmp(why.code, "ENOENT") != 0) {
        *fail = why;
        return BROKEN;
    }
    note(r, &why);
    return NONE;
}

/* Chooses the pick at `at` and all behind it. The depth is the number of packs. */
static enum outcome choose(struct resolve *r, unsigned at, struct fail *fail)
{
    unsigned count = r->count;
    if (at == count)
        return FOUND;
    for (r->picks[at].candidate = 0;; r->picks[at].candidate++) {
        enum outcome taken = take_candidate(r, at, fail);
        if (taken != FOUND)
            return taken;
        if (!fits(r, at, r->picks[at].manifest))
            continue;
        enum outcome rest =
            add_needs(r, r->picks[at].manifest, fail) ? choose(r, at + 1, fail) : BROKEN;
        if (rest != NONE)
            return rest;
        r->count = count;
    }
}

bool resolve_run(struct resolve *r, struct fail *fail)
{
    r->tries = 0;
    r->first = (struct fail){.code = NULL};
    enum outcome outcome = choose(r, 0, fail);
    if (outcome == NONE)
        *fail = r->first;
    return outcome == FOUND;
}

/* Is all that the pick requires in the order already? */
static bool is_ready(const struct resolve *r, const struct resolve_pick *pick,
                     const bool placed[RESOLVE_PACKS])
{
    for (unsigned n = 0; n < pick->manifest->need_count; n++) {
        const struct resolve_pick *other = resolve_find(r, pick->manifest->needs[n].name);
        if (other && !placed[other - r->picks])
            return false;
    }
    return true;
}

bool resolve_order(const struct resolve *r, unsigned out[RESOLVE_PACKS], struct fail *fail)
{
    bool placed[RESOLVE_PACKS] = {false};
    for (unsigned n = 0; n < r->count; n++) {
        unsigned next = r->count;
        for (unsigned i = 0; i < r->count && next == r->count; i++)
            if (!placed[i] && is_ready(r, &r->picks[i], placed))
                next = i;
        if (next == r->count)
            return fail_set(fail, "ECYCLE", "some of these packs require each other");
        placed[next] = true;
        out[n] = next;
    }
    return true;
}
