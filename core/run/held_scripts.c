#include "run/held_scripts.h"

#include "base/hash.h"
#include "evidence/builtin.h"
#include "evidence/bundle.h"
#include "evidence/packs_told.h"
#include "pack/pack.h"
#include "run/needs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPTS_MOST = 500 };

#define PACKS   "data/packs/"
#define CASES   "data/cases/"
#define LIBRARY "scripts/lib/"

struct held_scripts {
    struct needs needs;
    bool has_needs;
    json_t *run;
    instant sealed;
    enum builtin_origin origin;
    struct buf lines; /* as the manifest has them, of all files of packs */
    bool has_cases;
    char *packs[SCRIPTS_MOST]; /* below data/packs/: "builtin" */
    const char *names
        [SCRIPTS_MOST]; /* behind that, as probes and messages name them: "scripts/relay/x.lua" */
    unsigned char *texts[SCRIPTS_MOST];
    size_t sizes[SCRIPTS_MOST];
    bool builtin[SCRIPTS_MOST];
    unsigned withheld[SCRIPTS_MOST];
    struct limits limits[SCRIPTS_MOST];
    size_t count;
    /* Views of those, put in order. */
    struct script_source api[NEEDS_API];
    size_t api_count;
    struct script_source sources[SCRIPTS_MOST];
    size_t source_count;
};

/* `path` is below data/packs/, and `slash` stands in it. */
static bool copy(struct held_scripts *held, const char *path, size_t slash, struct bytes content,
                 struct fail *fail)
{
    size_t i = held->count;
    const char *name = path + slash + 1;
    size_t most = vm_limits_default().source;
    if (i == SCRIPTS_MOST)
        return fail_set(fail, "ELIMIT", "over %d scripts", SCRIPTS_MOST);
    if (content.n > most)
        return fail_set(fail, "ELIMIT", "%s: a script may have %zu bytes, this one has %zu", name,
                        most, content.n);
    held->count++;
    held->packs[i] = strdup(path);
    held->texts[i] = malloc(content.n + 1);
    if (!held->packs[i] || !held->texts[i])
        return fail_set(fail, "ENOMEM", "out of memory for the scripts");
    held->packs[i][slash] = '\0';
    held->names[i] = held->packs[i] + slash + 1;
    memcpy(held->texts[i], content.p ? content.p : (const unsigned char *)"", content.n);
    held->sizes[i] = content.n;
    return true;
}

/* "acme/envelopes/probes/plain.lua" of each probe in the pack's file, where that is to be found by its name. */
static bool copy_pack(struct held_scripts *held, const struct pack *p, struct fail *fail)
{
    char path[MANIFEST_NAME + MANIFEST_PATH];
    const struct manifest *m = &p->manifest;
    for (unsigned i = 0; i < m->probe_count; i++) {
        if (held->count < SCRIPTS_MOST) {
            held->withheld[held->count] = pack_withheld(m);
            held->limits[held->count] = m->limits;
        }
        snprintf(path, sizeof path, "%s/%s", m->name, m->probes[i]);
        if (!copy(held, path, strlen(m->name), pack_find(p, m->probes[i])->content, fail))
            return false;
    }
    return true;
}

/* A file in a pack's folder, "acme/envelopes/envelopes-1.0.0.tar": its scripts are in there. */
static bool on_pack_file(struct held_scripts *held, const char *path, struct bytes content,
                         struct fail *fail)
{
    size_t n = strlen(path);
    if (n < 4 || strcmp(path + n - 4, ".tar") != 0)
        return true;
    struct pack *p = pack_parse(content, fail);
    bool ok = p && copy_pack(held, p, fail);
    size_t name = p ? strlen(p->manifest.name) : 0;
    if (ok && (strncmp(path, p->manifest.name, name) != 0 || path[name] != '/'))
        ok = fail_set(fail, "EFORMAT", "it is the pack %s", p->manifest.name);
    pack_free(p);
    return ok;
}

