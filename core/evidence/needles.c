#include "evidence/needles.h"

enum { LABEL_MOST = 63, BASE64_LEAST = 4 };

static void add(struct needles *out, struct bytes bytes, bool fold)
{
    struct needle *n = &out->all[out->n++];
    memcpy(n->bytes, bytes.p, bytes.n);
    n->size = bytes.n;
    n->fold = fold;
}

/* ---- base64 (RFC 4648) ---- */

static unsigned bit_at(struct bytes text, size_t bit)
{
    return text.p[bit / 8] >> (7 - bit % 8) & 1;
}

/* The letters that the text alone decides, when `before` bits of other bytes stand in its first letter. */
static void add_base64(struct needles *out, struct bytes text, unsigned before)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char coded[NEEDLE_SIZE];
    size_t n = 0;
    size_t from = before ? 6 - before : 0;
    for (size_t bit = from; bit + 6 <= 8 * text.n; bit += 6) {
        unsigned value = 0;
        for (size_t i = 0; i < 6; i++)
            value = value << 1 | bit_at(text, bit + i);
        coded[n++] = (unsigned char)letters[value];
    }
    if (n >= BASE64_LEAST)
        add(out, bytes_at(coded, n), false);
}

/* ---- the DNS ---- */

/* "a.example" as it stands in a message, but for the first label's length: RFC 1035, section 3.1. */
static void add_name(struct needles *out, struct bytes text)
{
    unsigned char name[HIDE_TEXT];
    size_t dot = bytes_index(text, '.', 0);
    if (dot == BYTES_NOT_FOUND)
        return;
    memcpy(name, text.p, text.n);
    while (dot != BYTES_NOT_FOUND) {
        size_t next = bytes_index(text, '.', dot + 1);
        size_t length = (next == BYTES_NOT_FOUND ? text.n : next) - dot - 1;
        if (length > LABEL_MOST)
            return;
        name[dot] = (unsigned char)length;
        dot = next;
    }
    add(out, bytes_at(name, text.n), true);
}

bool needles_make(struct needles *out, struct bytes text)
{
    *out = (struct needles){.n = 0};
    if (text.n == 0 || text.n > HIDE_TEXT)
        return false;
    add(out, text, true);
    add_base64(out, text, 0);
    add_base64(out, text, 2);
    add_base64(out, text, 4);
    add_name(out, text);
    return true;
}

/* ---- JSON's escapes ---- */

static int digit(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* \u00NN: its length, and the byte. */
static size_t unicode(struct bytes rest, unsigned char *out)
{
    if (rest.n < 6 || memcmp(rest.p, "\\u00", 4) != 0 || digit(rest.p[4]) < 0 ||
        digit(rest.p[5]) < 0)
        return 0;
    *out = (unsigned char)(16 * digit(rest.p[4]) + digit(rest.p[5]));
    return 6;
}

static size_t escape(struct bytes rest, unsigned char *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (rest.n < 2 || rest.p[0] != '\\')
        return 0;
    const char *at = rest.p[1] ? strchr(from, rest.p[1]) : NULL;
    if (!at)
        return unicode(rest, out);
    *out = (unsigned char)to[at - from];
    return 2;
}

bool needles_unescape(struct buf *out, struct bytes json)
{
    for (size_t i = 0; i < json.n;) {
        unsigned char byte = json.p[i];
        size_t n = escape(bytes_slice(json, i, json.n), &byte);
        if (!buf_put_byte(out, byte))
            return false;
        i += n ? n : 1;
    }
    return true;
}
