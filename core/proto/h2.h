/*
 * h2: the client's half of an HTTP/2 connection (RFC 9113) that asks for one tunnel, on nghttp2, sans-I/O.
 *
 * A tunnel is a CONNECT without scheme and path (section 8.5), or an extended one that names a protocol (RFC 8441).
 * Nothing is pushed to us. What the other side may spend is bounded: H2_INPUT bytes and H2_FRAMES frames in all,
 * H2_FIELDS bytes of header fields.
 */
#pragma once

#include "base/buf.h"

enum {
    H2_INPUT = 256 * 1024,
    H2_FRAMES = 500,
    H2_FIELDS = 16 * 1024,
    H2_DATA = 64 * 1024 /* unread from the tunnel */
};

struct h2;

struct h2_request {
    struct bytes authority; /* where the tunnel is to lead */
    struct bytes user_agent;
    struct bytes protocol; /* empty: a plain CONNECT */
    struct bytes path;     /* with a protocol */
    bool secure;           /* likewise: the scheme is https */
    bool capsules;         /* likewise: what follows are capsules (RFC 9297) */
};

/* What came for the request so far. */
struct h2_answer {
    unsigned code;       /* the status; 0: none yet */
    struct bytes fields; /* of the head, "name: value" and CRLF each: for http_field */
    bool ended;          /* nothing more will come */
    unsigned error;      /* with which code of RFC 9113, section 7 it was ended; 0: in order */
};

/* Begins with the preface and our settings in the output. NULL when no memory is left. */
struct h2 *h2_new(void);
void h2_free(struct h2 *h);
/* Takes all of it. False when it is no HTTP/2, or too much: *why says so, static text. */
bool h2_feed(struct h2 *h, struct bytes in, const char **why);
/* What is to be sent; the caller clears it. */
struct buf *h2_output(struct h2 *h);
/* The server's settings have come; with them, that it knows extended CONNECT. */
bool h2_has_settings(const struct h2 *h);
bool h2_is_extended(const struct h2 *h);
/* Asks, once. False: no memory, or a text that can't stand in a field. */
bool h2_connect(struct h2 *h, const struct h2_request *request);
/* Views live until the next feed. */
struct h2_answer h2_answer(const struct h2 *h);
/* Puts bytes into the tunnel; false where it has ended or holds no more. */
bool h2_say(struct h2 *h, struct bytes what);
/* What came out of the tunnel; the caller drops what it has read. */
struct buf *h2_heard(struct h2 *h);
