/*
 * socks: SOCKS 4 (and 4a, where the name is resolved by the proxy) and SOCKS 5 (RFC 1928), the
 * client's messages and the server's, each both written and read (the simulators are servers).
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "proto/parse.h"

enum { SOCKS_NAME_LIMIT = 255 };

enum socks_command { SOCKS_CONNECT = 1, SOCKS_BIND = 2, SOCKS_UDP = 3 };

/* Destination of a request: a name when name.n > 0, else the address. */
struct socks_destination {
    struct bytes name;
    struct addr addr;
    uint16_t port;
};

/* SOCKS 4: the answer's second byte. */
enum {
    SOCKS4_GRANTED = 0x5a,
    SOCKS4_REJECTED = 0x5b,
    SOCKS4_NO_IDENTD = 0x5c,
    SOCKS4_IDENTD = 0x5d
};

struct socks4_request {
    enum socks_command command;
    struct socks_destination to; /* a name: SOCKS 4a */
    struct bytes user;
};
struct socks4_reply {
    unsigned code;
    struct addr bound; /* IPv4 and port */
};

/* False for IPv6 destinations and names or users with NUL or over SOCKS_NAME_LIMIT. */
bool socks4_request_put(struct buf *out, const struct socks4_request *request);
enum parse socks4_request_parse(struct bytes in, struct socks4_request *out, size_t *used,
                                const char **why);
bool socks4_reply_put(struct buf *out, const struct socks4_reply *reply);
/* A reply whose first byte is not 0 is PARSE_BAD (some servers send 4: that one is taken). */
enum parse socks4_reply_parse(struct bytes in, struct socks4_reply *out, size_t *used,
                              const char **why);
/* What a reply code says, in words. Static text. */
const char *socks4_code_text(unsigned code);

/* SOCKS 5 methods. */
enum { SOCKS5_NO_AUTH = 0, SOCKS5_GSSAPI = 1, SOCKS5_PASSWORD = 2, SOCKS5_NO_METHOD = 0xff };

struct socks5_reply {
    unsigned code; /* 0 = succeeded; RFC 1928, section 6 */
    struct socks_destination bound;
};

bool socks5_greeting_put(struct buf *out, const unsigned char *methods, size_t n);
/* out = the method bytes. */
enum parse socks5_greeting_parse(struct bytes in, struct bytes *methods, size_t *used,
                                 const char **why);
enum parse socks5_method_parse(struct bytes in, unsigned *method, size_t *used, const char **why);
bool socks5_request_put(struct buf *out, enum socks_command command,
                        const struct socks_destination *to);
enum parse socks5_request_parse(struct bytes in, enum socks_command *command,
                                struct socks_destination *to, size_t *used, const char **why);
bool socks5_reply_put(struct buf *out, const struct socks5_reply *reply);
enum parse socks5_reply_parse(struct bytes in, struct socks5_reply *out, size_t *used,
                              const char **why);
const char *socks5_code_text(unsigned code);
