#include "proto/stun.h"

#include <string.h>

enum { COOKIE_AT = 4, TRANSACTION_AT = 8, COOKIE_SIZE = 4, ATTRIBUTE_HEAD = 4, FILL = 4 };
enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2, ADDRESS_HEAD = 4 };

static const unsigned char cookie[COOKIE_SIZE] = {0x21, 0x12, 0xa4, 0x42};

static unsigned two(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static size_t filled(size_t n)
{
    return (n + FILL - 1) / FILL * FILL;
}

/* Takes the next attribute; false at the end, or when it does not fit. */
static bool next(struct bytes *rest, unsigned *type, struct bytes *value)
{
    if (rest->n < ATTRIBUTE_HEAD)
        return false;
    size_t n = two(rest->p + 2);
    if (filled(n) > rest->n - ATTRIBUTE_HEAD)
        return false;
    *type = two(rest->p);
    *value = bytes_slice(*rest, ATTRIBUTE_HEAD, ATTRIBUTE_HEAD + n);
    *rest = bytes_slice(*rest, ATTRIBUTE_HEAD + filled(n), rest->n);
    return true;
}

static bool fill_exactly(struct bytes attributes)
{
    unsigned type;
    struct bytes value;
    while (next(&attributes, &type, &value))
        continue;
    return attributes.n == 0;
}

/* The class's two bits stand among the method's twelve: M11-M7 C1 M6-M4 C0 M3-M0. */
static unsigned weave(unsigned method, unsigned class)
{
    return (method & 0xf80) << 2 | (class & 2) << 7 | (method & 0x70) << 1 | (class & 1) << 4 |
           (method & 0xf);
}

static void take_head(struct bytes in, struct stun_message *out)
{
    unsigned type = two(in.p);
    out->method = (type >> 2 & 0xf80) | (type >> 1 & 0x70) | (type & 0xf);
    out->class = (enum stun_class)((type >> 7 & 2) | (type >> 4 & 1));
    memcpy(out->transaction, in.p + TRANSACTION_AT, STUN_TRANSACTION);
}

enum parse stun_parse(struct bytes in, struct stun_message *out, size_t *used, const char **why)
{
    size_t seen = in.n > COOKIE_AT ? in.n - COOKIE_AT : 0;
    *why = "no STUN message";
    if (in.n > 0 && in.p[0] > 0x3f)
        return PARSE_BAD;
    if (seen > 0 && memcmp(in.p + COOKIE_AT, cookie, seen < COOKIE_SIZE ? seen : COOKIE_SIZE) != 0)
        return PARSE_BAD;
    size_t length = in.n >= COOKIE_AT ? two(in.p + 2) : 0;
    *why = "a STUN message of a length that none has";
    if (length % FILL != 0 || STUN_HEAD + length > STUN_LIMIT)
        return PARSE_BAD;
    if (in.n < STUN_HEAD + length)
        return PARSE_MORE;
    *why = "a STUN message whose attributes do not fit";
    struct bytes attributes = bytes_slice(in, STUN_HEAD, STUN_HEAD + length);
    if (!fill_exactly(attributes))
        return PARSE_BAD;
    take_head(in, out);
    out->attributes = attributes;
    *used = STUN_HEAD + length;
    return PARSE_OK;
}

bool stun_find(const struct stun_message *m, unsigned type, struct bytes *value)
{
    struct bytes rest = m->attributes;
    unsigned found;
    while (next(&rest, &found, value))
        if (found == type)
            return true;
    return false;
}

/* What an address is XORed with: the cookie, then the transaction. */
static void mask_of(const unsigned char transaction[STUN_TRANSACTION], unsigned char out[16])
{
    memcpy(out, cookie, COOKIE_SIZE);
    memcpy(out + COOKIE_SIZE, transaction, STUN_TRANSACTION);
}

bool stun_find_address(const struct stun_message *m, unsigned type, struct addr *out)
{
    unsigned char mask[16];
    struct bytes value;
    if (!stun_find(m, type, &value) || value.n < ADDRESS_HEAD)
        return false;
    unsigned family = value.p[1];
    size_t n = family == FAMILY_IPV4 ? 4 : family == FAMILY_IPV6 ? 16 : 0;
    if (n == 0 || value.n != ADDRESS_HEAD + n)
        return false;
    mask_of(m->transaction, mask);
    *out = (struct addr){.family = n == 4 ? ADDR_IPV4 : ADDR_IPV6};
    out->port = (uint16_t)(two(value.p + 2) ^ two(mask));
    for (size_t i = 0; i < n; i++)
        out->ip[i] = value.p[ADDRESS_HEAD + i] ^ mask[i];
    return true;
}

unsigned stun_find_error(const struct stun_message *m, struct bytes *phrase)
{
    struct bytes value;
    if (!stun_find(m, STUN_ERROR_CODE, &value) || value.n < 4)
        return 0;
    unsigned class = value.p[2] & 7;
    if (class < 3 || class > 6 || value.p[3] > 99)
        return 0;
    *phrase = bytes_slice(value, 4, value.n);
    return class * 100 + value.p[3];
}

bool stun_begin(struct buf *out, enum stun_method method, enum stun_class class,
                const unsigned char transaction[STUN_TRANSACTION])
{
    return buf_put_u16(out, (uint16_t)weave(method, class)) && buf_put_u16(out, 0) &&
           buf_put(out, bytes_at(cookie, COOKIE_SIZE)) &&
           buf_put(out, bytes_at(transaction, STUN_TRANSACTION));
}

bool stun_put(struct buf *out, enum stun_attribute type, struct bytes value)
{
    static const unsigned char zeros[FILL];
    return value.n <= STUN_LIMIT && buf_put_u16(out, (uint16_t)type) &&
           buf_put_u16(out, (uint16_t)value.n) && buf_put(out, value) &&
           buf_put(out, bytes_at(zeros, filled(value.n) - value.n));
}

bool stun_put_address(struct buf *out, enum stun_attribute type, const struct addr *address)
{
    unsigned char mask[16];
    unsigned char value[ADDRESS_HEAD + 16] = {0};
    size_t n = addr_ip_length(address);
    if (out->n < STUN_HEAD)
        return false;
    mask_of(out->p + TRANSACTION_AT, mask);
    value[1] = address->family == ADDR_IPV6 ? FAMILY_IPV6 : FAMILY_IPV4;
    value[2] = (unsigned char)(address->port >> 8) ^ mask[0];
    value[3] = (unsigned char)(address->port & 0xff) ^ mask[1];
    for (size_t i = 0; i < n; i++)
        value[ADDRESS_HEAD + i] = address->ip[i] ^ mask[i];
    return stun_put(out, type, bytes_at(value, ADDRESS_HEAD + n));
}

bool stun_end(struct buf *out)
{
    if (out->overflow || out->n < STUN_HEAD || out->n > STUN_LIMIT)
        return false;
    size_t length = out->n - STUN_HEAD;
    out->p[2] = (unsigned char)(length >> 8);
    out->p[3] = (unsigned char)(length & 0xff);
    return true;
}
