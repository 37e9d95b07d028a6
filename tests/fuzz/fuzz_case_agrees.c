/* A case.json as anyone may have written it, against a tape's head and verdict, the verdict first as a script's `open`,
 * then as a `suspect` or `closed` whose mail came later: it agrees, or a printable difference is told. */
#include "base/text.h"
#include "claim.h"
#include "run/case_agrees.h"

#define TOKEN "mfrggzdfmztwq2lknnwg23tpobyxe43u"

static void compare(const struct case_files *files, const char *said, const char *reason,
                    const struct case_derived *derived)
{
    static const char steps[] = "[{\"line\":7,\"say\":\"yes\"}]";
    struct tape_head head = {.probe = bytes_of("relay/x")};
    struct record verdict = {
        .op = RECORD_VERDICT, .data = bytes_of(said), .more = {bytes_of(reason), bytes_of(steps)}};
    struct difference difference = {0};
    require(addr_parse(bytes_of("192.0.2.25:25"), &head.target));
    if (!case_agrees(files, derived, &head, &verdict, 9, &difference))
        require(difference.expected[0] != '\0' &&
                text_is_printable(bytes_of(difference.expected)) &&
                text_is_printable(bytes_of(difference.got)));
}

#define LETTER                                                                                     \
    "Return-Path: <>\r\nX-Ajar-Rcpt-To: <" TOKEN "@t.example>\r\n"                                 \
    "Received: from m ([192.0.2.30])\r\n\tby t.example ([192.0.2.1])\r\n\twith ESMTP;\r\n"         \
    "\tTue, 24 Nov 2026 02:10:29 +0000\r\nMessage-ID: <" TOKEN "@t.example>\r\n\r\n"
#define DIGEST "835225663fde4feb9bfc7b37cbf9f7e3f4334429cfc73919861b23f53308c0a3"
#define TAPE                                                                                       \
    "{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n"                                          \
    "{\"t\":2,\"op\":\"receipt\",\"token\":\"" TOKEN                                               \
    "\",\"kind\":\"mail\",\"peer\":\"192.0.2.30:7\","                                              \
    "\"at\":\"2026-11-24T02:10:29.500000Z\",\"digest\":\"" DIGEST                                  \
    "\",\"answer\":\"\",\"port\":2600}\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct case_derived derived = {.relay = true, .has_proof = true};
    struct case_files files = {
        .id = bytes_of("c-1"),
        .case_json = bytes_at(data, size),
        .tape = bytes_of(TAPE),
        .receipts = {{bytes_of("receipts/r-0.eml"), bytes_of(LETTER), false}},
        .receipt_count = 1,
    };
    require(token_parse(bytes_of(TOKEN), &derived.proof));
    compare(&files, "open", "token returned", &derived);
    files.tape = bytes_of("{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n");
    compare(&files, "suspect", "accepted", &derived);
    derived.late = LATE_TOKEN_ANY;
    compare(&files, "closed", "550 no", NULL);
    files.interface = CASE_FILES_SORTED;
    files.hidden_members = 1;
    compare(&files, "closed", "550 no", &derived);
    return 0;
}
