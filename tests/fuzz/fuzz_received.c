/* Whatever a Received field holds, what is read of it lies within it, and its HTML has no markup but the marks. */
#include "base/text.h"
#include "claim.h"
#include "proto/received.h"
#include "view/html.h"

static const char mark[] = "<b class=\"x\">";

static void claim_html(struct bytes in)
{
    struct buf out = buf_new(40 * in.n + 64);
    require(html_text(&out, in, in.n));
    struct bytes rest = buf_view(&out);
    require(text_is_printable(rest));
    for (size_t at; (at = bytes_index(rest, '<', 0)) != BYTES_NOT_FOUND;) {
        rest = bytes_slice(rest, at, rest.n);
        bool begin = bytes_starts_nocase(rest, mark);
        require(begin || bytes_starts_nocase(rest, "</b>"));
        rest = bytes_slice(rest, begin ? sizeof mark - 1 : 4, rest.n);
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    struct buf text = buf_new(size + 1);
    struct received r;
    require(received_unfold(&text, in) && text.n <= size);
    struct bytes view = buf_view(&text);
    require(bytes_index(view, '\r', 0) == BYTES_NOT_FOUND &&
            bytes_index(view, '\n', 0) == BYTES_NOT_FOUND);
    received_parse(view, &r);
    claim_within(r.from, view);
    claim_within(r.by, view);
    claim_within(r.with, view);
    claim_within(r.date, view);
    claim_html(in);
    buf_free(&text);
    return 0;
}
