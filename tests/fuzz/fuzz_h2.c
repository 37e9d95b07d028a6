/* Whatever a server sends, in pieces of any size: nothing breaks, and what is kept stays within its limits. */
#include "claim.h"
#include "proto/h2.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct h2_request r = {.authority = bytes_of("192.0.2.99:2600"),
                           .user_agent = bytes_of("ajar")};
    struct h2 *h = h2_new();
    const char *why = NULL;
    if (!h)
        return 0;
    require(h2_connect(h, &r));
    size_t piece = size > 0 ? 1 + data[0] % 64 : 1;
    bool goes_on = true;
    for (size_t at = 1; goes_on && at < size; at += piece) {
        goes_on = h2_feed(h, bytes_slice(bytes_at(data, size), at, at + piece), &why);
        require(goes_on || (why && *why));
        struct h2_answer a = h2_answer(h);
        require(a.code == 0 || (a.code >= 200 && a.code <= 999));
        require(a.fields.n <= H2_FIELDS && h2_heard(h)->n <= H2_DATA);
        buf_clear(h2_output(h));
    }
    h2_say(h, bytes_of("AJAR\r\n"));
    h2_free(h);
    return 0;
}
