#include "base/text.h"

#include "base/character.h"

#include <string.h>

size_t text_decode(struct bytes b, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (b.n == 0)
        return 0;
    unsigned char first = b.p[0];
    size_t n = first < 0x80       ? 1
               : first >> 5 == 6  ? 2
               : first >> 4 == 14 ? 3
               : first >> 3 == 30 ? 4
                                  : 0;
    if (n == 0 || n > b.n)
        return 0;
    uint32_t c = n == 1 ? first : first & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if (b.p[i] >> 6 != 2)
            return 0;
        c = c << 6 | (b.p[i] & 0x3f);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0;
    *out = c;
    return n;
}

static size_t printable(struct bytes b, uint32_t *c)
{
    *c = 0;
    if (b.n > 0 && b.p[0] < 0x7f) /* as nearly all are */
        return b.p[0] >= 0x20;
    size_t n = text_decode(b, c);
    return n > 0 && !character_is_unseen(*c) ? n : 0;
}

size_t text_printable_length(struct bytes b)
{
    uint32_t c;
    return printable(b, &c);
}

/* Where the character that ends before `at` begins, if it is a combining mark. */
static bool mark_before(struct bytes b, size_t *at)
{
    uint32_t c = 0;
    for (size_t n = 2; n <= 4 && n <= *at; n++) { /* none is of one byte */
        if (text_decode(bytes_slice(b, *at - n, *at), &c) == n) {
            *at -= n;
            return character_is_mark(c);
        }
    }
    return false;
}

size_t text_printable_at(struct bytes b, size_t at)
{
    uint32_t c;
    size_t n = printable(bytes_slice(b, at, b.n), &c);
    if (n < 2 || at < 2 || !character_is_mark(c))
        return n;
    for (unsigned marks = 0; marks < TEXT_MARKS; marks++)
        if (!mark_before(b, &at))
            return n;
    return 0;
}

void text_make_printable(char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        size_t step = text_printable_at(bytes_at(text, n), i);
        if (step == 0) {
            text[i] = '?';
            step = 1;
        }
        i += step;
    }
}

size_t text_ascii_run(struct bytes b)
{
    const uint64_t tops = UINT64_MAX / 0xff * 0x80, blanks = UINT64_MAX / 0xff * ' ';
    const uint64_t ones = UINT64_MAX / 0xff;
    size_t i = 0;
    for (; i + 8 <= b.n; i += 8) {
        uint64_t w;
        memcpy(&w, b.p + i, sizeof w);
        /* a top bit is set by a byte from 0x80 on, under a blank, or by 0x7f; a carry shows with what caused it */
        if ((w | (w - blanks) | (w + ones)) & tops)
            break;
    }
    while (i < b.n && b.p[i] >= ' ' && b.p[i] < 0x7f)
        i++;
    return i;
}

bool text_is_utf8(struct bytes b)
{
    uint32_t c = 0;
    for (size_t i = 0; i < b.n;) {
        size_t step = text_ascii_run(bytes_slice(b, i, b.n));
        if (step == 0)
            step = text_decode(bytes_slice(b, i, b.n), &c);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

bool text_is_printable(struct bytes b)
{
    for (size_t i = 0; i < b.n;) {
        size_t step =
            b.p[i] < 0x80 ? text_ascii_run(bytes_slice(b, i, b.n)) : text_printable_at(b, i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

/* U+2066 to U+2069. */
static bool is_isolate(struct bytes b)
{
    return b.n >= 3 && b.p[0] == 0xe2 && b.p[1] == 0x81 && b.p[2] >= 0xa6 && b.p[2] <= 0xa9;
}

bool text_is_isolated(struct bytes b)
{
    for (size_t i = 0; i < b.n;) {
        struct bytes rest = bytes_slice(b, i, b.n);
        size_t step = is_isolate(rest) ? 3 : text_printable_at(b, i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

static bool put_escaped_byte(struct buf *out, unsigned char c)
{
    switch (c) {
    case '\r':
        return buf_put_text(out, "\\r");
    case '\n':
        return buf_put_text(out, "\\n");
    case '\t':
        return buf_put_text(out, "\\t");
    default:
        return buf_printf(out, "\\x%02x", c);
    }
}

bool text_escape(struct buf *out, struct bytes b, size_t most)
{
    struct bytes shown = bytes_slice(b, 0, most);
    for (size_t i = 0; i < shown.n && !out->overflow;) {
        size_t step = text_printable_at(shown, i);
        if (step == 0)
            put_escaped_byte(out, shown.p[i]);
        else if (shown.p[i] == '\\')
            buf_put_text(out, "\\\\");
        else
            buf_put(out, bytes_at(shown.p + i, step));
        i += step ? step : 1;
    }
    if (shown.n < b.n)
        buf_put_text(out, "…");
    return !out->overflow;
}

static size_t columns_of(uint32_t c)
{
    if (c >= 0x300 && character_is_mark(c))
        return 0;
    bool wide = (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
                (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
                (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
                (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
                (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
}

size_t text_width(struct bytes b)
{
    size_t width = text_ascii_run(b);
    uint32_t c = 0;
    for (size_t i = width; i < b.n;) {
        size_t step = text_decode(bytes_slice(b, i, b.n), &c);
        width += step ? columns_of(c) : 1;
        i += step ? step : 1;
    }
    return width;
}
