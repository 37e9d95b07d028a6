#include "notice/quote.h"

#include "base/text.h"

#include <string.h>

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

typedef bool (*may_stand)(unsigned long code);

static bool is_plain_in_name(unsigned long code)
{
    bool mark = code == 0xab || code == 0xbb; /* quotation marks, in many a language */
    return is_plain(code) && !mark;
}

static bool is_plain_in_word(unsigned long code)
{
    bool alphanumeric = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                        (code >= 'a' && code <= 'z');
    return alphanumeric || (code > ' ' && code < 0x7f && strchr("._-+/=", (int)code));
}

/* Bytes of the character at the head of b, where it may stand, or 0. */
static size_t plain_length(struct bytes b, may_stand may)
{
    size_t n = text_printable_length(b);
    return n > 0 && may(code_of(b.p, n)) ? n : 0;
}

/* What may not stand, byte by byte; text_escape leaves what is printable alone. */
static void put_escaped(struct buf *out, unsigned char byte, may_stand may)
{
    if (byte > ' ' && byte < 0x7f && byte != '\\' && !may(byte))
        buf_printf(out, "\\x%02x", byte);
    else if (byte == ' ')
        buf_put_text(out, "\\x20");
    else
        text_escape(out, bytes_at(&byte, 1), 1);
}

/* How many bytes at the head of b stand as they are, in one column each; no more than `most`. */
static size_t plain_run(struct bytes b, size_t most, may_stand may)
{
    size_t n = 0;
    while (n < b.n && n < most && b.p[n] >= ' ' && b.p[n] < 0x7f && b.p[n] != '\\' && may(b.p[n]))
        n++;
    return n;
}

static bool put(struct buf *out, struct bytes b, size_t columns, may_stand may)
{
    size_t used = 0;
    size_t cut = out->n; /* what may stay when "…" must follow */
    for (size_t i = 0; i < b.n && !out->overflow;) {
        struct bytes rest = bytes_slice(b, i, b.n);
        size_t run = plain_run(rest, used < columns ? columns - 1 - used : 0, may);
        if (run > 0) {
            buf_put(out, bytes_at(rest.p, run));
            used += run;
            cut = out->n;
            i += run;
            continue;
        }
        size_t step = plain_length(rest, may);
        size_t before = out->n;
        if (step)
            text_escape(out, bytes_slice(b, i, i + step), step);
        else
            put_escaped(out, b.p[i], may);
        step = step ? step : 1;
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

bool quote_put(struct buf *out, struct bytes b, size_t columns)
{
    return put(out, b, columns, is_plain);
}

bool quote_put_name(struct buf *out, struct bytes b, size_t columns)
{
    return put(out, b, columns, is_plain_in_name);
}

bool quote_put_word(struct buf *out, struct bytes b, size_t columns)
{
    return put(out, b, columns, is_plain_in_word);
}
