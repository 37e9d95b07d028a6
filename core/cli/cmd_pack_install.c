/* ajar pack install: a pack made one of those that `ajar probe` has. */
#include "cli/ask.h"
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_file.h"
#include "cli/pack_place.h"
#include "cli/scripts.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_YES, OPT_UNTRUSTED, OPT_OLDER, OPT_SIGNATURE };

static const struct args_option options[] = {
    [OPT_YES] = {"yes", 'y', NULL, "do not ask"},
    [OPT_UNTRUSTED] = {"untrusted", 0, NULL,
                       "take one that nobody signed, or a key that you do not trust"},
    [OPT_OLDER] = {"older", 0, NULL, "take one that is older than the one installed"},
    [OPT_SIGNATURE] = {"signature", 'x', "FILE", "the signature's file; default FILE.tar.minisig"},
    {0},
};

const struct args_command cmd_pack_install_args = {
    "pack install", "[OPTION]... FILE.tar",
    "Says what a pack may do and who signed it, asks, and makes its probes some of\n"
    "those that 'ajar probe' has. It must be signed by a key that you trust for it\n"
    "('ajar pack trust'). Its probes run in a process of their own, signed or not.",
    options,
    "What was installed before is kept: 'ajar pack rollback' brings it back. A pack\n"
    "that others require is installed before them.\n"
    "\n"
    "Exit status: 0 it is installed, 1 it is not, 2 wrong usage.\n"};

struct installing {
    const char *path;
    const char *signature_path;
    bool yes;
    bool untrusted;
    bool older;
    struct pack *pack;
    struct buf signature;
    bool trusted;
    struct seal seal;
    const struct signer *by;
};

/* Who signed it, where that is to be believed; else whether it may be taken all the same. */
static bool judge(struct installing *i, const struct signers *signers, struct fail *fail)
{
    i->trusted = signers_allow(signers, i->pack, buf_view(&i->signature), loop_now(), &i->seal,
                               &i->by, fail);
    bool unknown = !i->trusted && (i->signature.n == 0 || strcmp(fail->code, "EKEY") == 0);
    if (i->trusted || (unknown && i->untrusted))
        return true;
    struct fail why = *fail;
    if (unknown)
        fail_set(fail, why.code,
                 "%s; `ajar pack trust add` takes a key, --untrusted the pack as it is", why.text);
    return fail_prefix(fail, "%s", i->path);
}

static bool check_needs(const struct manifest *m, struct lock *lock, struct fail *fail)
{
    char version[VERSION_TEXT];
    for (unsigned n = 0; n < m->need_count; n++) {
        const struct manifest_need *need = &m->needs[n];
        const struct lock_entry *e = lock_find(lock, need->name);
        if (!e)
            return fail_set(fail, "EMISSING", "%s requires %s %s, which is not installed", m->name,
                            need->name, need->range_text);
        if (!version_is_within(&e->now.version, &need->range))
            return fail_set(fail, "EMISSING", "%s requires %s %s, and %s is installed", m->name,
                            need->name, need->range_text, version_text(&e->now.version, version));
    }
    return true;
}

static bool check_version(const struct installing *i, struct lock *lock, struct fail *fail)
{
    char version[VERSION_TEXT];
    const struct manifest *m = &i->pack->manifest;
    const struct lock_entry *e = lock_find(lock, m->name);
    if (!e)
        return true;
    version_text(&e->now.version, version);
    int order = version_compare(&m->version, &e->now.version);
    if (strcmp(e->now.sha256, i->pack->digest) == 0)
        return fail_set(fail, "EEXIST", "%s %s is installed already", m->name, version);
    if (e->pinned)
        return fail_set(fail, "EPINNED", "%s stays at %s: `ajar pack unpin %s` first", m->name,
                        version, m->name);
    if (order == 0)
        return fail_set(fail, "ECHANGED",
                        "%s %s is installed with other bytes: two packs bear this version; "
                        "`ajar pack remove %s` first if you mean it",
                        m->name, version, m->name);
    return order > 0 || i->older ||
           fail_set(fail, "EOLDER", "%s %s is installed, which is newer: --older takes this one",
                    m->name, version);
}

/* Its probes are loaded, in a confined process, beside all others. */
static bool check_probes(const struct installing *i, struct fail *fail)
{
    const char *choices[] = {i->path, NULL};
    struct scripts *scripts = calloc(1, sizeof *scripts);
    if (!scripts)
        return fail_set(fail, "ENOMEM", "out of memory");
    bool ok = i->pack->manifest.probe_count == 0 || scripts_load(scripts, choices, fail);
    scripts_free(scripts);
    free(scripts);
    return ok;
}

static bool check(const struct installing *i, struct lock *lock, struct fail *fail)
{
    return check_version(i, lock, fail) && check_needs(&i->pack->manifest, lock, fail);
}

static void show(const struct installing *i)
{
    char id[KEY_ID_TEXT];
    pack_file_print(i->pack);
    if (i->trusted)
        printf("signed        by key %s%s%s\n", key_id_text(&i->seal.key, id),
               i->by->whose[0] ? ", " : "", i->by->whose);
    else
        puts("signed        by nobody whom you trust");
    fflush(stdout);
}

static bool put(const struct installing *i, struct store *store, struct fail *fail)
{
    const struct manifest *m = &i->pack->manifest;
    struct lock_version version = {.version = m->version};
    snprintf(version.sha256, sizeof version.sha256, "%s", i->pack->digest);
    if (i->trusted)
        public_key_text(&i->seal.key, version.signer);
    return check(i, &store->lock, fail) &&
           store_put(store, i->pack, i->trusted ? buf_view(&i->signature) : bytes_at(NULL, 0),
                     fail) &&
           lock_set(&store->lock, m->name, &version, i->path, loop_now(), fail) &&
           store_commit(store, fail);
}

/* What stands there may be changed by somebody else while the person thinks: it is looked at again. */
static bool install(struct installing *i, struct fail *fail)
{
    struct store *store = pack_place_open(false, fail);
    bool ok = store && check(i, &store->lock, fail) && check_probes(i, fail);
    pack_place_close(store);
    if (!ok)
        return false;
    show(i);
    if (!i->yes && !ask_person("Install it?", "--yes", fail))
        return false;
    store = pack_place_open(true, fail);
    ok = store && put(i, store, fail);
    pack_place_close(store);
    return ok;
}

static bool run(struct installing *i, struct fail *fail)
{
    char label[PACK_TITLE];
    i->signature = buf_new(SEAL_LIMIT);
    struct signers *signers = pack_place_load_signers(fail);
    i->pack = signers ? pack_file_read(i->path, i->signature_path, &i->signature, fail) : NULL;
    bool ok = i->pack && judge(i, signers, fail) && install(i, fail);
    if (ok)
        printf("installed     %s\n", pack_label(&i->pack->manifest, label));
    pack_free(i->pack);
    buf_free(&i->signature);
    free(signers);
    return ok;
}

int cmd_pack_install(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    struct installing i = {.path = NULL};
    args_begin(&args, &cmd_pack_install_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        i.yes |= which == OPT_YES;
        i.untrusted |= which == OPT_UNTRUSTED;
        i.older |= which == OPT_OLDER;
        if (which == OPT_SIGNATURE)
            i.signature_path = args.value;
    }
    i.path = args.status == ARGS_GO_ON ? args_only_operand(&args, "FILE.tar") : NULL;
    if (!i.path)
        return args.status;
    return run(&i, &fail) ? 0 : complain("pack install", &fail);
}
