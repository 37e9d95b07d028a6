#include "base/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void quantum(const unsigned char *in, size_t n, char out[4])
{
    unsigned long bits =
        (unsigned long)in[0] << 16 | (n > 1 ? (unsigned long)in[1] << 8 : 0) | (n > 2 ? in[2] : 0);
    out[0] = letters[bits >> 18];
    out[1] = letters[bits >> 12 & 63];
    out[2] = n > 1 ? letters[bits >> 6 & 63] : '=';
    out[3] = n > 2 ? letters[bits & 63] : '=';
}

bool base64_put(struct buf *out, struct bytes what)
{
    char four[4];
    for (size_t i = 0; i < what.n; i += 3) {
        quantum(what.p + i, what.n - i, four);
        buf_put(out, bytes_at(four, sizeof four));
    }
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