/* "…\tutc:2026-11-24T02:10:16.123456Z", in the trusted comment. Whether it is signed is not asked here. */
static instant seal_time(struct bytes signature)
{
    static const char before[] = "\tutc:";
    enum { TIME = 27 };
    instant when = 0;
    size_t at = bytes_find(signature, bytes_of(before));
    if (at == BYTES_NOT_FOUND)
        return 0;
    at += strlen(before);
    return time_parse(bytes_slice(signature, at, at + TIME), &when) ? when : 0;
}

static bool add_line(struct held_scripts *held, const char *name, struct bytes content,
                     struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(content, digest);
    hash_hex(digest, sizeof digest, hex);
    return buf_printf(&held->lines, "%s  %s\n", hex, name) ||
           fail_set(fail, "ELIMIT", "too many files of packs");
}

/* "data/packs/PACK/scripts/relay/x.lua" is kept as "scripts/relay/x.lua", so that messages read as they did. */
static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct held_scripts *held = arg;
    if (strcmp(name, "data/run.json") == 0) {
        held->has_needs = true;
        json_decref(held->run);
        held->run = object_load(content);
        return needs_read(content, &held->needs, fail) && needs_served(&held->needs, fail);
    }
    if (strcmp(name, "tagmanifest-sha256.txt.minisig") == 0)
        held->sealed = seal_time(content);
    held->has_cases = held->has_cases || strncmp(name, CASES, strlen(CASES)) == 0;
    if (strncmp(name, PACKS, strlen(PACKS)) != 0)
        return true;
    if (!add_line(held, name, content, fail))
        return false;
    const char *path = name + strlen(PACKS);
    const char *slash = strchr(path, '/');
    if (!slash)
        return true;
    bool builtin = strncmp(name, BUILTIN_FOLDER, strlen(BUILTIN_FOLDER)) == 0;
    if (!builtin && strchr(slash + 1, '/'))
        return on_pack_file(held, path, content, fail) || fail_prefix(fail, "%s", name);
    if (held->count < SCRIPTS_MOST)
        held->builtin[held->count] = builtin;
    held->origin = builtin_with(held->origin, bytes_of(name), content);
    return copy(held, path, (size_t)(slash - path), content, fail);
}

static struct script_source source_at(const struct held_scripts *held, size_t i)
{
    return (struct script_source){.name = held->names[i],
                                  .pack = held->packs[i],
                                  .text = bytes_at(held->texts[i], held->sizes[i]),
                                  .withheld = held->withheld[i],
                                  .limits = held->limits[i]};
}

static bool is_named(const struct held_scripts *held, size_t i, size_t part)
{
    return held->builtin[i] && strcmp(held->names[i], held->needs.api[part]) == 0;
}

static bool is_api(const struct held_scripts *held, size_t i)
{
    if (held_scripts_interface(held) == 0)
        return held->builtin[i] && strncmp(held->names[i], LIBRARY, strlen(LIBRARY)) == 0;
    for (size_t part = 0; part < held->needs.api_count; part++)
        if (is_named(held, i, part))
            return true;
    return false;
}

/* The API's parts as run.json names them. */
static bool place_named(struct held_scripts *held, struct fail *fail)
{
    for (size_t part = 0; part < held->needs.api_count; part++) {
        size_t i = 0;
        while (i < held->count && !is_named(held, i, part))
            i++;
        if (i == held->count)
            return fail_set(fail, "EFORMAT", "there is no %s%s, which data/run.json names",
                            BUILTIN_FOLDER, held->needs.api[part]);
        held->api[held->api_count++] = source_at(held, i);
    }
    return true;
}

/* Where run.json names none, the tar has them in their order. */
static void place_found(struct held_scripts *held)
{
    for (size_t i = 0; i < held->count; i++)
        if (is_api(held, i) && held->api_count < NEEDS_API)
            held->api[held->api_count++] = source_at(held, i);
}

