/* What is written is read by jansson, and gives the bytes, or the characters, back. */
#include "base/json.h"
#include "base/text.h"
#include "claim.h"

#include <jansson.h>

/* Reads a JSON string of ours; the caller lets it go. */
static json_t *read_back(const struct buf *out, struct bytes *text)
{
    json_t *string =
        json_loadb((const char *)out->p, out->n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    require(string && json_is_string(string));
    *text = bytes_at(json_string_value(string), json_string_length(string));
    return string;
}

static void claim_ascii(const struct buf *out)
{
    for (size_t i = 0; i < out->n; i++)
        require(out->p[i] >= ' ' && out->p[i] < 0x7f);
}

static void claim_bytes(struct bytes in)
{
    struct buf out = buf_new(6 * in.n + 2);
    struct bytes text;
    uint32_t c = 0;
    size_t at = 0;
    require(json_put_bytes(&out, in));
    claim_ascii(&out);
    json_t *string = read_back(&out, &text);
    for (size_t i = 0; i < in.n; i++) {
        at += text_decode(bytes_slice(text, at, text.n), &c);
        require(c == in.p[i]);
    }
    require(at == text.n);
    json_decref(string);
    buf_free(&out);
}

static void claim_string(struct bytes in)
{
    struct buf out = buf_new(6 * in.n + 2);
    struct bytes text;
    size_t at = 0;
    require(json_put_string(&out, in));
    require(text_is_printable(buf_view(&out)));
    json_t *string = read_back(&out, &text);
    for (size_t i = 0; i < in.n;) {
        uint32_t wanted = 0xfffd;
        uint32_t got = 0;
        size_t step = text_decode(bytes_slice(in, i, in.n), &wanted);
        i += step ? step : 1;
        at += text_decode(bytes_slice(text, at, text.n), &got);
        require(got == wanted);
    }
    require(at == text.n);
    json_decref(string);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_bytes(in);
    claim_string(in);
    return 0;
}
