#include "run/pack_files.h"

#include "base/hash.h"
#include "base/json.h"
#include "evidence/tree_head.h"
#include "pack/seal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LINES_LIMIT = 256 * 1024 };

#define PACK_LOCAL   "local"
#define PACK_BUILTIN "builtin@" AJAR_VERSION /* the API's parts bear no name */

bool pack_files_is_local(const struct script_source *script)
{
    return strcmp(script->pack, PACK_LOCAL) == 0;
}

bool pack_files_is_builtin(const struct script_source *script)
{
    return script->pack[0] == '\0' || strncmp(script->pack, "builtin@", 8) == 0;
}

/* What a bag's name can't hold is replaced. */
static void clean(char *name)
{
    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/", *c))
            *c = '_';
}

/* Letters of either case are one, as in the file systems that a bundle may be unpacked into. */
static bool is_taken(const char *name, const struct script_source *by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pack_files_is_local(&by[i]) && strcasecmp(by[i].name, name) == 0)
            return true;
    return false;
}

void pack_files_local_name(char out[PACK_LOCAL_NAME], const char *path,
                           const struct script_source *before, size_t n)
{
    static const char suffix[] = ".lua";
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t stem = strlen(base);
    char number[24] = "";
    if (stem >= strlen(suffix) && strcmp(base + stem - strlen(suffix), suffix) == 0)
        stem -= strlen(suffix);
    for (size_t same = 2;; same++) {
        int room = (int)(PACK_LOCAL_NAME - sizeof suffix - strlen(number));
        snprintf(out, PACK_LOCAL_NAME, "%s%.*s%s", number, stem < (size_t)room ? (int)stem : room,
                 base, suffix);
        clean(out);
        if (out[0] == '-' || out[0] == '.')
            out[0] = '_';
        if (!is_taken(out, before, n))
            return;
        snprintf(number, sizeof number, "%zu-", same);
    }
}

void pack_files_name(char out[PACK_FILE_NAME], const struct script_source *script)
{
    snprintf(out, PACK_FILE_NAME, "data/packs/%s/%s",
             pack_files_is_local(script) ? PACK_LOCAL : "builtin", script->name);
    clean(out);
}

void pack_files_archive(char out[PACK_FILE_NAME], const struct manifest *m)
{
    char title[PACK_TITLE];
    snprintf(out, PACK_FILE_NAME, "data/packs/%s/%s.tar", m->name, pack_title(m, title));
}

/* A file of the pack with this label. */
typedef bool (*take_file)(void *arg, const char *pack, const char *name, struct bytes content,
                          struct fail *fail);

static bool each_script(const struct script_source *scripts, size_t n, take_file take, void *arg,
                        struct fail *fail)
{
    char name[PACK_FILE_NAME];
    for (size_t i = 0; i < n; i++) {
        pack_files_name(name, &scripts[i]);
        if ((pack_files_is_local(&scripts[i]) || pack_files_is_builtin(&scripts[i])) &&
            !take(arg, scripts[i].pack, name, scripts[i].text, fail))
            return false;
    }
    return true;
}

static bool each_archive(const struct run_pack *p, take_file take, void *arg, struct fail *fail)
{
    char name[PACK_FILE_NAME];
    pack_files_archive(name, &p->pack->manifest);
    if (!take(arg, p->label, name, p->pack->archive, fail))
        return false;
    if (p->signature.n == 0)
        return true;
    strncat(name, SEAL_SUFFIX, sizeof name - strlen(name) - 1);
    return take(arg, p->label, name, p->signature, fail);
}

static bool each_file(const struct pack_files *files, take_file take, void *arg, struct fail *fail)
{
    if (!each_script(files->api, PROBES_API, take, arg, fail) ||
        !each_script(files->scripts, files->count, take, arg, fail))
        return false;
    for (size_t i = 0; i < files->pack_count; i++)
        if (!each_archive(&files->packs[i], take, arg, fail))
            return false;
    return true;
}

static bool add(void *arg, const char *pack, const char *name, struct bytes content,
                struct fail *fail)
{
    struct bag_file file = {.name = name, .content = content};
    (void)pack;
    return bag_add(arg, &file, 1, fail);
}

bool pack_files_add(struct bag *bag, const struct pack_files *files, struct fail *fail)
{
    return each_file(files, add, bag, fail);
}

/* ---- their digests ---- */

struct listed {
    const char *pack;   /* with its version */
    const char *signer; /* or NULL */
    size_t count;
    struct buf lines; /* of the manifest */
};

static bool add_line(void *arg, const char *pack, const char *name, struct bytes content,
                     struct fail *fail)
{
    struct listed *l = arg;
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    if (strcmp(pack[0] ? pack : PACK_BUILTIN, l->pack) != 0)
        return true;
    sha256_of(content, digest);
    hash_hex(digest, sizeof digest, hex);
    l->count++;
    return buf_printf(&l->lines, "%s  %s\n", hex, name) ||
           fail_set(fail, "ELIMIT", "too many scripts for a bundle");
}

static bool put_listed(struct buf *out, const struct listed *l, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    if (l->count == 0)
        return true;
    if (!tree_head_run(buf_view(&l->lines), digest, fail))
        return false;
    hash_hex(digest, sizeof digest, hex);
    buf_put_text(out, out->p[out->n - 1] == '[' ? "{" : ",{");
    json_put_member_text(out, "pack", l->pack);
    json_put_member_text(out, "sha256", hex);
    json_put_member_number(out, "files", l->count);
    json_put_name(out, "signer");
    l->signer ? json_put_string(out, bytes_of(l->signer)) : buf_put_text(out, "null");
    return buf_put_byte(out, '}') || fail_set(fail, "ENOMEM", "no memory for run.json");
}

static bool put_pack(struct buf *out, const struct pack_files *files, const char *pack,
                     const char *signer, struct fail *fail)
{
    struct listed l = {.pack = pack, .signer = signer, .lines = buf_new(LINES_LIMIT)};
    bool ok = each_file(files, add_line, &l, fail) && put_listed(out, &l, fail);
    buf_free(&l.lines);
    return ok;
}

bool pack_files_put(struct buf *out, const struct pack_files *files, struct fail *fail)
{
    json_put_name(out, "packs");
    buf_put_byte(out, '[');
    bool ok = put_pack(out, files, PACK_BUILTIN, NULL, fail) &&
              put_pack(out, files, PACK_LOCAL, NULL, fail);
    for (size_t i = 0; ok && i < files->pack_count; i++)
        ok = put_pack(out, files, files->packs[i].label, files->packs[i].signer, fail);
    buf_put_byte(out, ']');
    return ok;
}
