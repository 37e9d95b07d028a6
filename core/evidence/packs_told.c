#include "evidence/packs_told.h"

#include "base/buf.h"
#include "base/hash.h"
#include "evidence/listing.h"
#include "evidence/tree_head.h"

#include <string.h>

#define FOLDER "data/packs/"

/* Every program with this interface or a later one (script/probes.h) names them. */
enum { PACKS_INTERFACE = 4, INTERFACE_MOST = 1000000 };
enum { PACK_NAME = 64, PACKS_MOST = 64 };

/* "data/packs/builtin/scripts/lib/ajar.lua": "builtin"; "data/packs/acme/envelopes/envelopes-1.0.0.tar":
 * "acme/envelopes"; empty where there is none. */
static struct bytes pack_of(struct bytes name)
{
    size_t before = strlen(FOLDER);
    if (!bytes_equal_text(bytes_slice(name, 0, before), FOLDER))
        return bytes_at(NULL, 0);
    struct bytes rest = bytes_slice(name, before, name.n);
    size_t slash = bytes_index(rest, '/', 0);
    struct bytes first = bytes_slice(rest, 0, slash == BYTES_NOT_FOUND ? 0 : slash);
    if (first.n == 0 || bytes_equal_text(first, "builtin") || bytes_equal_text(first, "local"))
        return first;
    size_t second = bytes_index(rest, '/', slash + 1);
    return bytes_slice(rest, 0, second == BYTES_NOT_FOUND ? slash : second);
}

/* The lines of the pack's files; returns how many. */
static unsigned long lines_of(struct bytes lines, struct bytes pack, struct buf *out)
{
    struct fail ignored;
    struct bytes digest;
    struct bytes name;
    unsigned long n = 0;
    struct bytes rest = lines;
    while (rest.n > 0) {
        struct bytes line = rest;
        if (!listing_line(&rest, 0, &digest, &name, &ignored))
            break;
        struct bytes folder = pack_of(name);
        if (folder.n == 0 || !bytes_equal(folder, pack))
            continue;
        buf_put(out, bytes_slice(line, 0, line.n - rest.n));
        n++;
    }
    return n;
}

/* "builtin@0.1.0": "builtin" */
static struct bytes folder_of(struct bytes pack)
{
    size_t at = bytes_index(pack, '@', 0);
    return bytes_slice(pack, 0, at == BYTES_NOT_FOUND ? pack.n : at);
}

static bool check_digest(const json_t *pack, struct bytes lines, unsigned long files,
                         struct fail *fail)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    struct bytes name = bytes_slice(object_text(pack, "pack"), 0, PACK_NAME);
    const json_t *count = json_object_get(pack, "files");
    if (!json_is_integer(count) || json_integer_value(count) != (json_int_t)files)
        return fail_set(fail, "ECHANGED",
                        "data/run.json: of the pack %.*s it counts other files than the %lu in the "
                        "bundle",
                        (int)name.n, (const char *)name.p, files);
    if (!tree_head_run(lines, raw, fail))
        return false;
    hash_hex(raw, sizeof raw, hex);
    if (!bytes_equal_text(object_text(pack, "sha256"), hex))
        return fail_set(fail, "ECHANGED",
                        "data/run.json: the SHA-256 that it gives of the pack %.*s is not that of "
                        "its files in the bundle",
                        (int)name.n, (const char *)name.p);
    return files > 0 ||
           fail_set(fail, "EMISSING",
                    "data/run.json: of the pack %.*s that it names there is no file in the bundle",
                    (int)name.n, (const char *)name.p);
}

static bool check_pack(struct bytes lines, const json_t *pack, struct fail *fail)
{
    struct buf own = buf_new(PACKS_TOLD_LIMIT);
    struct bytes folder = folder_of(object_text(pack, "pack"));
    unsigned long files = lines_of(lines, folder, &own);
    bool ok = check_digest(pack, buf_view(&own), files, fail);
    buf_free(&own);
    return ok;
}

static unsigned times_named(const json_t *packs, struct bytes folder)
{
    size_t i;
    unsigned n = 0;
    const json_t *pack;
    json_array_foreach(packs, i, pack) n +=
        bytes_equal(folder_of(object_text(pack, "pack")), folder);
    return n;
}

/* Each pack of which there is a file is named, once. */
static bool are_named(struct bytes lines, const json_t *packs, struct fail *fail)
{
    struct bytes digest;
    struct bytes name;
    while (lines.n > 0) {
        if (!listing_line(&lines, 0, &digest, &name, fail))
            return false;
        struct bytes folder = pack_of(name);
        if (folder.n > 0 && times_named(packs, folder) != 1)
            return fail_set(fail, "EEXTRA", "%.*s: data/run.json does not name its pack once",
                            (int)name.n, (const char *)name.p);
    }
    return true;
}

/* Not yet in old bundles. */
static bool may_be_missing(const json_t *run, struct fail *fail)
{
    json_int_t interface = json_integer_value(json_object_get(run, "interface"));
    return interface < PACKS_INTERFACE ||
           fail_set(fail, "EMISSING",
                    "data/run.json: it does not say of which packs the scripts are, which every "
                    "run with its interface, %" JSON_INTEGER_FORMAT ", does",
                    interface);
}

/* What the run says of its age, which tells by which rules its cases are asked. */
static bool has_interface(const json_t *run, struct fail *fail)
{
    const json_t *said = json_object_get(run, "interface");
    json_int_t interface = json_integer_value(said);
    return !said || (json_is_integer(said) && interface > 0 && interface <= INTERFACE_MOST) ||
           fail_set(fail, "EFORMAT", "data/run.json: its \"interface\" is no number from 1 to %d",
                    INTERFACE_MOST);
}

static bool check_packs(struct bytes lines, const json_t *packs, struct fail *fail)
{
    size_t i;
    const json_t *pack;
    if (!json_is_array(packs) || json_array_size(packs) > PACKS_MOST)
        return fail_set(fail, "EFORMAT", "data/run.json: \"packs\" is no list of at most %d",
                        PACKS_MOST);
    json_array_foreach(packs, i, pack)
    {
        if (!check_pack(lines, pack, fail))
            return false;
    }
    return are_named(lines, packs, fail);
}

bool packs_told_hold(const json_t *run, struct bytes lines, struct fail *fail)
{
    const json_t *packs = json_object_get(run, "packs");
    if (!has_interface(run, fail))
        return false;
    return packs ? check_packs(lines, packs, fail) : may_be_missing(run, fail);
}
