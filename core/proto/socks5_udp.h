/*
 * socks5_udp: what stands before each datagram that goes through a SOCKS 5 proxy (RFC 1928, section 7).
 *
 *     00 00 | fragment | type, address, port | data
 */
#pragma once

#include "proto/socks.h"

/* Appends the head of a datagram that is to go to `to`, or came from it; false when it can't be written. */
bool socks5_udp_put(struct buf *out, const struct socks_destination *to);
/* Takes a whole datagram apart: who sent it, and a view of its data. PARSE_BAD: it is none, or a fragment (which
 * nobody need understand). */
enum parse socks5_udp_parse(struct bytes datagram, struct socks_destination *from,
                            struct bytes *data, const char **why);
