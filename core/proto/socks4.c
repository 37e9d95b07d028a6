#include "proto/socks.h"

#include <string.h>

enum { VERSION = 4, REPLY_LENGTH = 8, REQUEST_HEAD = 8 };

static enum parse bad(const char **why, const char *reason)
{
    *why = reason;
    return PARSE_BAD;
}

/* 0.0.0.x, x not 0, says that a name follows (SOCKS 4a). */
static bool says_name_follows(const unsigned char ip[4])
{
    return ip[0] == 0 && ip[1] == 0 && ip[2] == 0 && ip[3] != 0;
}

static bool is_text(struct bytes b)
{
    return b.n <= SOCKS_NAME_LIMIT && bytes_index(b, 0, 0) == BYTES_NOT_FOUND;
}

static bool can_be_asked(const struct socks4_request *r)
{
    if (r->command != SOCKS_CONNECT && r->command != SOCKS_BIND)
        return false;
    if (!is_text(r->user) || !is_text(r->to.name))
        return false;
    return r->to.name.n > 0 ||
           (r->to.addr.family == ADDR_IPV4 && !says_name_follows(r->to.addr.ip));
}

bool socks4_request_put(struct buf *out, const struct socks4_request *request)
{
    static const unsigned char name_follows[4] = {0, 0, 0, 1};
    const struct socks_destination *to = &request->to;
    bool named = to->name.n > 0;
    size_t need = REQUEST_HEAD + request->user.n + 1 + (named ? to->name.n + 1 : 0);
    if (!can_be_asked(request) || !buf_reserve(out, need))
        return false;
    buf_put_byte(out, VERSION);
    buf_put_byte(out, (unsigned char)request->command);
    buf_put_u16(out, to->port);
    buf_put(out, bytes_at(named ? name_follows : to->addr.ip, 4));
    buf_put(out, request->user);
    buf_put_byte(out, 0);
    return !named || (buf_put(out, to->name) && buf_put_byte(out, 0));
}

/* The text at *at up to its NUL; *at is moved behind it. */
static enum parse take_text(struct bytes in, size_t *at, struct bytes *text, const char **why)
{
    struct bytes rest = bytes_slice(in, *at, in.n);
    size_t n = bytes_index(bytes_slice(rest, 0, SOCKS_NAME_LIMIT + 1), 0, 0);
    if (n == BYTES_NOT_FOUND)
        return rest.n > SOCKS_NAME_LIMIT ? bad(why, "a user or host name is too long") : PARSE_MORE;
    *text = bytes_slice(rest, 0, n);
    *at += n + 1;
    return PARSE_OK;
}

static uint16_t port_at(const unsigned char *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static struct addr ipv4_at(const unsigned char *ip, uint16_t port)
{
    struct addr a = {.family = ADDR_IPV4, .port = port};
    memcpy(a.ip, ip, 4);
    return a;
}

static enum parse take_destination(struct bytes in, size_t *at, struct socks_destination *to,
                                   const char **why)
{
    to->port = port_at(in.p + 2);
    if (!says_name_follows(in.p + 4)) {
        to->addr = ipv4_at(in.p + 4, to->port);
        return PARSE_OK;
    }
    enum parse state = take_text(in, at, &to->name, why);
    return state == PARSE_OK && to->name.n == 0 ? bad(why, "an empty host name") : state;
}

enum parse socks4_request_parse(struct bytes in, struct socks4_request *out, size_t *used,
                                const char **why)
{
    struct socks4_request r = {0};
    size_t at = REQUEST_HEAD;
    if (in.n > 0 && in.p[0] != VERSION)
        return bad(why, "not SOCKS 4");
    if (in.n > 1 && in.p[1] != SOCKS_CONNECT && in.p[1] != SOCKS_BIND)
        return bad(why, "a SOCKS 4 command that is neither CONNECT nor BIND");
    if (in.n < REQUEST_HEAD)
        return PARSE_MORE;
    r.command = (enum socks_command)in.p[1];
    enum parse state = take_text(in, &at, &r.user, why);
    if (state == PARSE_OK)
        state = take_destination(in, &at, &r.to, why);
    if (state != PARSE_OK)
        return state;
    *out = r;
    *used = at;
    return PARSE_OK;
}

bool socks4_reply_put(struct buf *out, const struct socks4_reply *reply)
{
    static const unsigned char none[4] = {0};
    bool bound = reply->bound.family == ADDR_IPV4;
    if (reply->bound.family == ADDR_IPV6 || reply->code > 255 || !buf_reserve(out, REPLY_LENGTH))
        return false;
    buf_put_byte(out, 0);
    buf_put_byte(out, (unsigned char)reply->code);
    buf_put_u16(out, reply->bound.port);
    return buf_put(out, bytes_at(bound ? reply->bound.ip : none, 4));
}

enum parse socks4_reply_parse(struct bytes in, struct socks4_reply *out, size_t *used,
                              const char **why)
{
    if (in.n > 0 && in.p[0] != 0 && in.p[0] != VERSION)
        return bad(why, "not a SOCKS 4 reply");
    if (in.n < REPLY_LENGTH)
        return PARSE_MORE;
    *out = (struct socks4_reply){.code = in.p[1], .bound = ipv4_at(in.p + 4, port_at(in.p + 2))};
    *used = REPLY_LENGTH;
    return PARSE_OK;
}

const char *socks4_code_text(unsigned code)
{
    switch (code) {
    case SOCKS4_GRANTED:
        return "granted";
    case SOCKS4_REJECTED:
        return "rejected or failed";
    case SOCKS4_NO_IDENTD:
        return "rejected: the proxy could not reach our identd";
    case SOCKS4_IDENTD:
        return "rejected: our identd named another user";
    default:
        return "a code that SOCKS 4 does not know";
    }
}
