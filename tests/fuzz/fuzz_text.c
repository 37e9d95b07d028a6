/* Whatever goes in, what comes out is printable. */
#include "base/fail.h"
#include "base/text.h"
#include "claim.h"

static void claim_decoded(struct bytes in)
{
    for (size_t i = 0; i < in.n; i++) {
        uint32_t c = 0xffffffff;
        struct bytes rest = bytes_slice(in, i, in.n);
        size_t n = text_decode(rest, &c);
        size_t shown = text_printable_length(rest);
        require(n <= 4 && n <= rest.n && (shown == 0 || shown == n));
        require(n == 0 || (c <= 0x10ffff && (c < 0xd800 || c > 0xdfff)));
    }
    require(!text_is_printable(in) || text_is_utf8(in));
    require(text_width(in) <= 2 * in.n);
}

static void claim_escaped(struct bytes in)
{
    for (size_t most = 0; most <= in.n; most += 1 + most / 2) {
        struct buf out = buf_new(4 * in.n + 8);
        require(text_escape(&out, in, most));
        require(text_is_printable(buf_view(&out)));
        buf_free(&out);
    }
}

static void claim_made_printable(struct bytes in)
{
    struct buf copy = buf_new(in.n);
    struct fail fail;
    buf_put(&copy, in);
    char *text = strdup(buf_text(&copy));
    size_t n = strlen(text);
    fail_set(&fail, "EFORMAT", "%s", text);
    require(text_is_printable(bytes_of(fail.text)));
    text_make_printable(text);
    require(strlen(text) == n && text_is_printable(bytes_of(text)));
    free(text);
    buf_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_decoded(in);
    claim_escaped(in);
    claim_made_printable(in);
    return 0;
}
