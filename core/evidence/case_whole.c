#include "evidence/case_whole.h"

#include "base/hash.h"

#include <jansson.h>
#include <string.h>

static bool is_digest_of(const json_t *digest, struct bytes content)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, hex);
    return json_is_string(digest) && strcmp(json_string_value(digest), hex) == 0;
}

/* The last line, which a tape has when its probe came to an end. */
static bool ends_in_verdict(struct bytes tape)
{
    static const char mark[] = "\"op\":\"verdict\"";
    if (tape.n == 0 || tape.p[tape.n - 1] != '\n')
        return false;
    size_t start = tape.n - 1;
    while (start > 0 && tape.p[start - 1] != '\n')
        start--;
    return bytes_find(bytes_slice(tape, start, tape.n), bytes_of(mark)) != BYTES_NOT_FOUND;
}

static bool check_tape(const json_t *object, struct bytes tape, struct fail *fail)
{
    const json_t *digest = json_object_get(object, "tape_sha256");
    bool whole = digest ? is_digest_of(digest, tape) : ends_in_verdict(tape);
    return whole || fail_set(fail, "ECHANGED", "its tape is not whole");
}

/* Its number; BUNDLE_RECEIPTS: there is none of this name. */
static unsigned find_receipt(const struct bundle_case *c, const char *file)
{
    static const char folder[] = "receipts/";
    if (strncmp(file, folder, sizeof folder - 1) != 0)
        return BUNDLE_RECEIPTS;
    for (unsigned i = 0; i < c->receipt_count; i++)
        if (strcmp(c->receipts[i].name, file + sizeof folder - 1) == 0)
            return i;
    return BUNDLE_RECEIPTS;
}

static bool check_receipts(const json_t *list, const struct bundle_case *c, struct fail *fail)
{
    bool listed[BUNDLE_RECEIPTS + 1] = {false};
    size_t i;
    const json_t *receipt;
    json_array_foreach(list, i, receipt)
    {
        const char *file = json_string_value(json_object_get(receipt, "file"));
        unsigned at = file ? find_receipt(c, file) : BUNDLE_RECEIPTS;
        if (at == BUNDLE_RECEIPTS ||
            !is_digest_of(json_object_get(receipt, "sha256"), c->receipts[at].content))
            return fail_set(fail, "EMISSING", "its receipt %zu is missing or not whole", i);
        if (listed[at])
            return fail_set(fail, "EMISSING", "its receipt %zu is listed twice", i);
        listed[at] = true;
    }
    return json_array_size(list) == c->receipt_count ||
           fail_set(fail, "EEXTRA", "it has receipts that its case.json does not list");
}

static bool check(const json_t *object, const struct bundle_case *c, struct fail *fail)
{
    const char *id = json_string_value(json_object_get(object, "case"));
    if (!id || strcmp(id, c->id) != 0)
        return fail_set(fail, "EFORMAT", "its case.json is not whole, or not its own");
    return check_tape(object, c->tape, fail) &&
           check_receipts(json_object_get(object, "receipts"), c, fail);
}

bool case_whole(const struct bundle_case *c, struct fail *fail)
{
    json_t *object =
        json_loadb((const char *)c->case_json.p, c->case_json.n, JSON_REJECT_DUPLICATES, NULL);
    bool whole = check(object, c, fail);
    json_decref(object);
    return whole;
}
