#include "tape/scan.h"

#include "base/json.h"

#include <string.h>

bool scan_number(struct scan *s, uint64_t least, uint64_t most, uint64_t *out)
{
    enum { DIGITS = 18 };
    const unsigned char *begin = s->p;
    uint64_t value = 0;
    while (s->p < s->end && s->p - begin < DIGITS && *s->p >= '0' && *s->p <= '9')
        value = value * 10 + (*s->p++ - '0');
    *out = value;
    return s->p > begin && (*begin != '0' || s->p - begin == 1) && value >= least && value <= most;
}

static const unsigned char *end_of_plain(const struct scan *s)
{
    return s->p + json_plain_run(bytes_at(s->p, (size_t)(s->end - s->p)));
}

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What follows a backslash, up to U+00FF; -1: something else. */
static int escaped(struct scan *s)
{
    static const unsigned char bytes[256] = {
        ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
        ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};
    unsigned char byte = s->p < s->end ? bytes[*s->p] : 0;
    if (byte) {
        s->p++;
        return byte;
    }
    if (!scan_text(s, "u00") || s->end - s->p < 2)
        return -1;
    int high = hex_digit(s->p[0]);
    int low = hex_digit(s->p[1]);
    s->p += 2;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool scan_string(struct scan *s, struct buf *hold, struct bytes *out)
{
    unsigned char *to = hold->p + hold->n;
    unsigned char *begin = to;
    if (!scan_text(s, "\""))
        return false;
    for (;;) {
        if (s->p < s->end && *s->p != '\\') { /* a line's end is two escapes in a row */
            const unsigned char *end = end_of_plain(s);
            memcpy(to, s->p, (size_t)(end - s->p));
            to += end - s->p;
            s->p = end;
        }
        if (s->p == s->end)
            return false;
        if (*s->p == '"')
            break;
        int byte = *s->p++ == '\\' ? escaped(s) : -1;
        if (byte < 0)
            return false;
        *to++ = (unsigned char)byte;
    }
    s->p++;
    *out = bytes_at(begin, (size_t)(to - begin));
    hold->n += out->n;
    return true;
}

bool scan_plain_string(struct scan *s, struct bytes *out)
{
    if (!scan_text(s, "\""))
        return false;
    const unsigned char *end = end_of_plain(s);
    *out = bytes_at(s->p, (size_t)(end - s->p));
    s->p = end;
    return scan_text(s, "\"");
}
