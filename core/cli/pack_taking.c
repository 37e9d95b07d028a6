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

/* Any source may say that a key was stolen: it takes nothing from anybody but the thief. */
bool pack_taking_judge(struct pack_taking *t, struct fail *fail)
{
    if (!judge_signature(t, fail))
        return false;
    const char *why =
        t->sources ? pack_sources_revoked_seal(t->sources, t->pack, buf_view(&t->signature)) : NULL;
    return !why || fail_set(fail, "EREVOKED", "%s: %s: its key was revoked: %s", t->from,
                            t->pack->manifest.name, why);
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
static bool is_signed_so(const struct pack_taking *t, const struct store *store,
                         const struct lock_entry *e)
{
    char signer[PUBLIC_KEY_TEXT];
    struct fail ignored;
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack *p = store_get(store, e, &signature, &ignored);
    bool same = p && strcmp(signer_text(t, signer), e->now.signer) == 0 &&
                (!t->trusted || bytes_equal(buf_view(&signature), kept_signature(t)));
    pack_free(p);
    buf_free(&signature);
    return same;
}

bool pack_taking_check_version(const struct pack_taking *t, struct store *store, struct fail *fail)
{
    char version[VERSION_TEXT];
    const struct manifest *m = &t->pack->manifest;
    const struct lock_entry *e = lock_find(&store->lock, m->name);
    if (!e)
        return true;
    version_text(&e->now.version, version);
    int order = version_compare(&m->version, &e->now.version);
    if (strcmp(e->now.sha256, t->pack->digest) == 0)
        return !is_signed_so(t, store, e) ||
               fail_set(fail, "EEXIST", "%s %s is installed already", m->name, version);
    if (e->pinned)
        return fail_set(fail, "EPINNED", "%s stays at %s: `ajar pack unpin %s` first", m->name,
                        version, m->name);
    if (order == 0)
        return fail_set(fail, "ECHANGED",
                        "%s %s is installed with other bytes: two packs bear this version; "
                        "`ajar pack remove %s` first if you mean it",
                        m->name, version, m->name);
    return order > 0 || t->how->older ||
           fail_set(fail, "EOLDER", "%s %s is installed, which is newer: --older takes this one",
                    m->name, version);
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
                                            .withheld = pack_withheld(m),
                                            .limits = m->limits};
    return m->probe_count == 0 || inspect_scripts(sources, m->probe_count, infos, NULL, fail);
}

/* They are loaded, in a confined process, and held against all others. */
bool pack_taking_check_probes(const struct pack_taking *t, struct fail *fail)
{
    struct scripts *scripts = calloc(1, sizeof *scripts);
    struct probe_info *infos = calloc(MANIFEST_PROBES, sizeof *infos);
    bool ok = scripts && infos
                  ? inspect(t->pack, infos, fail) && scripts_load_usable(scripts, fail) &&
                        are_new(infos, &t->pack->manifest, scripts, fail)
                  : fail_set(fail, "ENOMEM", "out of memory");
    if (scripts)
        scripts_free(scripts);
    free(scripts);
    free(infos);
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

bool pack_taking_put(const struct pack_taking *t, struct store *store, struct fail *fail)
{
    const struct manifest *m = &t->pack->manifest;
    struct lock_version version = {.version = m->version};
    snprintf(version.sha256, sizeof version.sha256, "%s", t->pack->digest);
    signer_text(t, version.signer);
    return store_put(store, t->pack, kept_signature(t), fail) &&
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
