#include "notice/breaks.h"

#include "base/text.h"

#include <stdlib.h>
#include <unilbrk.h>

static bool is_blank(unsigned char c)
{
    return c <= ' ' || c == 0x7f;
}

/* Of those scripts, with their punctuation. Hangul is not: its words have blanks between them. */
static bool is_unparted(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x312f) || (c >= 0x3190 && c <= 0xa4cf) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe4f) ||
           (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3fffd);
}

static bool has_unparted(struct bytes text)
{
    uint32_t c = 0;
    for (size_t i = text_ascii_run(text); i < text.n;) {
        size_t step = text_decode(bytes_slice(text, i, text.n), &c);
        if (step > 0 && is_unparted(c))
            return true;
        i += step ? step : 1;
    }
    return false;
}

struct breaks breaks_begin(struct bytes text)
{
    struct breaks b = {.text = text};
    if (!has_unparted(text) || !text_is_utf8(text))
        return b;
    b.kinds = calloc(text.n, 1);
    if (b.kinds)
        u8_possible_linebreaks(text.p, text.n, "UTF-8", b.kinds);
    return b;
}

/* May a line end between two characters of the text, before its byte i? */
static bool parts(const struct breaks *b, uint32_t before, uint32_t after, size_t i)
{
    return b->kinds && b->kinds[i] == UC_BREAK_POSSIBLE &&
           (is_unparted(before) || is_unparted(after));
}

bool breaks_next(struct breaks *b, struct piece *out)
{
    struct bytes text = b->text;
    uint32_t before = 0, c = 0;
    size_t from = b->at;
    while (from < text.n && is_blank(text.p[from]))
        from++;
    out->behind_blank = from > b->at;
    size_t to = from;
    while (!b->kinds && to < text.n && !is_blank(text.p[to]))
        to++;
    while (b->kinds && to < text.n && !is_blank(text.p[to])) {
        size_t step = text_decode(bytes_slice(text, to, text.n), &c);
        if (step > 0 && to > from && parts(b, before, c, to))
            break;
        before = step > 0 ? c : 0;
        to += step ? step : 1;
    }
    out->text = bytes_slice(text, from, to);
    b->at = to;
    if (out->text.n > 0)
        return true;
    free(b->kinds);
    b->kinds = NULL;
    return false;
}
