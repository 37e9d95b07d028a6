#include "notice/quote.h"

#include "base/text.h"

/* The number of the character of n bytes, which is known to be valid. */
static unsigned long code_of(const unsigned char *p, size_t n)
{
    unsigned long code = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        code = code << 6 | (p[i] & 0x3f);
    return code;
}

static bool is_plain(unsigned long code)
{
    bool latin = (code >= 0x20 && code < 0x7f) || (code > 0xa0 && code < 0x250);
    bool greek = code >= 0x370 && code < 0x400;
    bool cyrillic = (code >= 0x400 && code < 0x483) || (code >= 0x48a && code < 0x530);
    return latin || greek || cyrillic;
}

/* Bytes of the plain character at the head of b, or 0. */
static size_t plain_length(struct bytes b)
{
    size_t n = text_printable_length(b);
    return n > 0 && is_plain(code_of(b.p, n)) ? n : 0;
}

bool quote_put(struct buf *out, struct bytes b, size_t columns)
{
    size_t used = 0;
    size_t cut = out->n; /* what may stay when "…" must follow */
    for (size_t i = 0; i < b.n && !out->overflow;) {
        size_t step = plain_length(bytes_slice(b, i, b.n));
        size_t before = out->n;
        step = step ? step : 1;
        text_escape(out, bytes_slice(b, i, i + step), step);
        used += text_width(bytes_slice(buf_view(out), before, out->n));
        if (used > columns) {
            out->n = cut;
            return buf_put_text(out, "…");
        }
        if (used < columns)
            cut = out->n;
        i += step;
    }
    return !out->overflow;
}
