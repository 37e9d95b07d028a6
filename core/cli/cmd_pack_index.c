/* ajar pack index: the signed list of the packs in a folder. */
#include "cli/complain.h"
#include "cli/operator_key.h"
#include "cli/pack_commands.h"
#include "cli/pack_file.h"
#include "evidence/replace.h"
#include "net/loop.h"
#include "pack/index.h"
#include "pack/seal.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHANGES_MOST = 32, PATH_MOST = 4096, DAYS_MOST = 366, DAYS = 60 };
enum { OPT_NAME, OPT_DAYS, OPT_YANK, OPT_REVOKE, OPT_KEY };

static const struct args_option options[] = {
    [OPT_NAME] = {"name", 0, "NAME", "the list's name, of a-z, 0-9 and -; wanted for the first"},
    [OPT_DAYS] = {"days", 0, "N", "it is good for so long; default 60"},
    [OPT_YANK] = {"yank", 0, "PACK@VERSION=WHY",
                  "this version is not to be installed any more; repeatable"},
    [OPT_REVOKE] = {"revoke", 0, "KEY=WHY",
                    "what this key (a base64 line) signed is not to be installed any more; "
                    "repeatable"},
    [OPT_KEY] = {"key", 'k', "FILE",
                 "the secret key to sign with; default ~/.config/ajar/ajar.key"},
    {0},
};

const struct args_command cmd_pack_index_args = {
    "pack index", "[OPTION]... FOLDER",
    "Makes index.json and its signature of the packs in a folder (*.tar, each with\n"
    "its signature beside it), for 'ajar pack source': the folder can be served by\n"
    "any web server. Each list has a number one higher than the one before, which\n"
    "is kept in it, and a day on which it expires: make it anew before.",
    options,
    "A version that was in the list stays there, and may not have other bytes later.\n"
    "A list that this key did not sign is not gone on with.\n"
    "\n"
    "Exit status: 0 it is made, 1 it is not, 2 wrong usage.\n"};

struct indexing {
    const char *folder;
    const char *name;
    const char *key_path;
    long days;
    const char *yanks[CHANGES_MOST];
    size_t yank_count;
    const char *revokes[CHANGES_MOST];
    size_t revoke_count;
    struct secret_key *key;
    struct public_key public;
    struct pack_index index;
};

/* Whoever can write into the folder could have written it: only what this key signed is signed again. */
static bool is_own(const struct indexing *x, const char *path, struct bytes text, struct fail *fail)
{
    char beside[PATH_MOST + 16];
    struct buf signature = buf_new(SEAL_LIMIT);
    snprintf(beside, sizeof beside, "%s" SEAL_SUFFIX, path);
    bool ok = access(beside, F_OK) == 0 ||
              fail_set(fail, "ESIGNATURE", "it is not signed: there is no signature beside it");
    ok = ok && file_read_regular(beside, &signature, fail) &&
         index_check_signature(&x->index, text, buf_view(&signature), &x->public, fail);
    buf_free(&signature);
    if (ok)
        return true;
    struct fail why = *fail;
    return fail_set(fail, why.code,
                    "it can't be gone on with, as this key did not sign it (%s): bring back the "
                    "one that it signed, or remove it for a first list",
                    why.text);
}

static bool read_before(struct indexing *x, struct fail *fail)
{
    char path[PATH_MOST];
    struct buf text = buf_new(INDEX_LIMIT);
    snprintf(path, sizeof path, "%s/" INDEX_FILE, x->folder);
    bool there = access(path, F_OK) == 0;
    bool ok = !there || file_read_regular(path, &text, fail);
    if (ok && there)
        ok = (index_parse(buf_view(&text), &x->index, fail) &&
              is_own(x, path, buf_view(&text), fail)) ||
             fail_prefix(fail, "%s", path);
    buf_free(&text);
    if (!ok || there)
        return ok;
    x->index = (struct pack_index){.packs = calloc(INDEX_PACKS, sizeof *x->index.packs)};
    if (!x->name)
        return fail_set(fail, "EUSAGE", "the first list of a folder wants a name: --name NAME");
    return x->index.packs || fail_set(fail, "ENOMEM", "out of memory");
}

/* What another key signed is for those to judge who trust that key; what is no signature nobody can. */
static bool is_signed(const struct indexing *x, const struct pack *p, struct bytes signature,
                      struct fail *fail)
{
    struct seal seal;
    unsigned char id[8];
    return seal_key_id(signature, id, fail) && (memcmp(id, x->public.id, sizeof id) != 0 ||
                                                seal_check(signature, p, &x->public, &seal, fail));
}

/* A pack with a signature beside it. NULL with a fail. */
static struct pack *read_signed(const struct indexing *x, const char *path, struct fail *fail)
{
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack *p = pack_file_read(path, NULL, &signature, fail);
    bool ok = p != NULL;
    if (ok && signature.n == 0)
        ok = fail_set(fail, "ENOENT", "%s: it is not signed: `ajar pack sign` first", path);
    else if (ok && !is_signed(x, p, buf_view(&signature), fail))
        ok = fail_prefix(fail, "%s" SEAL_SUFFIX, path);
    buf_free(&signature);
    if (ok)
        return p;
    pack_free(p);
    return NULL;
}

static bool add_file(struct indexing *x, const char *file, struct fail *fail)
{
    char path[PATH_MOST];
    struct index_pack one = {.name = ""};
    snprintf(path, sizeof path, "%s/%s", x->folder, file);
    struct pack *p = read_signed(x, path, fail);
    if (!p)
        return false;
    snprintf(one.name, sizeof one.name, "%s", p->manifest.name);
    one.version = p->manifest.version;
    snprintf(one.sha256, sizeof one.sha256, "%s", p->digest);
    snprintf(one.file, sizeof one.file, "%s", file);
    pack_free(p);
    return index_add(&x->index, &one, fail);
}

