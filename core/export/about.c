#include "export/about.h"

#include "base/json.h"

#include <jansson.h>

static void put_hash(struct buf *out, const char *name, const unsigned char hash[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(hash, SHA256_SIZE, hex);
    json_put_member_text(out, name, hex);
}

bool about_put_bundle(struct buf *out, const struct exporting *e)
{
    char key[PUBLIC_KEY_TEXT];
    const struct bundle_report *r = e->report;
    json_put_name(out, "bundle");
    buf_put_byte(out, '{');
    json_put_member_text(out, "name", r->name);
    json_put_member_text(out, "file", e->file_name);
    json_put_member_text(out, "file_sha256", e->file_sha256);
    put_hash(out, "seal_sha256", r->seal);
    json_put_member_text(out, "sealed", r->sealed);
    json_put_member_text(out, "signer", public_key_text(&r->signer, key));
    json_put_member_number(out, "format", r->version);
    json_put_member_number(out, "cases", r->cases);
    if (r->version > 1)
        put_hash(out, "tree_root", r->head.root);
    if (r->recovered[0] != '\0')
        json_put_member_text(out, "recovered", r->recovered);
    if (e->wanted)
        json_put_member_text(out, "only_case", e->wanted);
    if (r->case_id[0] != '\0') {
        json_put_member_text(out, "extract_of", r->case_id);
        json_put_member_number(out, "hidden_parts", r->hidden);
    }
    return buf_put_byte(out, '}') && !out->overflow;
}

bool about_put_json(struct buf *out, struct bytes text, const char *what, struct fail *fail)
{
    struct bytes one = bytes_trim(text);
    json_t *json = json_loadb(one.n ? (const char *)one.p : "", one.n,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    bool ok = json != NULL && bytes_index(one, '\n', 0) == BYTES_NOT_FOUND;
    json_decref(json);
    if (!ok)
        return fail_set(fail, "EFORMAT", "%s is no JSON on one line", what);
    return json_put_json(out, one) ||
           fail_set(fail, "ELIMIT", "%s is too large to be exported", what);
}
