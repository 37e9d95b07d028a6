/*
 * fetch_hop: one GET to a service by HTTP or HTTPS where each step is the asker's decision: no redirection is followed, no
 * address connected to that he has not allowed, and what was said on both sides is kept.
 *
 * HTTP/1.1, verified by the system's certificates; the environment's proxies count for nothing.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"

enum { FETCH_HEAD = 32 * 1024, FETCH_LOCATION = 2048 };

struct fetch_hop {
    const char *url;    /* fetch_is_url */
    const char *accept; /* the media type that is wanted */
    span limit;         /* for all of it */
    const char
        *proxy; /* an URL; NULL: none. Behind one, addresses are its matter: it looks names up */
    const struct addr
        *at; /* where the URL's host is, port included, whatever the resolver says; or NULL */
    /* May this address be connected to? Not asked of the proxy's. */
    bool (*may_connect)(void *arg, const struct addr *to);
    void *arg;
};

struct fetch_reply {
    long status;                   /* 0: there is none */
    char location[FETCH_LOCATION]; /* of a redirection, absolute; or empty */
    span retry_after;              /* 0: it does not say */
    struct addr peer;              /* ADDR_NONE: there was no connection */
    struct buf sent;               /* the request, as it was sent (within TLS) */
    struct buf head;               /* the answer's head, as it came */
};

/* Appends the body, with its transfer coding taken off, to `body`, which has a limit. An answer of any status is one. The
 * reply is filled as far as it came, also when this fails, and freed by fetch_reply_free. Fails: as fetch_post; and EDENIED:
 * the address is one that may_connect does not want. */
bool fetch_hop(const struct fetch_hop *hop, struct fetch_reply *reply, struct buf *body,
               struct fail *fail);
void fetch_reply_free(struct fetch_reply *reply);
