#include "proto/capsule.h"

enum { TYPE_DATAGRAM = 0, CONTEXT_UDP = 0, SHORT_MOST = 63, MIDDLE_MOST = 16383, MIDDLE = 0x4000 };

/* The top two bits of the first byte say how many there are: 1, 2, 4 or 8. */
static bool take_integer(struct bytes *rest, uint64_t *out)
{
    if (rest->n == 0)
        return false;
    size_t n = (size_t)1 << (rest->p[0] >> 6);
    if (rest->n < n)
        return false;
    *out = rest->p[0] & SHORT_MOST;
    for (size_t i = 1; i < n; i++)
        *out = *out << 8 | rest->p[i];
    *rest = bytes_slice(*rest, n, rest->n);
    return true;
}

bool capsule_put_udp(struct buf *out, struct bytes data)
{
    size_t length = data.n + 1;
    bool ok = length <= MIDDLE_MOST && buf_put_byte(out, TYPE_DATAGRAM) &&
              (length <= SHORT_MOST ? buf_put_byte(out, (unsigned char)length)
                                    : buf_put_u16(out, (uint16_t)(MIDDLE | length)));
    return ok && buf_put_byte(out, CONTEXT_UDP) && buf_put(out, data);
}

/* A whole capsule, taken from *rest. */
static enum parse take_capsule(struct bytes *rest, uint64_t *type, struct bytes *value,
                               const char **why)
{
    struct bytes in = *rest;
    uint64_t length = 0;
    if (!take_integer(&in, type) || !take_integer(&in, &length))
        return PARSE_MORE;
    *why = "a capsule longer than any that we wait for";
    if (length > CAPSULE_LIMIT)
        return PARSE_BAD;
    if (in.n < length)
        return PARSE_MORE;
    *value = bytes_slice(in, 0, (size_t)length);
    *rest = bytes_slice(in, (size_t)length, in.n);
    return PARSE_OK;
}

enum parse capsule_udp_parse(struct bytes in, struct bytes *data, size_t *used, const char **why)
{
    struct bytes rest = in;
    for (;;) {
        uint64_t type = 0;
        uint64_t context = 0;
        *used = in.n - rest.n;
        enum parse p = take_capsule(&rest, &type, data, why);
        if (p != PARSE_OK)
            return p;
        if (type != TYPE_DATAGRAM)
            continue;
        *why = "a datagram without a context";
        if (!take_integer(data, &context))
            return PARSE_BAD;
        *used = in.n - rest.n;
        if (context == CONTEXT_UDP)
            return PARSE_OK;
    }
}
