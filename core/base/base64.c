#include "base/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Four letters for the first n (1 to 3) of these bytes. */
static void write_quantum(unsigned char *to, const unsigned char *in, size_t n)
{
    unsigned long bits =
        (unsigned long)in[0] << 16 | (n > 1 ? (unsigned long)in[1] << 8 : 0) | (n > 2 ? in[2] : 0);
    to[0] = (unsigned char)letters[bits >> 18];
    to[1] = (unsigned char)letters[bits >> 12 & 63];
    to[2] = (unsigned char)(n > 1 ? letters[bits >> 6 & 63] : '=');
    to[3] = (unsigned char)(n > 2 ? letters[bits & 63] : '=');
}

bool base64_put(struct buf *out, struct bytes what)
{
    size_t n = (what.n + 2) / 3 * 4;
    unsigned char *to = buf_reserve(out, n);
    size_t i = 0;
    if (!to)
        return false;
    for (; i + 3 <= what.n; i += 3, to += 4)
        write_quantum(to, what.p + i, 3);
    if (i < what.n)
        write_quantum(to, what.p + i, what.n - i);
    buf_commit(out, n);
    return !out->overflow;
}

bool base64_take(struct buf *out, struct bytes text)
{
    unsigned long bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        const char *letter = text.p[i] != '\0' ? strchr(letters, text.p[i]) : NULL;
        if (!letter)
            continue;
        bits = (bits << 6 | (unsigned long)(letter - letters)) & 0xffff;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_put_byte(out, (unsigned char)(bits >> have));
        }
    }
    return !out->overflow;
}
