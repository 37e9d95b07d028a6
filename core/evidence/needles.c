#include "evidence/needles.h"

#include <glib.h>

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

/* ---- a mailbox's @, as it is written in a mail, a page or an address of one ---- */

static void add_with_at(struct needles *out, struct bytes text, const char *at)
{
    unsigned char bytes[NEEDLE_SIZE];
    size_t length = strlen(at);
    size_t n = 0;
    for (size_t i = 0; i < text.n && n + length <= sizeof bytes; i++) {
        bool is_at = text.p[i] == '@';
        memcpy(bytes + n, is_at ? (const unsigned char *)at : text.p + i, is_at ? length : 1);
        n += is_at ? length : 1;
        if (i + 1 == text.n)
            add(out, bytes_at(bytes, n), true);
    }
}

/* Quoted-printable (RFC 2045), a URI's (RFC 3986), and HTML's two. */
static void add_mailbox(struct needles *out, struct bytes text)
{
    static const char *const forms[] = {"=40", "%40", "&#64;", "&#x40;"};
    if (bytes_index(text, '@', 0) == BYTES_NOT_FOUND)
        return;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        add_with_at(out, text, forms[i]);
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
    add_mailbox(out, text);
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

/* \uNNNN: its number; -1: it is none. */
static int unit(struct bytes rest)
{
    int value = 0;
    if (rest.n < 6 || rest.p[0] != '\\' || rest.p[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        if (digit(rest.p[i]) < 0)
            return -1;
        value = 16 * value + digit(rest.p[i]);
    }
    return value;
}

enum { HIGH = 0xd800, LOW = 0xdc00, HALVES = 0x400 };

static bool is_half(int unit, int first)
{
    return unit >= first && unit < first + HALVES;
}

/* Appends the character that one escape is, or two that are its halves (RFC 8259, section 7); how long they are. */
static size_t put_character(struct buf *out, struct bytes rest)
{
    int first = unit(rest);
    int second = is_half(first, HIGH) ? unit(bytes_slice(rest, 6, rest.n)) : -1;
    bool is_pair = is_half(second, LOW);
    char text[6];
    if (first < 0 || is_half(first, LOW) || (is_half(first, HIGH) && !is_pair))
        return 0;
    int c = is_pair ? 0x10000 + HALVES * (first - HIGH) + second - LOW : first;
    buf_put(out, bytes_at(text, (size_t)g_unichar_to_utf8((gunichar)c, text)));
    return is_pair ? 12 : 6;
}

static size_t put_byte(struct buf *out, struct bytes rest)
{
    int value = unit(rest);
    if (value < 0 || value > 0xff)
        return 0;
    buf_put_byte(out, (unsigned char)value);
    return 6;
}

/* Appends what the escape at the head is; its length, 0: there is none. */
static size_t put_escape(struct buf *out, struct bytes rest, enum needles_strings strings)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (rest.n < 2 || rest.p[0] != '\\')
        return 0;
    const char *at = rest.p[1] ? strchr(from, rest.p[1]) : NULL;
    if (!at)
        return strings == NEEDLES_WORDS ? put_character(out, rest) : put_byte(out, rest);
    buf_put_byte(out, (unsigned char)to[at - from]);
    return 2;
}

bool needles_unescape(struct buf *out, struct bytes json, enum needles_strings strings)
{
    for (size_t i = 0; i < json.n && !out->overflow;) {
        size_t n = put_escape(out, bytes_slice(json, i, json.n), strings);
        if (n == 0)
            buf_put_byte(out, json.p[i]);
        i += n ? n : 1;
    }
    return !out->overflow;
}
