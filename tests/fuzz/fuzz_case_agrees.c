/* A case.json as anyone may have written it, against a tape's head and verdict, the verdict first as a script's `open`,
 * then as a `suspect` or `closed` whose mail came later: it agrees, or a printable difference is told. */
#include "base/text.h"
#include "claim.h"
#include "run/case_agrees.h"

#define TOKEN "mfrggzdfmztwq2lknnwg23tpobyxe43u"

static void compare(const struct case_files *files, const char *said, const char *reason,
                    enum late_token late)
{
    static const char steps[] = "[{\"line\":7,\"say\":\"yes\"}]";
    struct tape_head head = {.probe = bytes_of("relay/x")};
    struct record verdict = {
        .op = RECORD_VERDICT, .data = bytes_of(said), .more = {bytes_of(reason), bytes_of(steps)}};
    struct difference difference = {0};
    require(addr_parse(bytes_of("192.0.2.25:25"), &head.target));
    if (!case_agrees(files, true, late, &head, &verdict, 9, &difference))
        require(difference.line > 0 && text_is_printable(bytes_of(difference.expected)) &&
                text_is_printable(bytes_of(difference.got)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct case_files files = {.case_json = bytes_at(data, size),
                               .tape =
                                   bytes_of("{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n"),
                               .receipts = {bytes_of("X-Ajar-Rcpt-To: <" TOKEN "@t.example>\r\n")},
                               .receipt_count = 1};
    compare(&files, "open", "token returned", LATE_TOKEN_SUSPECT);
    compare(&files, "suspect", "accepted", LATE_TOKEN_SUSPECT);
    compare(&files, "closed", "550 no", LATE_TOKEN_ANY);
    return 0;
}
