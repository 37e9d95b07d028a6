/*
 * packet: IP packets made up around bytes that were sent: IPv4 (RFC 791) or IPv6 (RFC 8200) with TCP (RFC 9293) or UDP
 * (RFC 768), their checksums right.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"

enum packet_flag {
    PACKET_FIN = 1,
    PACKET_SYN = 2,
    PACKET_RST = 4,
    PACKET_PSH = 8,
    PACKET_ACK = 16,
};

enum { PACKET_PAYLOAD = 60000 }; /* at most */

/* Both addresses are of one family, with ports. */
struct packet_way {
    struct addr from;
    struct addr to;
};

bool packet_put_tcp(struct buf *out, const struct packet_way *way, uint32_t sequence,
                    uint32_t acknowledged, unsigned flags, struct bytes payload);
bool packet_put_udp(struct buf *out, const struct packet_way *way, struct bytes payload);
