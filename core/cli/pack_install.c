#include "cli/pack_install.h"

#include "cli/ask.h"
#include "cli/complain.h"
#include "cli/pack_file.h"
#include "cli/pack_place.h"
#include "cli/scripts.h"
#include "net/loop.h"
#include "run/inspect.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 8 };

/* One pack on its way. */
struct install {
    const struct pack_install *how;
    const struct pack_sources *sources; /* which were asked; NULL: it is a file */
    const char *from;                   /* its file, or the place of its source */
    struct pack *pack;
    struct buf signature;
    bool trusted;
    struct seal seal;
    char whose[TRUST_NAME];
    bool in_worker;
};

/* ---- on whose word ---- */

static bool allow(struct install *i, struct fail *fail)
{
    const struct signer *by = NULL;
    struct signers *signers = pack_place_load_signers(fail);
    i->trusted = signers && signers_allow(signers, i->pack, buf_view(&i->signature), loop_now(),
                                          &i->seal, &by, fail);
    if (i->trusted) {
        snprintf(i->whose, sizeof i->whose, "%s", by->whose);
        i->in_worker = by->grant.in_worker;
    }
    free(signers);
    return i->trusted;
}

/* Who signed it, where that is to be believed; else whether it may be taken all the same. */
static bool judge_signature(struct install *i, struct fail *fail)
{
    if (allow(i, fail))
        return true;
    bool unknown = i->signature.n == 0 || strcmp(fail->code, "EKEY") == 0;
    if (unknown && i->how->untrusted)
        return true;
    struct fail why = *fail;
    if (unknown)
        fail_set(fail, why.code,
                 "%s; `ajar pack trust add` takes a key, --untrusted the pack as it is", why.text);
    return fail_prefix(fail, "%s", i->from);
}

/* Any source may say that a key was stolen: it takes nothing from anybody but the thief. */
static bool judge(struct install *i, struct fail *fail)
{
    if (!judge_signature(i, fail))
        return false;
    const char *why =
        i->sources ? pack_sources_revoked_seal(i->sources, i->pack, buf_view(&i->signature)) : NULL;
    return !why || fail_set(fail, "EREVOKED", "%s: %s: its key was revoked: %s", i->from,
                            i->pack->manifest.name, why);
}

/* ---- what stands against it ---- */

/* What is kept of its signature: that of a key that is trusted. */
static struct bytes kept_signature(const struct install *i)
{
    return i->trusted ? buf_view(&i->signature) : bytes_at(NULL, 0);
}

static const char *signer_text(const struct install *i, char out[PUBLIC_KEY_TEXT])
{
    out[0] = '\0';
    return i->trusted ? public_key_text(&i->seal.key, out) : out;
}

/* These bytes stand there. So does this signature? A key's successor signs again what it had signed. */
static bool is_signed_so(const struct install *i, const struct store *store,
                         const struct lock_entry *e)
{
    char signer[PUBLIC_KEY_TEXT];
    struct fail ignored;
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack *p = store_get(store, e, &signature, &ignored);
    bool same = p && strcmp(signer_text(i, signer), e->now.signer) == 0 &&
                (!i->trusted || bytes_equal(buf_view(&signature), kept_signature(i)));
    pack_free(p);
    buf_free(&signature);
    return same;
}

static bool check_version(const struct install *i, struct store *store, struct fail *fail)
{
    char version[VERSION_TEXT];
    const struct manifest *m = &i->pack->manifest;
    const struct lock_entry *e = lock_find(&store->lock, m->name);
    if (!e)
        return true;
    version_text(&e->now.version, version);
    int order = version_compare(&m->version, &e->now.version);
    if (strcmp(e->now.sha256, i->pack->digest) == 0)
        return !is_signed_so(i, store, e) ||
               fail_set(fail, "EEXIST", "%s %s is installed already", m->name, version);
    if (e->pinned)
        return fail_set(fail, "EPINNED", "%s stays at %s: `ajar pack unpin %s` first", m->name,
                        version, m->name);
    if (order == 0)
        return fail_set(fail, "ECHANGED",
                        "%s %s is installed with other bytes: two packs bear this version; "
                        "`ajar pack remove %s` first if you mean it",
                        m->name, version, m->name);
    return order > 0 || i->how->older ||
           fail_set(fail, "EOLDER", "%s %s is installed, which is newer: --older takes this one",
                    m->name, version);
}

