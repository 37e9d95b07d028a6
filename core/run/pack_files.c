#include "run/pack_files.h"

#include "base/hash.h"
#include "base/json.h"
#include "evidence/tree_head.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LINES_LIMIT = 256 * 1024 };

#define PACK_LOCAL "local"

bool pack_files_is_local(const struct script_source *script)
{
    return strcmp(script->pack, PACK_LOCAL) == 0;
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

typedef bool (*take_file)(void *arg, const struct script_source *script, const char *name,
                          struct fail *fail);

static bool each(const struct script_source *scripts, size_t n, take_file take, void *arg,
                 struct fail *fail)
{
    char name[PACK_FILE_NAME];
    for (size_t i = 0; i < n; i++) {
        pack_files_name(name, &scripts[i]);
        if (!take(arg, &scripts[i], name, fail))
            return false;
    }
    return true;
}

static bool each_file(const struct pack_files *files, take_file take, void *arg, struct fail *fail)
{
    return each(files->api, PROBES_API, take, arg, fail) &&
           each(files->scripts, files->count, take, arg, fail);
}

static bool add(void *arg, const struct script_source *script, const char *name, struct fail *fail)
{
    struct bag_file file = {.name = name, .content = script->text};
    return bag_add(arg, &file, 1, fail);
}

bool pack_files_add(struct bag *bag, const struct pack_files *files, struct fail *fail)
{
    return each_file(files, add, bag, fail);
}

/* ---- their digests ---- */

struct pack {
    bool local;
    const char *name; /* with its version; NULL: no file of it */
    size_t count;
    struct buf lines; /* of the manifest */
};

static bool add_line(void *arg, const struct script_source *script, const char *name,
                     struct fail *fail)
{
    struct pack *p = arg;
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    if (pack_files_is_local(script) != p->local)
        return true;
    sha256_of(script->text, digest);
    hash_hex(digest, sizeof digest, hex);
    p->name = script->pack;
    p->count++;
    return buf_printf(&p->lines, "%s  %s\n", hex, name) ||
           fail_set(fail, "ELIMIT", "too many scripts for a bundle");
}

static bool put_pack(struct buf *out, const struct pack *p, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    if (p->count == 0)
        return true;
    if (!tree_head_run(buf_view(&p->lines), digest, fail))
        return false;
    hash_hex(digest, sizeof digest, hex);
    buf_put_text(out, out->p[out->n - 1] == '[' ? "{" : ",{");
    json_put_member_text(out, "pack", p->name);
    json_put_member_text(out, "sha256", hex);
    json_put_member_number(out, "files", p->count);
    return buf_put_text(out, ",\"signer\":null}") || !out->overflow ||
           fail_set(fail, "ENOMEM", "no memory for run.json");
}

bool pack_files_put(struct buf *out, const struct pack_files *files, struct fail *fail)
{
    bool ok = true;
    json_put_name(out, "packs");
    buf_put_byte(out, '[');
    for (int local = 0; ok && local <= 1; local++) {
        struct pack p = {.local = local, .lines = buf_new(LINES_LIMIT)};
        ok = each_file(files, add_line, &p, fail) && put_pack(out, &p, fail);
        buf_free(&p.lines);
    }
    buf_put_byte(out, ']');
    return ok;
}
