#include "evidence/case_whole.h"

#include "base/hash.h"

#include "tape/object.h"

static bool is_digest_of(struct bytes digest, struct bytes content)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, hex);
    return bytes_equal_text(digest, hex);
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
    static const char member[] = "tape_sha256";
    bool whole = json_object_get(object, member) ? is_digest_of(object_text(object, member), tape)
                                                 : ends_in_verdict(tape);
    return whole || fail_set(fail, "ECHANGED", "its tape is not whole");
}

/* Its number; BUNDLE_RECEIPTS: there is none of this name. */
static unsigned find_receipt(const struct bundle_case *c, struct bytes file)
{
    static const char folder[] = "receipts/";
    struct bytes name = bytes_slice(file, sizeof folder - 1, file.n);
    if (!bytes_equal_text(bytes_slice(file, 0, sizeof folder - 1), folder))
        return BUNDLE_RECEIPTS;
    for (unsigned i = 0; i < c->receipt_count; i++)
        if (bytes_equal_text(name, c->receipts[i].name))
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
        unsigned at = find_receipt(c, object_text(receipt, "file"));
        if (at == BUNDLE_RECEIPTS ||
            !is_digest_of(object_text(receipt, "sha256"), c->receipts[at].content))
            return fail_set(fail, "EMISSING", "its receipt %zu is missing or not whole", i);
        if (listed[at])
            return fail_set(fail, "EMISSING", "its receipt %zu is listed twice", i);
        listed[at] = true;
    }
    return json_array_size(list) == c->receipt_count ||
           fail_set(fail, "EEXTRA", "it has receipts that its case.json does not list");
}

/* What was said of whom to write to: there where case.json says so, and as it says. */
static bool check_contacts(const json_t *contacts, const struct bundle_case *c, struct fail *fail)
{
    struct bytes digest = object_text(contacts, "exchanges_sha256");
    bool whole = c->has_contacts ? is_digest_of(digest, c->contacts) : digest.n == 0;
    return whole || fail_set(fail, "ECHANGED", "its %s is missing or not whole", PARTS_CONTACTS);
}

static bool check(const json_t *object, const struct bundle_case *c, struct fail *fail)
{
    if (!bytes_equal_text(object_text(object, "case"), c->id))
        return fail_set(fail, "EFORMAT", "its case.json is not whole, or not its own");
    return check_tape(object, c->tape, fail) &&
           check_contacts(json_object_get(object, "contacts"), c, fail) &&
           check_receipts(json_object_get(object, "receipts"), c, fail);
}

bool case_whole(const struct bundle_case *c, struct fail *fail)
{
    json_t *object = object_load(c->case_json);
    bool whole = check(object, c, fail);
    json_decref(object);
    return whole;
}