/* May it take its place there, once what it requires is installed? */
static bool check_place(const struct install *i, struct store *store, struct fail *fail)
{
    const struct manifest *m = &i->pack->manifest;
    return check_version(i, store, fail) && store_allows(store, m->name, &m->version, fail);
}

static bool check(const struct install *i, struct store *store, struct fail *fail)
{
    return check_place(i, store, fail) && lock_meets(&store->lock, &i->pack->manifest, fail);
}

/* ---- its probes ---- */

static bool is_of_another(const struct scripts *s, size_t i, const struct manifest *m)
{
    return !s->of[i] || strcmp(s->of[i]->pack->manifest.name, m->name) != 0;
}

static bool are_new(const struct probe_info *infos, const struct manifest *m,
                    const struct scripts *s, struct fail *fail)
{
    for (unsigned p = 0; p < m->probe_count; p++)
        for (size_t i = 0; i < s->count; i++)
            if (strcmp(infos[p].id, s->infos[i].id) == 0 && is_of_another(s, i, m))
                return fail_set(
                    fail, "EEXIST", "%s of %s: the probe %s is already defined by %s of %s",
                    m->probes[p], m->name, infos[p].id, s->infos[i].source_name, s->infos[i].pack);
    return true;
}

static bool inspect(const struct pack *p, struct probe_info *infos, struct fail *fail)
{
    char label[PACK_TITLE];
    const struct manifest *m = &p->manifest;
    struct script_source sources[MANIFEST_PROBES];
    pack_label(m, label);
    for (unsigned i = 0; i < m->probe_count; i++)
        sources[i] = (struct script_source){.name = m->probes[i],
                                            .pack = label,
                                            .text = pack_find(p, m->probes[i])->content,
                                            .withheld = pack_withheld(m)};
    return m->probe_count == 0 || inspect_scripts(sources, m->probe_count, infos, NULL, fail);
}

/* They are loaded, in a confined process, and held against all others. */
static bool check_probes(const struct pack *p, struct fail *fail)
{
    struct scripts *scripts = calloc(1, sizeof *scripts);
    struct probe_info *infos = calloc(MANIFEST_PROBES, sizeof *infos);
    bool ok = scripts && infos ? inspect(p, infos, fail) && scripts_load_usable(scripts, fail) &&
                                     are_new(infos, &p->manifest, scripts, fail)
                               : fail_set(fail, "ENOMEM", "out of memory");
    if (scripts)
        scripts_free(scripts);
    free(scripts);
    free(infos);
    return ok;
}

/* ---- shown and put there ---- */

static void show(const struct install *i)
{
    char id[KEY_ID_TEXT];
    pack_file_print(i->pack);
    if (i->trusted)
        printf("signed        by key %s%s%s\n", key_id_text(&i->seal.key, id),
               i->whose[0] ? ", " : "", i->whose);
    else
        puts("signed        by nobody whom you trust");
    printf("runs          %s\n", i->in_worker
                                     ? "where the built-in probes do: you trust its key so far"
                                     : "in a process of its own, without a socket");
    fflush(stdout);
}

static bool put(const struct install *i, struct store *store, struct fail *fail)
{
    const struct manifest *m = &i->pack->manifest;
    struct lock_version version = {.version = m->version};
    snprintf(version.sha256, sizeof version.sha256, "%s", i->pack->digest);
    signer_text(i, version.signer);
    return check(i, store, fail) && store_put(store, i->pack, kept_signature(i), fail) &&
           lock_set(&store->lock, m->name, &version, i->from, loop_now(), fail) &&
           store_commit(store, fail);
}

static bool consider(struct install *i, struct fail *fail)
{
    struct store *store = judge(i, fail) ? pack_place_open(false, fail) : NULL;
    bool ok = store && check_place(i, store, fail);
    pack_place_close(store);
    return ok;
}

