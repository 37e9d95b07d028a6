/*
 * fetch: one question to a service by HTTP or HTTPS, and its answer, through libcurl.
 *
 * Not for targets: this is for services that the operator names. It waits for the answer, to a limit in time and in
 * bytes, whatever the service does. HTTPS is verified by the system's certificates; proxies are those of libcurl's
 * environment variables (https_proxy, no_proxy, ...).
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"

#define FETCH_SLOW (2 * SPAN_SECOND)

struct fetch {
    const char *url;
    const char *type; /* the body's: "application/timestamp-query" */
    struct bytes body;
    span limit;                       /* for all of it */
    void (*on_slow)(const char *url); /* called once when it has taken FETCH_SLOW; or NULL */
};

/* GETs what the URL names, as fetch_post does; type and body are none. */
bool fetch_get(const struct fetch *f, struct buf *out, struct fail *fail);
/* An http:// or https:// URL with a host, and without control characters or a password. */
bool fetch_is_url(const char *url);
/* POSTs the body; appends the answer's, which may fill `out` to its limit. Fails: ETIMEDOUT, ELIMIT (a longer answer),
 * EHTTP (another status than 200), ENONAME, ECONNREFUSED, ETLS, EIO. The fail names the URL. */
bool fetch_post(const struct fetch *f, struct buf *out, struct fail *fail);
