#include "evidence/letter_case.h"

#include "base/text.h"

#include <glib.h>

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

static bool same_bytes(struct bytes text, size_t at, struct bytes needle)
{
    if (needle.n > text.n - at)
        return false;
    for (size_t i = 0; i < needle.n; i++)
        if (lower(text.p[at + i]) != lower(needle.p[i]))
            return false;
    return true;
}

/* The letter that begins there, in one case, and how long it is; a byte that begins none is behind all of Unicode. By way of
 * the capital, as some letters have two small ones. */
static size_t letter_at(struct bytes text, size_t at, uint32_t *folded)
{
    enum { NO_LETTER = 0x110000 };
    uint32_t c = 0;
    size_t n = text.p[at] < 0x80 ? 0 : text_decode(bytes_slice(text, at, text.n), &c);
    if (n > 0)
        *folded = g_unichar_tolower(g_unichar_toupper(c));
    else
        *folded = text.p[at] < 0x80 ? lower(text.p[at]) : NO_LETTER + (uint32_t)text.p[at];
    return n > 0 ? n : 1;
}

size_t letter_case_match(struct bytes text, size_t at, struct bytes needle)
{
    if (same_bytes(text, at, needle))
        return needle.n;
    size_t end = at;
    for (size_t i = 0; i < needle.n;) {
        uint32_t wanted;
        uint32_t found;
        if (end == text.n)
            return 0;
        i += letter_at(needle, i, &wanted);
        end += letter_at(text, end, &found);
        if (wanted != found)
            return 0;
    }
    return end - at;
}
