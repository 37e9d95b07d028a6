#include "cli/pack_taking.h"

#include "cli/ask.h"
#include "cli/pack_file.h"
#include "cli/pack_place.h"
#include "cli/scripts.h"
#include "net/loop.h"
#include "run/inspect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- on whose word ---- */

static bool allow(struct pack_taking *t, struct fail *fail)
{
    const struct signer *by = NULL;
    struct signers *signers = pack_place_load_signers(fail);
    t->trusted = signers && signers_allow(signers, t->pack, buf_view(&t->signature), loop_now(),
                                          &t->seal, &by, fail);
    if (t->trusted) {
        snprintf(t->whose, sizeof t->whose, "%s", by->whose);
        t->in_worker = by->grant.in_worker;
    }
    free(signers);
    return t->trusted;
}

/* Who signed it, where that is to be believed; else whether it may be taken all the same. */
static bool judge_signature(struct pack_taking *t, struct fail *fail)
{
    if (allow(t, fail))
        return true;
    bool unknown = t->signature.n == 0 || strcmp(fail->code, "EKEY") == 0;
    if (unknown && t->how->untrusted)
        return true;
    struct fail why = *fail;
    if (unknown)
        fail_set(fail, why.code,
                 "%s; `ajar pack trust add` takes a key, --untrusted the pack as it is", why.text);
    return fail_prefix(fail, "%s", t->from);
}

/* Any source may say that a key was stolen, of whichever packs: see doc/packs.md, section 5. */
bool pack_taking_judge(struct pack_taking *t, struct fail *fail)
{
    if (!judge_signature(t, fail))
        return false;
    const struct pack_source *by = NULL;
    const char *why =
        t->sources ? pack_sources_revoked_seal(t->sources, t->pack, buf_view(&t->signature), &by)
                   : NULL;
    return !why || fail_set(fail, "EREVOKED", "%s: %s: its key was revoked by the source %s: %s",
                            t->from, t->pack->manifest.name, by->name, why);
}

/* ---- what stands against it ---- */

/* What is kept of its signature: that of a key that is trusted. */
static struct bytes kept_signature(const struct pack_taking *t)
{
    return t->trusted ? buf_view(&t->signature) : bytes_at(NULL, 0);
}

static const char *signer_text(const struct pack_taking *t, char out[PUBLIC_KEY_TEXT])
{
    out[0] = '\0';
    return t->trusted ? public_key_text(&t->seal.key, out) : out;
}

/* These bytes stand there. So does this signature? A key's successor signs again what it had signed. */
static bool is_signed_so(const struct pack_taking *t, const struct pack_store *store,
                         const struct lock_entry *e)
{
    char signer[PUBLIC_KEY_TEXT];
    struct fail ignored;
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack *p = pack_store_get(store, e, &signature, &ignored);
    bool same = p && strcmp(signer_text(t, signer), e->now.signer) == 0 &&
                (!t->trusted || bytes_equal(buf_view(&signature), kept_signature(t)));
    pack_free(p);
    buf_free(&signature);
    return same;
}

bool pack_taking_check_order(const struct pack_install *how, const struct lock_entry *e,
                             const struct version *version, struct fail *fail)
{
    char now[VERSION_TEXT];
    int order = version_compare(version, &e->now.version);
    version_text(&e->now.version, now);
    if (e->pinned)
        return fail_set(fail, "EPINNED", "%s stays at %s: `ajar pack unpin %s` first", e->name, now,
                        e->name);
    if (order == 0)
        return fail_set(fail, "ECHANGED",
                        "%s %s is installed with other bytes: two packs bear this version; "
                        "`ajar pack remove %s` first if you mean it",
                        e->name, now, e->name);
    return order > 0 || how->older ||
           fail_set(fail, "EOLDER", "%s %s is installed, which is newer: --older takes this one",
                    e->name, now);
}

bool pack_taking_check_version(const struct pack_taking *t, struct pack_store *store,
                               struct fail *fail)
{
    char version[VERSION_TEXT];
    const struct manifest *m = &t->pack->manifest;
    const struct lock_entry *e = lock_find(&store->lock, m->name);
    if (!e)
        return true;
    if (strcmp(e->now.sha256, t->pack->digest) != 0)
        return pack_taking_check_order(t->how, e, &m->version, fail);
    return !is_signed_so(t, store, e) || fail_set(fail, "EEXIST", "%s %s is installed already",
                                                  m->name, version_text(&e->now.version, version));
}

/* ---- their probes ---- */

/* Of those that are to be installed, one behind the other. */
struct newcomer {
    char id[PROBE_ID];
    const char *file;
    const struct pack *of;
};

struct newcomers {
    struct newcomer *list; /* owned */
    size_t count;
};

static const struct newcomer *newcomer_of(const struct newcomers *n, const char *id)
{
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->list[i].id, id) == 0)
            return &n->list[i];
    return NULL;
}