/* What was considered. What stands there may be changed by somebody else while the person thinks: it is looked at again. */
static bool install(const struct install *i, struct fail *fail)
{
    char label[PACK_TITLE];
    struct store *store = pack_place_open(false, fail);
    bool ok = store && check(i, store, fail) && check_probes(i->pack, fail);
    pack_place_close(store);
    if (!ok)
        return false;
    show(i);
    if (!i->how->yes && !ask_person("Install it?", "--yes", fail))
        return false;
    store = pack_place_open(true, fail);
    ok = store && put(i, store, fail);
    pack_place_close(store);
    if (ok)
        printf("installed     %s\n", pack_label(&i->pack->manifest, label));
    return ok;
}

bool pack_install_file(const struct pack_install *how, const char *path, const char *signature_path,
                       struct fail *fail)
{
    struct install i = {.how = how, .from = path, .signature = buf_new(SEAL_LIMIT)};
    i.pack = pack_file_read(path, signature_path, &i.signature, fail);
    bool ok = i.pack && consider(&i, fail) && install(&i, fail);
    pack_free(i.pack);
    buf_free(&i.signature);
    return ok;
}

/* ---- from the sources ---- */

static bool note_seen(const struct pack_sources *s, struct fail *fail)
{
    struct store *store = pack_place_open(true, fail);
    bool ok = store != NULL;
    for (size_t i = 0; ok && i < s->count; i++)
        ok = lock_may_see(&store->lock, &s->list[i].seen, fail) &&
             lock_see(&store->lock, &s->list[i].seen, fail);
    ok = ok && store_commit(store, fail);
    pack_place_close(store);
    return ok;
}

/* What they have now, which is remembered: nobody can show an older list from then on. NULL with a fail. */
static struct pack_sources *ask_sources(struct fail *fail)
{
    struct store *store = pack_place_open(false, fail);
    struct pack_sources *s = store ? pack_sources_load(fail) : NULL;
    bool ok = s && pack_sources_ask(s, &store->lock, fail) && note_seen(s, fail);
    pack_place_close(store);
    if (ok)
        return s;
    pack_sources_free(s);
    return NULL;
}

static bool is_met(const struct manifest_need *need, struct fail *fail)
{
    struct store *store = pack_place_open(false, fail);
    const struct lock_entry *e = store ? lock_find(&store->lock, need->name) : NULL;
    bool met = e && version_is_within(&e->now.version, &need->range);
    pack_place_close(store);
    return met;
}

static bool install_best(const struct pack_install *how, struct pack_sources *s, const char *name,
                         const struct version_range *range, unsigned depth, struct fail *fail);

static bool meet_needs(const struct install *i, struct pack_sources *s, unsigned depth,
                       struct fail *fail)
{
    const struct manifest *m = &i->pack->manifest;
    if (depth == DEPTH_MOST)
        return fail_set(fail, "ELIMIT", "%s: packs require each other more than %d deep", m->name,
                        DEPTH_MOST);
    for (unsigned n = 0; n < m->need_count; n++)
        if (!is_met(&m->needs[n], fail) &&
            !install_best(i->how, s, m->needs[n].name, &m->needs[n].range, depth + 1, fail))
            return fail_prefix(fail, "%s requires %s %s", m->name, m->needs[n].name,
                               m->needs[n].range_text);
    return true;
}

static bool install_best(const struct pack_install *how, struct pack_sources *s, const char *name,
                         const struct version_range *range, unsigned depth, struct fail *fail)
{
    const struct pack_source *from = NULL;
    const struct index_pack *best = pack_sources_best(s, name, range, &from, fail);
    if (!best)
        return false;
    struct install i = {
        .how = how, .sources = s, .from = from->place, .signature = buf_new(SEAL_LIMIT)};
    i.pack = pack_source_fetch(from, best, &i.signature, fail);
    bool ok = i.pack && consider(&i, fail) && meet_needs(&i, s, depth, fail) && install(&i, fail);
    pack_free(i.pack);
    buf_free(&i.signature);
    return ok;
}

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

