/* A case.json as anyone may have written it, against a tape's head and verdict: it agrees, or a printable difference is
 * told. */
#include "base/text.h"
#include "claim.h"
#include "run/case_agrees.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char steps[] = "[{\"line\":7,\"say\":\"yes\"}]";
    struct tape_head head = {.probe = bytes_of("relay/x")};
    struct record verdict = {.op = RECORD_VERDICT,
                             .data = bytes_of("open"),
                             .more = {bytes_of("token returned"), bytes_of(steps)}};
    struct difference difference = {0};
    require(addr_parse(bytes_of("192.0.2.25:25"), &head.target));
    if (!case_agrees(bytes_at(data, size), &head, &verdict, 9, &difference))
        require(difference.line > 0 && text_is_printable(bytes_of(difference.expected)) &&
                text_is_printable(bytes_of(difference.got)));
    return 0;
}
