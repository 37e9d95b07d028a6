#include "cli/pack_install.h"

#include "cli/pack_file.h"
#include "cli/pack_place.h"
#include "cli/pack_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a file ---- */

static bool check(const struct pack_taking *t, struct pack_store *store, struct fail *fail)
{
    const struct manifest *m = &t->pack->manifest;
    return pack_taking_check_version(t, store, fail) &&
           pack_store_allows(store, m->name, &m->version, fail) &&
           lock_meets(&store->lock, m, fail);
}

static bool look(const struct pack_taking *t, struct fail *fail)
{
    struct pack_store *store = pack_place_open(false, fail);
    bool ok = store && check(t, store, fail);
    pack_place_close(store);
    return ok;
}

static bool put(const struct pack_taking *t, struct fail *fail)
{
    struct pack_store *store = pack_place_open(true, fail);
    bool ok = store && check(t, store, fail) && pack_taking_put(t, store, fail) &&
              pack_store_commit(store, fail);
    pack_place_close(store);
    return ok;
}

/* One pack alone, with what is installed. What stands there may be changed by somebody else while the person thinks: it is
 * looked at again. */
static bool install(struct pack_taking *t, struct fail *fail)
{
    const struct pack_taking *all[] = {t};
    if (!pack_taking_judge(t, fail) || !look(t, fail) || !pack_taking_check_probes(all, 1, fail) ||
        !pack_taking_ask(t, fail) || !put(t, fail))
        return false;
    pack_taking_tell(t);
    return true;
}

bool pack_install_file(const struct pack_install *how, const char *path, const char *signature_path,
                       struct fail *fail)
{
    struct pack_taking t = {.how = how, .from = path, .signature = buf_new(SEAL_LIMIT)};
    t.pack = pack_file_read(path, signature_path, &t.signature, fail);
    bool ok = t.pack && install(&t, fail);
    pack_taking_free(&t);
    return ok;
}

/* ---- from the sources ---- */

/* "acme/envelopes@>=1.0.0 <2.0.0" */
static bool split(const char *wanted, char name[MANIFEST_NAME], struct version_range *range,
                  bool *has_range, struct fail *fail)
{
    const char *at = strchr(wanted, '@');
    size_t n = at ? (size_t)(at - wanted) : strlen(wanted);
    if (!manifest_is_name(bytes_at(wanted, n)))
        return fail_set(fail, "EUSAGE", "'%s' is neither a pack's file (FILE.tar) nor its name",
                        wanted);
    memcpy(name, wanted, n);
    name[n] = '\0';
    *has_range = at != NULL;
    return !at || version_range_parse(bytes_of(at + 1), range, fail);
}

/* The same bytes again: their signature may be another by now. */
static bool is_the_same(const struct lock_entry *e, const struct index_pack *best)
{
    return strcmp(e->now.sha256, best->sha256) == 0;
}

static bool install_again(const struct pack_install *how, struct pack_sources *s,
                          const struct pack_source *from, const struct index_pack *best,
                          struct fail *fail)
{
    struct pack_taking t = {
        .how = how, .sources = s, .from = from->place, .signature = buf_new(SEAL_LIMIT)};
    t.pack = pack_source_fetch(from, best, &t.signature, fail);
    bool ok = t.pack && install(&t, fail);
    pack_taking_free(&t);
    return ok;
}

/* Of a pack that is installed: does it stay, or is it another signature of the same bytes? Then *done. A file is fetched in
 * that case alone: else it is the plan that does it. */
static bool consider_installed(const struct pack_install *how, struct pack_sources *s,
                               const struct pack_source *from, const struct index_pack *best,
                               bool *done, struct fail *fail)
{
    struct pack_store *store = pack_place_open(false, fail);
    const struct lock_entry *e = store ? lock_find(&store->lock, best->name) : NULL;
    bool ok = store != NULL;
    *done = e && is_the_same(e, best);
    if (e && !*done)
        ok = pack_taking_check_order(how, e, &best->version, fail);
    pack_place_close(store);
    return ok && (!*done || install_again(how, s, from, best, fail));
}

static bool install_best(const struct pack_install *how, struct pack_sources *s, const char *name,
                         const struct version_range *range, struct fail *fail)
{
    bool done = false;
    const struct pack_source *from = NULL;
    const struct index_pack *best = pack_sources_best(s, name, range, &from, fail);
    if (!best || !consider_installed(how, s, from, best, &done, fail))
        return false;
    if (done)
        return true;
    struct pack_plan *p = pack_plan_new(how, s, fail);
    if (p)
        pack_plan_want(p, name, range);
    bool ok = p && pack_plan_make(p, fail);
    if (ok && !pack_plan_changes(p, name)) {
        *fail = p->resolve.first;
        ok = false;
    }
    ok = ok && pack_plan_carry_out(p, fail);
    pack_plan_free(p);
    return ok;
}

bool pack_install_named(const struct pack_install *how, const char *wanted, struct fail *fail)
{
    char name[MANIFEST_NAME];
    struct version_range range;
    bool has_range = false;
    if (!split(wanted, name, &range, &has_range, fail))
        return false;
    struct pack_sources *s = pack_sources_now(fail);
    bool ok = s && install_best(how, s, name, has_range ? &range : NULL, fail);
    pack_sources_free(s);
    return ok;
}