bool pack_install_named(const struct pack_install *how, const char *wanted, struct fail *fail)
{
    char name[MANIFEST_NAME];
    struct version_range range;
    bool has_range = false;
    if (!split(wanted, name, &range, &has_range, fail))
        return false;
    struct pack_sources *s = ask_sources(fail);
    bool ok = s && install_best(how, s, name, has_range ? &range : NULL, 0, fail);
    pack_sources_free(s);
    return ok;
}

/* ---- update ---- */

static const char *why_withdrawn(const struct pack_sources *s, const struct lock_entry *e)
{
    struct public_key key;
    struct fail ignored;
    bool is_signed = e->now.signer[0] && public_key_parse(bytes_of(e->now.signer), &key, &ignored);
    const char *why = is_signed ? pack_sources_revoked(s, &key) : NULL;
    for (size_t i = 0; i < s->count && !why; i++) {
        const struct pack_index *index = &s->list[i].index;
        for (size_t p = 0; p < index->count && !why; p++)
            if (strcmp(index->packs[p].sha256, e->now.sha256) == 0 && index->packs[p].yanked[0])
                why = index->packs[p].yanked;
    }
    return why;
}

static bool is_newer(const struct index_pack *best, const struct lock_entry *e)
{
    return best && version_compare(&best->version, &e->now.version) > 0;
}

static bool keep_withdrawn(const struct lock_entry *e, const struct index_pack *best,
                           const char *why, struct fail *fail)
{
    char now[VERSION_TEXT];
    char newer[VERSION_TEXT];
    version_text(&e->now.version, now);
    if (is_newer(best, e))
        return fail_set(fail, "EREVOKED",
                        "%s %s was withdrawn and is pinned: `ajar pack unpin %s` lets %s take its "
                        "place: %s",
                        e->name, now, e->name, version_text(&best->version, newer), why);
    return fail_set(fail, "EREVOKED", "%s %s was withdrawn, and there is no newer one: %s", e->name,
                    now, why);
}

static bool update_one(const struct pack_install *how, struct pack_sources *s,
                       const struct lock_entry *e, struct fail *fail)
{
    char now[VERSION_TEXT];
    const struct pack_source *from = NULL;
    const char *why = why_withdrawn(s, e);
    const struct index_pack *best = pack_sources_best(s, e->name, NULL, &from, fail);
    version_text(&e->now.version, now);
    if (why)
        printf("%s %s was withdrawn: %s\n", e->name, now, why);
    if (!best && strcmp(fail->code, "ENOENT") != 0)
        return false;
    if (!e->pinned && is_newer(best, e))
        return install_best(how, s, e->name, NULL, 0, fail);
    if (why)
        return keep_withdrawn(e, best, why, fail);
    printf("%s %s%s\n", e->name, now,
           e->pinned ? ": pinned"
           : best    ? ": the newest"
                     : ": no source has it");
    return true;
}

/* As it stands there now: it may have been what another one required, and be newer already. */
static bool update_named(const struct pack_install *how, struct pack_sources *s, const char *name,
                         struct fail *fail)
{
    struct store *now = pack_place_open(false, fail);
    const struct lock_entry *e = now ? lock_find(&now->lock, name) : NULL;
    bool ok = e ? update_one(how, s, e, fail)
                : now && fail_set(fail, "ENOENT", "%s: it is not installed", name);
    pack_place_close(now);
    return ok;
}

/* One that can't be updated keeps none of the others from it: the last failure is the fail, those before are told. */
static bool update_all(const struct pack_install *how, struct pack_sources *s,
                       const struct lock *lock, struct fail *fail)
{
    bool ok = true;
    for (unsigned i = 0; i < lock->count; i++) {
        struct fail why;
        if (update_named(how, s, lock->entries[i].name, &why))
            continue;
        if (!ok)
            complain("pack update", fail);
        *fail = why;
        ok = false;
    }
    return ok;
}

bool pack_install_update(const struct pack_install *how, const char *name, struct fail *fail)
{
    struct pack_sources *s = ask_sources(fail);
    struct store *before = s && !name ? pack_place_open(false, fail) : NULL;
    bool ok = s && (name ? update_named(how, s, name, fail)
                         : before && update_all(how, s, &before->lock, fail));
    pack_place_close(before);
    pack_sources_free(s);
    return ok;
}
