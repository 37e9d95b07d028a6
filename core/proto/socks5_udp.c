#include "proto/socks5_udp.h"

#include <string.h>

enum { HEAD = 3, VERSION = 5, HEAD_LIMIT = HEAD + 1 + 1 + SOCKS_NAME_LIMIT + 2 };

/* Behind its first three bytes a head is a request, or a reply. */
bool socks5_udp_put(struct buf *out, const struct socks_destination *to)
{
    size_t at = out->n;
    if (!socks5_request_put(out, SOCKS_UDP, to))
        return false;
    memset(out->p + at, 0, HEAD);
    return true;
}

enum parse socks5_udp_parse(struct bytes datagram, struct socks_destination *from,
                            struct bytes *data, const char **why)
{
    unsigned char head[HEAD_LIMIT];
    struct socks5_reply as_reply;
    size_t used = 0;
    size_t n = datagram.n < HEAD_LIMIT ? datagram.n : HEAD_LIMIT;
    *why = "no datagram of a SOCKS 5 proxy";
    if (n < HEAD || datagram.p[0] != 0 || datagram.p[1] != 0 || datagram.p[2] != 0)
        return PARSE_BAD;
    memcpy(head, datagram.p, n);
    head[0] = VERSION;
    if (socks5_reply_parse(bytes_at(head, n), &as_reply, &used, why) != PARSE_OK)
        return PARSE_BAD;
    *from = as_reply.bound;
    if (from->name.n > 0) /* a view of the copy: of the datagram instead */
        from->name.p = datagram.p + (from->name.p - head);
    *data = bytes_slice(datagram, used, datagram.n);
    return PARSE_OK;
}