static bool add_folder(struct indexing *x, struct fail *fail)
{
    bool ok = true;
    DIR *dir = opendir(x->folder);
    if (!dir)
        return fail_errno(fail, errno, x->folder);
    for (const struct dirent *e; ok && (e = readdir(dir));) {
        size_t n = strlen(e->d_name);
        if (e->d_name[0] != '.' && n > 4 && strcmp(e->d_name + n - 4, ".tar") == 0)
            ok = add_file(x, e->d_name, fail);
    }
    closedir(dir);
    return ok;
}

static bool yank(struct pack_index *index, const char *what, struct fail *fail)
{
    char label[PACK_TITLE];
    char version[VERSION_TEXT];
    const char *why = strchr(what, '=');
    for (size_t i = 0; why && why[1] && i < index->count; i++) {
        struct index_pack *p = &index->packs[i];
        snprintf(label, sizeof label, "%s@%s", p->name, version_text(&p->version, version));
        if (strlen(label) == (size_t)(why - what) && strncmp(label, what, strlen(label)) == 0) {
            snprintf(p->yanked, sizeof p->yanked, "%s", why + 1);
            text_make_printable(p->yanked);
            return true;
        }
    }
    return fail_set(fail, "EUSAGE",
                    "--yank %s: PACK@VERSION=WHY of a version in the list is wanted", what);
}

static bool revoke_key(struct pack_index *index, const char *what, struct fail *fail)
{
    struct index_revoked *r = &index->revoked[index->revoked_count];
    /* the line itself may end in "=", never more than two */
    const char *why = strlen(what) > 56 && what[56] == '=' ? what + 57 : NULL;
    if (index->revoked_count == INDEX_REVOKED)
        return fail_set(fail, "ELIMIT", "at most %d keys", INDEX_REVOKED);
    if (!why || !why[0] || !public_key_parse(bytes_at(what, 56), &r->key, fail))
        return fail_set(fail, "EUSAGE", "--revoke %s: KEY=WHY is wanted, KEY a base64 line", what);
    snprintf(r->reason, sizeof r->reason, "%s", why);
    text_make_printable(r->reason);
    index->revoked_count++;
    return true;
}

static bool change(struct indexing *x, struct fail *fail)
{
    for (size_t i = 0; i < x->yank_count; i++)
        if (!yank(&x->index, x->yanks[i], fail))
            return false;
    for (size_t i = 0; i < x->revoke_count; i++)
        if (!revoke_key(&x->index, x->revokes[i], fail))
            return false;
    if (x->name)
        snprintf(x->index.name, sizeof x->index.name, "%s", x->name);
    x->index.serial++;
    x->index.expires = loop_now() + x->days * 24 * 3600 * SPAN_SECOND;
    return true;
}

static bool write_file(const struct indexing *x, const char *name, struct bytes text,
                       struct fail *fail)
{
    char path[PATH_MOST];
    struct replace r;
    snprintf(path, sizeof path, "%s/%s", x->folder, name);
    if (!replace_begin(&r, path, fail))
        return false;
    bool written =
        replace_write(&r, text, fail) && (fchmod(r.fd, 0644) == 0 || fail_errno(fail, errno, path));
    return replace_end(&r, written, fail) || fail_prefix(fail, "%s", path);
}

static bool sign(const struct indexing *x, struct fail *fail)
{
    struct buf text = buf_new(INDEX_LIMIT);
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack_index again = {.count = 0};
    bool ok = index_put(&text, &x->index) || fail_set(fail, "ELIMIT", "too long a list");
    ok = ok && index_parse(buf_view(&text), &again, fail) &&
         index_sign(&signature, &x->index, buf_view(&text), x->key, loop_now(), fail) &&
         write_file(x, INDEX_FILE, buf_view(&text), fail) &&
         write_file(x, INDEX_FILE SEAL_SUFFIX, buf_view(&signature), fail);
    index_free(&again);
    buf_free(&text);
    buf_free(&signature);
    return ok;
}

static bool make(struct indexing *x, struct fail *fail)
{
    char day[TIME_TEXT];
    x->key = operator_key_load(x->key_path, fail);
    if (!x->key)
        return false;
    x->public = secret_key_public(x->key);
    bool ok = read_before(x, fail) && add_folder(x, fail) && change(x, fail) && sign(x, fail);
    if (ok)
        printf("%s/" INDEX_FILE ": list %s number %lu, %zu versions, until %.10s\n", x->folder,
               x->index.name, x->index.serial, x->index.count, time_text(x->index.expires, day));
    index_free(&x->index);
    secret_key_free(x->key);
    return ok;
}

static void take(struct args *a, struct indexing *x, int which)
{
    if (which == OPT_NAME)
        x->name = a->value;
    else if (which == OPT_DAYS)
        args_number(a, 1, DAYS_MOST, &x->days);
    else if (which == OPT_KEY)
        x->key_path = a->value;
    else if (which == OPT_YANK && x->yank_count < CHANGES_MOST)
        x->yanks[x->yank_count++] = a->value;
    else if (which == OPT_REVOKE && x->revoke_count < CHANGES_MOST)
        x->revokes[x->revoke_count++] = a->value;
    else
        args_wrong(a, "at most %d changes at once", CHANGES_MOST);
}

int cmd_pack_index(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    struct indexing x = {.days = DAYS};
    args_begin(&args, &cmd_pack_index_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take(&args, &x, which);
    x.folder = args.status == ARGS_GO_ON ? args_only_operand(&args, "FOLDER") : NULL;
    if (!x.folder)
        return args.status;
    return make(&x, &fail) ? 0 : complain("pack index", &fail);
}
