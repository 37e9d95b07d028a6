#include "run/pack_claims.h"

#include "evidence/bundle.h"
#include "pack/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "data/packs/"

enum { SIGNATURES_MOST = 64 };

struct found {
    char *name;
    struct buf text;
};

struct looking {
    const json_t *packs;
    struct found signatures[SIGNATURES_MOST];
    size_t count;
    size_t held;     /* of those: by the key that is named, for the pack beside it */
    struct fail why; /* what is wrong with a file; no code: nothing so far */
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

static bool is_signature(const char *name)
{
    return bytes_ends(bytes_of(name), SEAL_SUFFIX);
}

static bool keep_signature(struct looking *l, const char *name, struct bytes content,
                           struct fail *fail)
{
    if (!is_signature(name))
        return true;
    if (l->count == SIGNATURES_MOST)
        return fail_set(fail, "ELIMIT", "over %d signatures of packs", SIGNATURES_MOST);
    struct found *s = &l->signatures[l->count++];
    s->name = strdup(name);
    s->text = buf_new(SEAL_LIMIT);
    return (s->name && buf_put(&s->text, content)) ||
           fail_set(fail, "ELIMIT", "too long for a signature");
}

static const struct found *signature_of(const struct looking *l, const char *archive)
{
    size_t n = strlen(archive);
    for (size_t i = 0; i < l->count; i++)
        if (strncmp(l->signatures[i].name, archive, n) == 0 &&
            strcmp(l->signatures[i].name + n, SEAL_SUFFIX) == 0)
            return &l->signatures[i];
    return NULL;
}

static bool names_signer(const json_t *entry)
{
    const json_t *signer = json_object_get(entry, "signer");
    return signer && !json_is_null(signer);
}

/* A key's line, and nothing around it. */
static bool read_signer(const json_t *entry, struct public_key *out, struct fail *fail)
{
    char line[PUBLIC_KEY_TEXT];
    struct bytes signer = object_text(entry, "signer");
    if (!names_signer(entry))
        return fail_set(fail, "EFORMAT", "data/run.json says that nobody signed the pack");
    return (public_key_parse(signer, out, fail) &&
            bytes_equal_text(signer, public_key_text(out, line))) ||
           fail_set(fail, "EFORMAT",
                    "who signed the pack, as data/run.json says, is no public key");
}

static bool check_signature(struct looking *l, const struct pack *p, const json_t *entry,
                            const struct found *s, struct fail *fail)
{
    struct public_key key;
    struct seal seal;
    bool ok =
        read_signer(entry, &key, fail) && seal_check(buf_view(&s->text), p, &key, &seal, fail);
    l->held += ok;
    return ok || fail_prefix(fail, "%s", s->name);
}

/* Its name tells of what pack and version it is, and run.json names those. */
static bool check_pack(struct looking *l, const struct pack *p, const char *name, struct fail *fail)
{
    char title[PACK_TITLE];
    char expected[NAME_LIMIT];
    const json_t *entry = entry_of(l, p);
    const struct found *s = signature_of(l, name);
    snprintf(expected, sizeof expected, FOLDER "%s/%s.tar", p->manifest.name,
             pack_title(&p->manifest, title));
    if (strcmp(name, expected) != 0)
        return fail_set(fail, "EFORMAT", "%s: it is the pack %s %s", name, p->manifest.name, title);
    if (!entry)
        return fail_set(fail, "EMISSING", "%s: data/run.json does not name this version of it",
                        name);
    return !s || check_signature(l, p, entry, s, fail);
}

static bool check_archive(struct looking *l, const char *name, struct bytes content,
                          struct fail *fail)
{
    if (is_signature(name))
        return true;
    if (!bytes_ends(bytes_of(name), ".tar"))
        return fail_set(fail, "EEXTRA", "%s: it is no pack's file", name);
    struct pack *p = pack_parse(content, fail);
    if (!p)
        return fail_prefix(fail, "%s", name);
    bool ok = check_pack(l, p, name, fail);
    pack_free(p);
    return ok;
}

static bool is_of_a_pack(const char *name)
{
    if (strncmp(name, FOLDER, strlen(FOLDER)) != 0)
        return false;
    const char *org = name + strlen(FOLDER);
    const char *slash = strchr(org, '/');
    return slash && strchr(slash + 1, '/') && strncmp(org, "builtin/", 8) != 0 &&
           strncmp(org, "local/", 6) != 0;
}

static bool stop(struct fail *fail)
{
    return fail_set(fail, "ESTOP", "it is none of its pack");
}

static bool on_signature(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct looking *l = arg;
    if (!is_of_a_pack(name) || keep_signature(l, name, content, &l->why))
        return true;
    fail_prefix(&l->why, "%s", name);
    return stop(fail);
}

static bool on_archive(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct looking *l = arg;
    return !is_of_a_pack(name) || check_archive(l, name, content, &l->why) || stop(fail);
}

static size_t count(const json_t *packs, bool with_signer)
{
    size_t i;
    size_t n = 0;
    const json_t *entry;
    json_array_foreach(packs, i, entry) n +=
        is_a_pack(entry) && (!with_signer || names_signer(entry));
    return n;
}

/* Beside each stands its pack, and as many as are named. */
static bool all_held(const struct looking *l, struct fail *fail)
{
    if (l->held < l->count)
        return fail_set(fail, "EEXTRA", "a signature of a pack stands beside no pack of its name");
    return l->held == count(l->packs, true) ||
           fail_set(fail, "EMISSING",
                    "data/run.json says that a pack is signed whose signature is not there");
}

/* The signatures first: where in the bundle a file stands, says who seals it. */
static bool look(struct looking *l, const char *bundle, struct fail *fail)
{
    if (bundle_each(bundle, on_signature, l, fail) && bundle_each(bundle, on_archive, l, fail))
        return all_held(l, fail);
    if (l->why.code)
        *fail = l->why;
    return false;
}

/* What is built in and what the operator named by path nobody signs. */
static bool signs_what_is_no_pack(const json_t *packs)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(packs, i, entry)
    {
        if (!is_a_pack(entry) && names_signer(entry))
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
    bool ok = look(&l, bundle, fail);
    for (size_t i = 0; i < l.count; i++) {
        free(l.signatures[i].name);
        buf_free(&l.signatures[i].text);
    }
    return ok;
}
