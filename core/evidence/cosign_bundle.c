/* A co-signature put into a bundle. */
#include "evidence/cosign.h"

#include "evidence/append.h"

#include <string.h>

enum { SIGNATURE_LIMIT = 16 * 1024, TAGS_LIMIT = 128 * 1024 };

/* What of the bundle is signed, and the new signature. */
struct desk {
    struct buf tags;
    struct buf first;
    struct buf text;
};

static bool is_signed_by(const struct bundle_report *report, const struct public_key *key)
{
    for (unsigned i = 0; i < report->signature_count; i++)
        if (memcmp(report->signatures[i].key.id, key->id, sizeof key->id) == 0 ||
            public_key_is_same(&report->signatures[i].key, key))
            return true;
    return false;
}

static bool check_new(const char *path, const struct bundle_report *report,
                      const struct public_key *key, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    if (is_signed_by(report, key))
        return fail_set(fail, "EEXIST", "%s: the key %s has signed it already", path,
                        key_id_text(key, id));
    return report->signature_count <= BESIDE_COSIGNATURES ||
           fail_set(fail, "ELIMIT", "%s: it has %d co-signatures, and there can't be more", path,
                    BESIDE_COSIGNATURES);
}

static bool write(struct desk *d, struct append *a, const char *path, const char *bag,
                  const struct secret_key *key, instant now, struct fail *fail)
{
    char name[BESIDE_NAME];
    struct public_key public = secret_key_public(key);
    if (!bundle_read(path, BESIDE_TAGS, &d->tags, fail) ||
        !bundle_read(path, BESIDE_SIGNATURE, &d->first, fail))
        return false;
    struct cosigned what = {bag, buf_view(&d->tags), buf_view(&d->first)};
    if (!cosign_put(&d->text, key, &what, now, fail))
        return false;
    struct bag_file file = {.name = beside_cosignature(public.id, name),
                            .content = buf_view(&d->text)};
    return append_files(a, &file, 1, fail);
}

bool cosign_bundle(const char *path, const struct bundle_trust *trust, const struct secret_key *key,
                   instant now, struct bundle_report *report, struct fail *fail)
{
    struct public_key public = secret_key_public(key);
    struct append *a = append_begin(path, fail);
    struct desk d = {buf_new(TAGS_LIMIT), buf_new(SIGNATURE_LIMIT), buf_new(SIGNATURE_LIMIT)};
    bool ok = a && bundle_verify_by(path, trust, report, fail) &&
              check_new(path, report, &public, fail) &&
              write(&d, a, path, report->name, key, now, fail);
    append_end(a);
    buf_free(&d.tags);
    buf_free(&d.first);
    buf_free(&d.text);
    return ok;
}
