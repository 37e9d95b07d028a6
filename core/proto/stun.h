/*
 * stun: messages of STUN (RFC 8489) and of TURN, which is made of them (RFC 8656), written and read.
 *
 *     two zero bits, method and class woven into 14 | length of what follows the head | cookie | transaction
 *     attributes: type | length | value, filled up with bytes that count for nothing to a multiple of four
 *
 * Nothing is signed or checked against a password: ajar logs in nowhere.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "proto/parse.h"

enum {
    STUN_HEAD = 20,
    STUN_TRANSACTION = 12,
    STUN_LIMIT = 2048 /* of a message, its head included */
};

enum stun_class { STUN_REQUEST, STUN_INDICATION, STUN_SUCCESS, STUN_ERROR };
enum stun_method {
    STUN_BINDING = 1,
    STUN_ALLOCATE = 3,
    STUN_REFRESH = 4,
    STUN_SEND = 6,
    STUN_DATA = 7,
    STUN_CREATE_PERMISSION = 8,
};
enum stun_attribute {
    STUN_ERROR_CODE = 0x0009,
    STUN_LIFETIME = 0x000d,
    STUN_XOR_PEER_ADDRESS = 0x0012,
    STUN_DATA_BYTES = 0x0013,
    STUN_XOR_RELAYED_ADDRESS = 0x0016,
    STUN_REQUESTED_FAMILY = 0x0017,
    STUN_REQUESTED_TRANSPORT = 0x0019,
    STUN_XOR_MAPPED_ADDRESS = 0x0020,
    STUN_SOFTWARE = 0x8022,
};

struct stun_message {
    unsigned method;
    enum stun_class class;
    unsigned char transaction[STUN_TRANSACTION];
    struct bytes attributes; /* whole ones, one after the other; for the functions below */
};

/* PARSE_BAD for what is no STUN (the first bits, the cookie), for a length that is no multiple of four or over
 * STUN_LIMIT, and when the attributes do not fill the message exactly. A datagram holds one message and nothing
 * else: `used` is then its length. */
enum parse stun_parse(struct bytes in, struct stun_message *out, size_t *used, const char **why);
/* The first attribute of the type. */
bool stun_find(const struct stun_message *m, unsigned type, struct bytes *value);
/* The same as an address that is XORed with cookie and transaction; false also when it is none. */
bool stun_find_address(const struct stun_message *m, unsigned type, struct addr *out);
/* ERROR-CODE: 300 to 699, with its phrase; 0 when there is none. */
unsigned stun_find_error(const struct stun_message *m, struct bytes *phrase);

/* Writes one message into an empty buffer: begin, put each attribute, end. False: no room; ask the buffer once, at the
 * end. */
bool stun_begin(struct buf *out, enum stun_method method, enum stun_class class,
                const unsigned char transaction[STUN_TRANSACTION]);
bool stun_put(struct buf *out, enum stun_attribute type, struct bytes value);
bool stun_put_address(struct buf *out, enum stun_attribute type, const struct addr *address);
bool stun_end(struct buf *out);
