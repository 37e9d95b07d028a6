#include "proto/socks.h"

#include <string.h>

enum { VERSION = 5, TYPE_IPV4 = 1, TYPE_NAME = 3, TYPE_IPV6 = 4, HEAD = 3 };

static enum parse bad(const char **why, const char *reason)
{
    *why = reason;
    return PARSE_BAD;
}

bool socks5_greeting_put(struct buf *out, const unsigned char *methods, size_t n)
{
    if (n == 0 || n > 255 || !buf_reserve(out, 2 + n))
        return false;
    buf_put_byte(out, VERSION);
    buf_put_byte(out, (unsigned char)n);
    return buf_put(out, bytes_at(methods, n));
}

enum parse socks5_greeting_parse(struct bytes in, struct bytes *methods, size_t *used,
                                 const char **why)
{
    if (in.n > 0 && in.p[0] != VERSION)
        return bad(why, "not SOCKS 5");
    if (in.n > 1 && in.p[1] == 0)
        return bad(why, "a SOCKS 5 greeting without methods");
    if (in.n < 2 || in.n < 2u + in.p[1])
        return PARSE_MORE;
    *used = 2u + in.p[1];
    *methods = bytes_slice(in, 2, *used);
    return PARSE_OK;
}

enum parse socks5_method_parse(struct bytes in, unsigned *method, size_t *used, const char **why)
{
    if (in.n > 0 && in.p[0] != VERSION)
        return bad(why, "not SOCKS 5");
    if (in.n < 2)
        return PARSE_MORE;
    *method = in.p[1];
    *used = 2;
    return PARSE_OK;
}

/* Bytes of type, address and port on the wire; 0 when the name is too long. An address that is
 * none is written as 0.0.0.0. */
static size_t destination_length(const struct socks_destination *to)
{
    if (to->name.n > SOCKS_NAME_LIMIT)
        return 0;
    if (to->name.n > 0)
        return 1 + 1 + to->name.n + 2;
    return 1 + addr_ip_length(&to->addr) + 2;
}

static bool put_destination(struct buf *out, const struct socks_destination *to)
{
    if (to->name.n > 0) {
        buf_put_byte(out, TYPE_NAME);
        buf_put_byte(out, (unsigned char)to->name.n);
        buf_put(out, to->name);
    } else {
        buf_put_byte(out, to->addr.family == ADDR_IPV6 ? TYPE_IPV6 : TYPE_IPV4);
        buf_put(out, bytes_at(to->addr.ip, addr_ip_length(&to->addr)));
    }
    return buf_put_u16(out, to->port);
}

/* Requests and replies have one form: version, command or code, a zero, a destination. */
static bool put_message(struct buf *out, unsigned second, const struct socks_destination *to)
{
    size_t n = destination_length(to);
    if (n == 0 || second > 255 || !buf_reserve(out, HEAD + n))
        return false;
    buf_put_byte(out, VERSION);
    buf_put_byte(out, (unsigned char)second);
    buf_put_byte(out, 0);
    return put_destination(out, to);
}

/* Length of the address that follows the type byte, a name's length byte included. */
static enum parse address_length(struct bytes in, size_t *n, const char **why)
{
    if (in.n == 0)
        return PARSE_MORE;
    switch (in.p[0]) {
    case TYPE_IPV4:
        *n = 4;
        return PARSE_OK;
    case TYPE_IPV6:
        *n = 16;
        return PARSE_OK;
    case TYPE_NAME:
        if (in.n < 2)
            return PARSE_MORE;
        *n = 1u + in.p[1];
        return PARSE_OK;
    default:
        return bad(why, "an address type that SOCKS 5 does not know");
    }
}

/* Reads type, address and port at *at, which is moved behind them. */
static enum parse take_destination(struct bytes in, size_t *at, struct socks_destination *to,
                                   const char **why)
{
    struct bytes rest = bytes_slice(in, *at, in.n);
    size_t n = 0;
    enum parse state = address_length(rest, &n, why);
    if (state != PARSE_OK)
        return state;
    if (rest.n < 1 + n + 2)
        return PARSE_MORE;
    *to = (struct socks_destination){.port = (uint16_t)(rest.p[1 + n] << 8 | rest.p[2 + n])};
    if (rest.p[0] == TYPE_NAME) {
        to->name = bytes_slice(rest, 2, 1 + n);
    } else {
        to->addr.family = n == 16 ? ADDR_IPV6 : ADDR_IPV4;
        to->addr.port = to->port;
        memcpy(to->addr.ip, rest.p + 1, n);
    }
    *at += 1 + n + 2;
    return PARSE_OK;
}

static bool is_command(unsigned char c)
{
    return c == SOCKS_CONNECT || c == SOCKS_BIND || c == SOCKS_UDP;
}

bool socks5_request_put(struct buf *out, enum socks_command command,
                        const struct socks_destination *to)
{
    bool somewhere = to->name.n > 0 || to->addr.family != ADDR_NONE;
    return somewhere && is_command((unsigned char)command) && put_message(out, command, to);
}

enum parse socks5_request_parse(struct bytes in, enum socks_command *command,
                                struct socks_destination *to, size_t *used, const char **why)
{
    struct socks_destination got;
    size_t at = HEAD;
    if (in.n > 0 && in.p[0] != VERSION)
        return bad(why, "not SOCKS 5");
    if (in.n > 1 && !is_command(in.p[1]))
        return bad(why, "a command that SOCKS 5 does not know");
    if (in.n > 2 && in.p[2] != 0)
        return bad(why, "the reserved byte of a SOCKS 5 request is not zero");
    enum parse state = take_destination(in, &at, &got, why);
    if (state != PARSE_OK)
        return state;
    if (in.p[HEAD] == TYPE_NAME && got.name.n == 0)
        return bad(why, "an empty host name");
    *command = (enum socks_command)in.p[1];
    *to = got;
    *used = at;
    return PARSE_OK;
}

bool socks5_reply_put(struct buf *out, const struct socks5_reply *reply)
{
    return put_message(out, reply->code, &reply->bound);
}

/* The reserved byte is not looked at, and the bound name may be empty: both are seen in the field,
 * and the code says all that matters. */
enum parse socks5_reply_parse(struct bytes in, struct socks5_reply *out, size_t *used,
                              const char **why)
{
    struct socks5_reply r = {0};
    size_t at = HEAD;
    if (in.n > 0 && in.p[0] != VERSION)
        return bad(why, "not SOCKS 5");
    enum parse state = take_destination(in, &at, &r.bound, why);
    if (state != PARSE_OK)
        return state;
    r.code = in.p[1];
    *out = r;
    *used = at;
    return PARSE_OK;
}

const char *socks5_code_text(unsigned code)
{
    static const char *const texts[] = {
        "succeeded",
        "general failure",
        "not allowed by the proxy's rules",
        "network unreachable",
        "host unreachable",
        "connection refused",
        "time to live expired",
        "command not supported",
        "address type not supported",
    };
    return code < sizeof texts / sizeof texts[0] ? texts[code]
                                                 : "a code that SOCKS 5 does not know";
}
