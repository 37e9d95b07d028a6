#include "run/case_files.h"

#include "base/hash.h"
#include "sink/kept.h"
#include "tape/record.h"

#include <string.h>

/* As many as a case has, each as long as the sink takes it. */
enum { RECEIPTS_MOST = 20 * 1024 * 1024 };

_Static_assert((int)RUN_RECEIPTS == (int)BUNDLE_RECEIPTS, "all that a bundle's case may have");

struct case_files case_files_of(const struct bundle_case *bundled)
{
    struct case_files files = {.id = bytes_of(bundled->id),
                               .tape = bundled->tape,
                               .case_json = bundled->case_json,
                               .receipt_count = bundled->receipt_count,
                               .hidden_members = (unsigned)bundled->hidden_members,
                               .hidden_records = bundled->hidden_records > 0};
    if (bundled->has_contacts)
        files.contacts = (struct case_file){bytes_of(PARTS_CONTACTS), bundled->contacts,
                                            bundled->hidden_contacts > 0};
    for (unsigned i = 0; i < files.receipt_count; i++)
        files.receipts[i] =
            (struct case_file){bytes_of(bundled->receipts[i].file), bundled->receipts[i].content,
                               bundled->receipts[i].hidden > 0};
    return files;
}

unsigned case_files_find(const struct case_files *files, struct bytes name)
{
    unsigned i = 0;
    while (i < files->receipt_count && !bytes_equal(files->receipts[i].name, name))
        i++;
    return i;
}

bool case_file_is(struct bytes content, struct bytes digest)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, hex);
    return bytes_equal_text(digest, hex);
}

bool case_file_holds(struct bytes content, const char *token)
{
    size_t n = strlen(token);
    for (size_t i = 0; i + n <= content.n; i++)
        if (bytes_starts_nocase(bytes_slice(content, i, content.n), token))
            return true;
    return false;
}

const char *case_file_flaw(const json_t *entry, const struct token *token, struct bytes content)
{
    struct receipt said = {.token = *token};
    json_int_t port = json_integer_value(json_object_get(entry, "port"));
    said.port = port > 0 && port <= UINT16_MAX ? (uint16_t)port : 0;
    if (!receipt_kind_parse(object_text(entry, "kind"), &said.kind) ||
        !addr_parse(object_text(entry, "peer"), &said.peer) ||
        !time_parse(object_text(entry, "at"), &said.at))
        return "an entry without a kind, a peer or a time";
    return kept_flaw(&said, content);
}

bool case_files_are_too_long(const struct case_files *files, struct fail *why)
{
    size_t receipts = 0;
    for (unsigned i = 0; i < files->receipt_count; i++)
        receipts += files->receipts[i].content.n;
    if (files->tape.n > TAPE_LIMIT || files->case_json.n > TAPE_LIMIT)
        fail_set(why, "ELIMIT",
                 "its tape has %zu bytes and its case.json %zu, over the %d that a run's have",
                 files->tape.n, files->case_json.n, TAPE_LIMIT);
    else if (receipts > RECEIPTS_MOST)
        fail_set(why, "ELIMIT", "its receipts have %zu bytes, over the %d that a run's have",
                 receipts, RECEIPTS_MOST);
    else
        return false;
    return true;
}
