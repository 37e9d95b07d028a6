#include "cli/complain.h"
#include "cli/pack_place.h"
#include "cli/pack_plan.h"

#include <stdio.h>
#include <string.h>

enum { WHY = 512 };

/* "" : it was not. */
static const char *why_withdrawn(const struct pack_sources *s, const struct lock_entry *e,
                                 char out[WHY])
{
    struct public_key key;
    struct fail ignored;
    const struct pack_source *by = NULL;
    bool is_signed = e->now.signer[0] && public_key_parse(bytes_of(e->now.signer), &key, &ignored);
    const char *why = is_signed ? pack_sources_revoked(s, &key, &by) : NULL;
    out[0] = '\0';
    if (why)
        snprintf(out, WHY, "its key was revoked by the source %s: %s", by->name, why);
    for (size_t i = 0; i < s->count && !out[0]; i++) {
        const struct pack_index *index = &s->list[i].index;
        for (size_t p = 0; p < index->count; p++)
            if (strcmp(index->packs[p].sha256, e->now.sha256) == 0 && index->packs[p].yanked[0])
                snprintf(out, WHY, "%s", index->packs[p].yanked);
    }
    return out;
}

static bool is_newer(const struct index_pack *best, const struct lock_entry *e)
{
    return best && version_compare(&best->version, &e->now.version) > 0;
}

/* Why a withdrawn one is still there. */
static bool keep_withdrawn(const struct lock_entry *e, const struct index_pack *best,
                           const char *why, struct fail *fail)
{
    char now[VERSION_TEXT];
    char newer[VERSION_TEXT];
    version_text(&e->now.version, now);
    if (is_newer(best, e) && e->pinned)
        return fail_set(fail, "EREVOKED",
                        "%s %s was withdrawn and is pinned: `ajar pack unpin %s` lets %s take its "
                        "place: %s",
                        e->name, now, e->name, version_text(&best->version, newer), why);
    return fail_set(fail, "EREVOKED", "%s %s was withdrawn, and there is no newer one%s: %s",
                    e->name, now, best && is_newer(best, e) ? " that goes with the others" : "",
                    why);
}

/* Why it stays as it is. */
static void tell_kept(const struct pack_plan *p, const struct lock_entry *e,
                      const struct index_pack *best)
{
    char now[VERSION_TEXT];
    char newer[VERSION_TEXT];
    version_text(&e->now.version, now);
    if (e->pinned)
        printf("%s %s: pinned\n", e->name, now);
    else if (!best)
        printf("%s %s: no source has it\n", e->name, now);
    else if (is_newer(best, e))
        printf("%s %s stays, without %s: %s\n", e->name, now, version_text(&best->version, newer),
               p->resolve.first.code ? p->resolve.first.text : "other packs need it");
    else
        printf("%s %s: the newest\n", e->name, now);
}

/* What is said of one, and whether it may stay as it is. */
static bool tell(const struct pack_plan *p, struct pack_sources *s, const struct lock_entry *e,
                 struct fail *fail)
{
    const struct pack_source *from = NULL;
    struct fail none;
    char now[VERSION_TEXT];
    char room[WHY];
    const char *why = why_withdrawn(s, e, room);
    const struct index_pack *best = pack_sources_best(s, e->name, NULL, &from, &none);
    if (why[0])
        printf("%s %s was withdrawn: %s\n", e->name, version_text(&e->now.version, now), why);
    if (!best && strcmp(none.code, "ENOENT") != 0) {
        *fail = none;
        return false;
    }
    if (pack_plan_changes(p, e->name))
        return true;
    if (why[0])
        return keep_withdrawn(e, best, why, fail);
    tell_kept(p, e, best);
    return true;
}

/* Says of each what becomes of it; fails for those that may not stay as they are: the last is the fail, those before are
 * told. */
static bool tell_all(const struct pack_plan *p, struct pack_sources *s, const char *const *names,
                     struct fail *fail)
{
    bool well = true;
    for (; *names; names++) {
        struct fail why;
        const struct lock_entry *e = lock_find(&p->store->lock, *names);
        if (!e || tell(p, s, e, &why))
            continue;
        if (!well)
            complain("pack update", fail);
        *fail = why;
        well = false;
    }
    return well;
}

static bool carry_out(const struct pack_plan *p, bool well, struct fail *fail)
{
    struct fail why;
    if (pack_plan_carry_out(p, &why))
        return well;
    if (!well)
        complain("pack update", fail);
    *fail = why;
    return false;
}

/* The newest of these, as far as they go together with all that is installed. */
static bool update(const struct pack_install *how, struct pack_sources *s, const char *const *names,
                   bool *planned, struct fail *fail)
{
    struct pack_plan *p = pack_plan_new(how, s, fail);
    for (const char *const *name = names; p && *name; name++)
        pack_plan_want(p, *name, NULL);
    *planned = p && pack_plan_make(p, fail);
    bool ok = *planned && carry_out(p, tell_all(p, s, names, fail), fail);
    pack_plan_free(p);
    return ok;
}

/* Where they can't all be updated at once, each is for itself, and keeps none of the others from it. */
static bool update_each(const struct pack_install *how, struct pack_sources *s,
                        const char *const *names, struct fail *fail)
{
    bool ok = true;
    for (; *names; names++) {
        struct fail why;
        bool planned;
        if (update(how, s, (const char *const[]){*names, NULL}, &planned, &why))
            continue;
        if (!ok)
            complain("pack update", fail);
        *fail = why;
        ok = false;
    }
    return ok;
}

static bool update_installed(const struct pack_install *how, struct pack_sources *s,
                             const char *name, struct lock *lock, struct fail *fail)
{
    const char *names[LOCK_PACKS + 1] = {name};
    bool planned = false;
    if (name && !lock_find(lock, name))
        return fail_set(fail, "ENOENT", "%s: it is not installed", name);
    for (unsigned i = 0; !name && i < lock->count; i++)
        names[i] = lock->entries[i].name;
    bool ok = update(how, s, names, &planned, fail);
    return planned || name ? ok : update_each(how, s, names, fail);
}

bool pack_install_update(const struct pack_install *how, const char *name, struct fail *fail)
{
    struct pack_sources *s = pack_sources_now(fail);
    struct pack_store *before = s ? pack_place_open(false, fail) : NULL;
    bool ok = before && update_installed(how, s, name, &before->lock, fail);
    pack_place_close(before);
    pack_sources_free(s);
    return ok;
}
