#include "pack/index.h"

#include "base/json.h"
#include "pack/member.h"
#include "tape/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name beside the index, never one that leads elsewhere. */
static bool is_file_name(struct bytes text)
{
    return member_consists_of(
               text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") &&
           text.p[0] != '.' && text.p[0] != '-';
}

static bool read_pack(const json_t *object, struct index_pack *p, struct fail *fail)
{
    struct bytes name = object_text(object, "name");
    struct bytes digest = object_text(object, "sha256");
    struct bytes file = object_text(object, "file");
    if (!manifest_is_name(name) || !member_copy(name, p->name, sizeof p->name))
        return member_refuse(fail, "a pack's name");
    if (!version_parse(object_text(object, "version"), &p->version, fail))
        return fail_prefix(fail, "%s", p->name);
    if (!member_digest(digest, p->sha256))
        return member_refuse(fail, "a pack's sha256");
    if (!is_file_name(file) || !member_copy(file, p->file, sizeof p->file))
        return member_refuse(fail, "a pack's file");
    return member_copy(object_text(object, "yanked"), p->yanked, sizeof p->yanked) ||
           member_refuse(fail, "a pack's yanked");
}

static int order(const struct index_pack *a, const struct index_pack *b)
{
    int by_name = strcmp(a->name, b->name);
    return by_name ? by_name : version_compare(&a->version, &b->version);
}

static bool read_packs(const json_t *list, struct pack_index *out, struct fail *fail)
{
    size_t i;
    const json_t *one;
    if (!json_is_array(list) || json_array_size(list) > INDEX_PACKS)
        return member_refuse(fail, "packs");
    json_array_foreach(list, i, one)
    {
        if (!read_pack(one, &out->packs[i], fail))
            return false;
        if (i > 0 && order(&out->packs[i - 1], &out->packs[i]) >= 0)
            return member_refuse(fail, "the order of the packs");
        out->count++;
    }
    return true;
}

static bool read_revoked(const json_t *list, struct pack_index *out, struct fail *fail)
{
    size_t i;
    const json_t *one;
    if (!json_is_array(list) || json_array_size(list) > INDEX_REVOKED)
        return member_refuse(fail, "revoked");
    json_array_foreach(list, i, one)
    {
        struct index_revoked *r = &out->revoked[out->revoked_count++];
        if (!public_key_parse(object_text(one, "key"), &r->key, fail))
            return fail_prefix(fail, "revoked");
        if (!member_copy(object_text(one, "reason"), r->reason, sizeof r->reason) || !r->reason[0])
            return member_refuse(fail, "why a key is revoked");
    }
    return true;
}

static bool read_all(const json_t *object, struct pack_index *out, struct fail *fail)
{
    struct bytes name = object_text(object, "name");
    json_int_t serial = json_integer_value(json_object_get(object, "serial"));
    if (json_integer_value(json_object_get(object, "index")) != INDEX_FORMAT)
        return fail_set(fail, "EVERSION", "it is of another format than this ajar knows");
    if (!member_consists_of(name, "abcdefghijklmnopqrstuvwxyz0123456789-") ||
        !member_copy(name, out->name, sizeof out->name))
        return member_refuse(fail, "name");
    if (serial <= 0 || serial > UINT32_MAX)
        return member_refuse(fail, "serial");
    out->serial = (unsigned long)serial;
    if (!time_parse(object_text(object, "expires"), &out->expires))
        return member_refuse(fail, "expires");
    return read_packs(json_object_get(object, "packs"), out, fail) &&
           read_revoked(json_object_get(object, "revoked"), out, fail);
}

bool index_parse(struct bytes text, struct pack_index *out, struct fail *fail)
{
    *out = (struct pack_index){.packs = calloc(INDEX_PACKS, sizeof *out->packs)};
    if (!out->packs)
        return fail_set(fail, "ENOMEM", "no memory for an index");
    json_t *object = text.n <= INDEX_LIMIT ? object_load_or(text, fail) : NULL;
    bool ok = object ? read_all(object, out, fail)
                     : text.n <= INDEX_LIMIT ||
                           fail_set(fail, "ELIMIT", "an index may have %d bytes", INDEX_LIMIT);
    json_decref(object);
    if (!ok || !object)
        index_free(out);
    return ok && object;
}

void index_free(struct pack_index *index)
{
    free(index->packs);
    *index = (struct pack_index){.count = 0};
}

static void put_pack(struct buf *out, const struct index_pack *p)
{
    char version[VERSION_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "name", p->name);
    json_put_member_text(out, "version", version_text(&p->version, version));
    json_put_member_text(out, "sha256", p->sha256);
    json_put_member_text(out, "file", p->file);
    if (p->yanked[0])
        json_put_member_text(out, "yanked", p->yanked);
    buf_put_byte(out, '}');
}

bool index_put(struct buf *out, const struct pack_index *index)
{
    char text[TIME_TEXT];
    char key[PUBLIC_KEY_TEXT];
    buf_printf(out, "{\"index\":%d", INDEX_FORMAT);
    json_put_member_text(out, "name", index->name);
    json_put_member_number(out, "serial", index->serial);
    json_put_member_text(out, "expires", time_text(index->expires, text));
    json_put_name(out, "packs");
    buf_put_byte(out, '[');
    for (size_t i = 0; i < index->count; i++) {
        buf_put_text(out, i ? ",\n" : "\n");
        put_pack(out, &index->packs[i]);
    }
    buf_put_text(out, "],\"revoked\":[");
    for (size_t i = 0; i < index->revoked_count; i++) {
        buf_put_text(out, i ? ",\n{" : "\n{");
        json_put_member_text(out, "key", public_key_text(&index->revoked[i].key, key));
        json_put_member_text(out, "reason", index->revoked[i].reason);
        buf_put_byte(out, '}');
    }
    return buf_put_text(out, "]}\n") && !out->overflow;
}

static void comment_of(const struct pack_index *index, char *out, size_t size)
{
    snprintf(out, size, INDEX_KIND "\tname:%s\tserial:%lu", index->name, index->serial);
}

bool index_sign(struct buf *out, const struct pack_index *index, struct bytes text,
                const struct secret_key *key, instant now, struct fail *fail)
{
    char comment[200];
    char time[TIME_TEXT];
    comment_of(index, comment, sizeof comment);
    size_t n = strlen(comment);
    snprintf(comment + n, sizeof comment - n, "\tutc:%s", time_text(now, time));
    return sign_put(out, key, text, comment, fail);
}

bool index_check_signature(const struct pack_index *index, struct bytes text,
                           struct bytes signature, const struct public_key *key, struct fail *fail)
{
    struct signature s;
    char comment[200];
    comment_of(index, comment, sizeof comment);
    if (!signature_parse(signature, &s, fail) || !signature_check(&s, key, text, fail))
        return false;
    size_t n = strlen(comment);
    return (bytes_equal_text(bytes_slice(s.trusted_comment, 0, n), comment) &&
            s.trusted_comment.n > n && s.trusted_comment.p[n] == '\t') ||
           fail_set(fail, "ESIGNATURE", "its signature was not made for this list");
}

bool index_check(const struct pack_index *index, struct bytes text, struct bytes signature,
                 const struct public_key *key, instant now, struct fail *fail)
{
    char day[TIME_TEXT];
    if (!index_check_signature(index, text, signature, key, fail))
        return false;
    return now < index->expires ||
           fail_set(fail, "EEXPIRED",
                    "it expired on %.10s: either nobody makes it any more, or somebody keeps the "
                    "newer ones from you",
                    time_text(index->expires, day));
}

bool index_add(struct pack_index *index, const struct index_pack *pack, struct fail *fail)
{
    size_t i = 0;
    while (i < index->count && order(&index->packs[i], pack) < 0)
        i++;
    if (i < index->count && order(&index->packs[i], pack) == 0)
        return strcmp(index->packs[i].sha256, pack->sha256) == 0 ||
               fail_set(fail, "EEXIST",
                        "%s: the index has this version of %s with other bytes: a version is "
                        "given once",
                        pack->file, pack->name);
    if (index->count == INDEX_PACKS)
        return fail_set(fail, "ELIMIT", "an index may have %d packs", INDEX_PACKS);
    memmove(&index->packs[i + 1], &index->packs[i], (index->count - i) * sizeof index->packs[0]);
    index->packs[i] = *pack;
    index->count++;
    return true;
}

const struct index_pack *index_best(const struct pack_index *index, const char *name,
                                    const struct version_range *range)
{
    const struct index_pack *best = NULL;
    for (size_t i = 0; i < index->count; i++) {
        const struct index_pack *p = &index->packs[i];
        bool fits = range ? version_is_within(&p->version, range) : !p->version.pre[0];
        if (strcmp(p->name, name) == 0 && !p->yanked[0] && fits)
            best = p;
    }
    return best;
}

const char *index_revoked(const struct pack_index *index, const struct public_key *key)
{
    for (size_t i = 0; i < index->revoked_count; i++)
        if (public_key_is_same(&index->revoked[i].key, key))
            return index->revoked[i].reason;
    return NULL;
}