static bool is_defined(const char *file, const struct pack *p, const char *id, const char *by_file,
                       const char *by, struct fail *fail)
{
    return fail_set(fail, "EEXIST", "%s of %s: the probe %s is already defined by %s of %s", file,
                    p->manifest.name, id, by_file, by);
}

/* Do all of them have ids of their own? */
static bool add_newcomers(struct newcomers *n, const struct pack *p, const struct probe_info *infos,
                          struct fail *fail)
{
    char label[PACK_TITLE];
    const struct manifest *m = &p->manifest;
    struct newcomer *more = realloc(n->list, (n->count + m->probe_count + 1) * sizeof *more);
    if (!more)
        return fail_set(fail, "ENOMEM", "out of memory");
    n->list = more;
    for (unsigned i = 0; i < m->probe_count; i++) {
        const struct newcomer *other = newcomer_of(n, infos[i].id);
        if (other)
            return is_defined(m->probes[i], p, infos[i].id, other->file,
                              pack_label(&other->of->manifest, label), fail);
        more[n->count] = (struct newcomer){.file = m->probes[i], .of = p};
        snprintf(more[n->count++].id, PROBE_ID, "%s", infos[i].id);
    }
    return true;
}

/* Loaded, in a confined process. */
static bool inspect(const struct pack *p, struct newcomers *n, struct fail *fail)
{
    char label[PACK_TITLE];
    const struct manifest *m = &p->manifest;
    struct script_source sources[MANIFEST_PROBES];
    struct probe_info *infos = calloc(MANIFEST_PROBES, sizeof *infos);
    if (!infos)
        return fail_set(fail, "ENOMEM", "out of memory");
    pack_label(m, label);
    for (unsigned i = 0; i < m->probe_count; i++)
        sources[i] = (struct script_source){.name = m->probes[i],
                                            .pack = label,
                                            .text = pack_find(p, m->probes[i])->content,
                                            .withheld = pack_withheld(m),
                                            .limits = m->limits};
    bool ok = m->probe_count == 0 || (inspect_scripts(sources, m->probe_count, infos, NULL, fail) &&
                                      add_newcomers(n, p, infos, fail));
    free(infos);
    return ok;
}

/* Is this script of a pack that one of them takes the place of? */
static bool is_replaced(const struct scripts *s, size_t i, const struct pack_taking *const *all,
                        size_t count)
{
    for (size_t k = 0; s->of[i] && k < count; k++)
        if (strcmp(s->of[i]->pack->manifest.name, all[k]->pack->manifest.name) == 0)
            return true;
    return false;
}

static bool are_new(const struct newcomers *n, const struct scripts *s,
                    const struct pack_taking *const *all, size_t count, struct fail *fail)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct newcomer *one = newcomer_of(n, s->infos[i].id);
        if (one && !is_replaced(s, i, all, count))
            return is_defined(one->file, one->of, one->id, s->infos[i].source_name,
                              s->infos[i].pack, fail);
    }
    return true;
}

bool pack_taking_check_probes(const struct pack_taking *const *all, size_t count, struct fail *fail)
{
    struct newcomers n = {.count = 0};
    struct scripts *scripts = calloc(1, sizeof *scripts);
    bool ok = scripts || fail_set(fail, "ENOMEM", "out of memory");
    for (size_t i = 0; ok && i < count; i++)
        ok = inspect(all[i]->pack, &n, fail);
    ok = ok && scripts_load_usable(scripts, fail) && are_new(&n, scripts, all, count, fail);
    if (scripts)
        scripts_free(scripts);
    free(scripts);
    free(n.list);
    return ok;
}

/* ---- shown and put there ---- */

static void show(const struct pack_taking *t)
{
    char id[KEY_ID_TEXT];
    pack_file_print(t->pack);
    if (t->trusted)
        printf("signed        by key %s%s%s\n", key_id_text(&t->seal.key, id),
               t->whose[0] ? ", " : "", t->whose);
    else
        puts("signed        by nobody whom you trust");
    printf("runs          %s\n", t->in_worker
                                     ? "where the built-in probes do: you trust its key so far"
                                     : "in a process of its own, without a socket");
    fflush(stdout);
}

bool pack_taking_ask(const struct pack_taking *t, struct fail *fail)
{
    show(t);
    return t->how->yes || ask_person("Install it?", "--yes", fail);
}

bool pack_taking_put(const struct pack_taking *t, struct pack_store *store, struct fail *fail)
{
    const struct manifest *m = &t->pack->manifest;
    struct lock_version version = {.version = m->version};
    snprintf(version.sha256, sizeof version.sha256, "%s", t->pack->digest);
    signer_text(t, version.signer);
    return pack_store_put(store, t->pack, kept_signature(t), fail) &&
           lock_set(&store->lock, m->name, &version, t->from, loop_now(), fail);
}

void pack_taking_tell(const struct pack_taking *t)
{
    char label[PACK_TITLE];
    printf("installed     %s\n", pack_label(&t->pack->manifest, label));
}

void pack_taking_free(struct pack_taking *t)
{
    pack_free(t->pack);
    buf_free(&t->signature);
}
