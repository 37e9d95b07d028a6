/*
 * fetch_hop: one GET to a service by HTTP or HTTPS where each step is the asker's decision: no redirection is followed, no
 * address connected to that he has not allowed, and what was said on both sides is kept.
 *
 * HTTP/1.1, verified by the system's certificates or those that are named; the environment's proxies count for nothing.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"
#include "net/fetcher.h"

enum { FETCH_HEAD = 32 * 1024, FETCH_LOCATION = 2048 };

struct fetch_hop {
    const char *url;    /* fetch_is_url */
    const char *accept; /* the media type that is wanted */
    span limit;         /* for all of it */
    const char
        *proxy; /* an URL; NULL: none. Behind one, addresses are its matter: it looks names up */
    const char *ca_file; /* PEM: the authorities; NULL: those of curl_handle.h */
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

/* What came of it, once, from the loop: the reply, filled as far as it came, lent for the call; `why` NULL: there is an answer,
 * of any status; else as fetch_post fails; and EDENIED: the address is one that may_connect does not want. */
typedef void (*fetch_on_reply)(void *arg, const struct fetch_reply *reply, const struct fail *why);
/* Appends the body, with its transfer coding taken off, to `body`, which has a limit. What the question points to is lent until
 * fn is called. False with fail: it could not begin, and fn is not called. */
bool fetch_hop(struct fetcher *f, const struct fetch_hop *hop, struct buf *body, fetch_on_reply fn,
               void *arg, struct fail *fail);