static bool place(struct held_scripts *held, struct fail *fail)
{
    if (!held->has_needs)
        return fail_set(fail, "EFORMAT", "there is no data/run.json in the bundle");
    if (held_scripts_interface(held) == 0)
        place_found(held);
    else if (!place_named(held, fail))
        return false;
    if (held->api_count == 0)
        return fail_set(fail, "EFORMAT", "the bundle does not hold the API of its scripts");
    for (size_t i = 0; i < held->count; i++)
        if (!is_api(held, i))
            held->sources[held->source_count++] = source_at(held, i);
    return true;
}

/* The text of the same probe as the pack has it now. */
static bool replace(struct held_scripts *held, size_t i, const struct pack *pack, struct fail *fail)
{
    const struct pack_file *file = pack_find(pack, held->names[i]);
    if (!file)
        return fail_set(fail, "EMISSING", "%s has no %s any more", pack->manifest.name,
                        held->names[i]);
    unsigned char *text = malloc(file->content.n + 1);
    if (!text)
        return fail_set(fail, "ENOMEM", "out of memory for the scripts");
    memcpy(text, file->content.p, file->content.n);
    free(held->texts[i]);
    held->texts[i] = text;
    held->sizes[i] = file->content.n;
    held->withheld[i] = pack_withheld(&pack->manifest);
    held->limits[i] = pack->manifest.limits;
    return true;
}

/* All probes of that pack, of which there must be one. */
static bool replace_all(struct held_scripts *held, const struct pack *pack, struct fail *fail)
{
    bool any = false;
    for (size_t i = 0; i < held->count; i++)
        if (strcmp(held->packs[i], pack->manifest.name) == 0) {
            any = true;
            if (!replace(held, i, pack, fail))
                return false;
        }
    return any || fail_set(fail, "EMISSING", "it holds no probe of %s", pack->manifest.name);
}

struct held_scripts *held_scripts_read(const char *path, const struct pack *instead,
                                       struct fail *fail)
{
    struct held_scripts *held = calloc(1, sizeof *held);
    if (held)
        held->lines = buf_new(PACKS_TOLD_LIMIT);
    if (!held)
        fail_set(fail, "ENOMEM", "out of memory for the scripts");
    else if (bundle_each(path, on_file, held, fail)) {
        if ((!instead || replace_all(held, instead, fail)) && place(held, fail))
            return held;
        fail_prefix(fail, "%s", path);
    }
    held_scripts_free(held);
    return NULL;
}

void held_scripts_free(struct held_scripts *held)
{
    for (size_t i = 0; held && i < held->count; i++) {
        free(held->packs[i]);
        free(held->texts[i]);
    }
    json_decref(held ? held->run : NULL);
    if (held)
        buf_free(&held->lines);
    free(held);
}

unsigned held_scripts_interface(const struct held_scripts *held)
{
    return held->needs.interface;
}

const json_t *held_scripts_run(const struct held_scripts *held)
{
    return held->run;
}

instant held_scripts_sealed(const struct held_scripts *held)
{
    return held->sealed;
}

enum builtin_origin held_scripts_origin(const struct held_scripts *held)
{
    return held->origin;
}

bool held_scripts_are_told(const struct held_scripts *held, struct fail *fail)
{
    return !held->has_cases || packs_told_hold(held->run, buf_view(&held->lines), fail);
}

static bool has_elsewhere(const struct held_scripts *held, const char *pack, const char *name)
{
    for (size_t i = 0; i < held->count; i++)
        if (strcmp(held->packs[i], pack) != 0 && strcmp(held->names[i], name) == 0)
            return true;
    return false;
}

bool held_scripts_tell_apart(const struct held_scripts *held, const char *pack)
{
    for (size_t i = 0; i < held->count; i++)
        if (strcmp(held->packs[i], pack) == 0 && has_elsewhere(held, pack, held->names[i]))
            return false;
    return true;
}

struct probes *held_scripts_load(const struct held_scripts *held, const struct vm_limits *limits,
                                 struct fail *fail)
{
    return probes_new_with(held->api, held->api_count, held->sources, held->source_count, limits,
                           fail);
}
