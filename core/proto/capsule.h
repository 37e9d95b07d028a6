/*
 * capsule: datagrams in a stream of capsules (RFC 9297), as UDP goes through HTTP (RFC 9298, section 5).
 *
 *     type | length | context | data
 *
 * All but the data are integers of 1, 2, 4 or 8 bytes (RFC 9000, section 16). Type 0 is a datagram, and its context 0
 * one of UDP. Capsules of other types and datagrams of other contexts mean nothing to us and are passed over.
 */
#pragma once

#include "base/buf.h"
#include "proto/parse.h"

/* Of what follows the length, the context included: no datagram that we wait for is nearly as long. */
enum { CAPSULE_LIMIT = 16384 };

/* Appends a capsule with a datagram of UDP; false when it is longer than allowed, or no memory is left. */
bool capsule_put_udp(struct buf *out, struct bytes data);
/* The next datagram of UDP, a view. PARSE_OK: *used counts it and all that was passed over before it. PARSE_MORE: *used
 * counts what was passed over, which may be dropped. PARSE_BAD: a capsule longer than allowed, or a datagram without a
 * context. */
enum parse capsule_udp_parse(struct bytes in, struct bytes *data, size_t *used, const char **why);
