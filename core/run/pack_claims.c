#include "run/pack_claims.h"

#include "evidence/bundle.h"
#include "pack/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "data/packs/"

struct looking {
    const json_t *packs;
    struct pack *pack; /* whose file came last */
    char name[NAME_LIMIT];
    size_t signed_packs; /* whose signature held */
    struct fail why;     /* what is wrong with a file; no code: nothing so far */
};

static bool is_a_pack(const json_t *entry)
{
    return memchr(object_text(entry, "pack").p ? (const char *)object_text(entry, "pack").p : "",
                  '/', object_text(entry, "pack").n) != NULL;
}

static const json_t *entry_of(const struct looking *l, const struct pack *p)
{
    size_t i;
    const json_t *entry;
    char label[PACK_TITLE];
    pack_label(&p->manifest, label);
    json_array_foreach(l->packs, i, entry)
    {
        if (bytes_equal_text(object_text(entry, "pack"), label))
            return entry;
    }
    return NULL;
}

/* Its name tells of what pack and version it is, and run.json names those. */
static bool take_archive(struct looking *l, const char *name, struct bytes content,
                         struct fail *fail)
{
    char title[PACK_TITLE];
    char expected[NAME_LIMIT];
    pack_free(l->pack);
    if (!(l->pack = pack_parse(content, fail)))
        return false;
    snprintf(l->name, sizeof l->name, "%s", name);
    snprintf(expected, sizeof expected, FOLDER "%s/%s.tar", l->pack->manifest.name,
             pack_title(&l->pack->manifest, title));
    if (strcmp(name, expected) != 0)
        return fail_set(fail, "EFORMAT", "it is the pack %s %s", l->pack->manifest.name, title);
    return entry_of(l, l->pack) ||
           fail_set(fail, "EMISSING", "data/run.json does not name this version of it");
}

static bool take_signature(struct looking *l, const char *name, struct bytes content,
                           struct fail *fail)
{
    struct public_key key;
    struct seal seal;
    size_t n = strlen(l->name);
    if (!l->pack || strncmp(name, l->name, n) != 0 || strcmp(name + n, SEAL_SUFFIX) != 0)
        return fail_set(fail, "EFORMAT", "it stands behind no pack of its name");
    struct bytes signer = object_text(entry_of(l, l->pack), "signer");
    if (signer.n == 0)
        return fail_set(fail, "EFORMAT", "data/run.json says that nobody signed the pack");
    if (!public_key_parse(signer, &key, fail) || !seal_check(content, l->pack, &key, &seal, fail))
        return false;
    l->signed_packs++;
    return true;
}

static bool look(struct looking *l, const char *name, struct bytes content)
{
    bool ok = bytes_ends(bytes_of(name), ".tar") ? take_archive(l, name, content, &l->why)
              : bytes_ends(bytes_of(name), SEAL_SUFFIX)
                  ? take_signature(l, name, content, &l->why)
                  : fail_set(&l->why, "EEXTRA", "it is no pack's file");
    return ok || fail_prefix(&l->why, "%s", name);
}

/* Stops at what is wrong. A pack's file may stand behind the cases too: who seals a bundle says where. */
static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct looking *l = arg;
    bool below = strncmp(name, FOLDER, strlen(FOLDER)) == 0;
    const char *first = below ? strchr(name + strlen(FOLDER), '/') : NULL;
    bool is_builtin = below && strncmp(name + strlen(FOLDER), "builtin/", 8) == 0;
    if (is_builtin || !first || !strchr(first + 1, '/') || look(l, name, content))
        return true;
    return fail_set(fail, "ESTOP", "it is none of its pack");
}

static size_t count(const json_t *packs, bool with_signer)
{
    size_t i;
    size_t n = 0;
    const json_t *entry;
    json_array_foreach(packs, i, entry) n +=
        is_a_pack(entry) && (!with_signer || object_text(entry, "signer").n > 0);
    return n;
}

/* What is built in and what the operator named by path nobody signs. */
static bool signs_what_is_no_pack(const json_t *packs)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(packs, i, entry)
    {
        const json_t *signer = json_object_get(entry, "signer");
        if (!is_a_pack(entry) && signer && !json_is_null(signer))
            return true;
    }
    return false;
}

bool pack_claims_hold(const char *bundle, const json_t *run, struct fail *fail)
{
    struct looking l = {.packs = json_object_get(run, "packs")};
    if (signs_what_is_no_pack(l.packs))
        return fail_set(fail, "EFORMAT",
                        "data/run.json says that what is no pack was signed by somebody");
    if (count(l.packs, false) == 0)
        return true;
    bool whole = bundle_each(bundle, on_file, &l, fail) || strcmp(fail->code, "ESTOP") == 0;
    pack_free(l.pack);
    if (l.why.code)
        *fail = l.why;
    else if (whole && l.signed_packs != count(l.packs, true))
        return fail_set(fail, "EMISSING",
                        "data/run.json says that a pack is signed whose signature is not there");
    return whole && !l.why.code;
}
