/* Whatever a client sends to a simulated proxy, in pieces of any size: nothing breaks, and what is kept stays within its
 * limits. */
#include "claim.h"
#include "proto/h2_server.h"

/* As a scenario does once it is asked. */
static void serve(struct h2 *h, unsigned how)
{
    struct h2_field page = {bytes_of("content-length"), bytes_of("5")};
    if (how & 1)
        h2_reset(h, 10);
    if (h2_respond(h, bytes_of("200"), &page, how >> 1 & 1) && h2_say(h, bytes_of("hello")))
        h2_finish(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct h2 *h = h2_serve(size > 0 && (data[0] & 1));
    const char *why = NULL;
    struct bytes fields;
    if (!h)
        return 0;
    size_t piece = size > 0 ? 1 + data[0] % 64 : 1;
    bool goes_on = true;
    bool served = false;
    for (size_t at = 1; goes_on && at < size; at += piece) {
        goes_on = h2_feed(h, bytes_slice(bytes_at(data, size), at, at + piece), &why);
        require(goes_on || (why && *why));
        bool asked = h2_asked(h, &fields);
        require(fields.n <= H2_FIELDS && h2_heard(h)->n <= H2_DATA);
        if (asked && !served)
            serve(h, data[0] >> 6);
        served = served || asked;
        buf_clear(h2_output(h));
    }
    h2_free(h);
    return 0;
}
