/*
 * curl_handle: a question by libcurl, for fetch.c and fetch_hop.c: what both set and read alike.
 */
#pragma once

#include "base/buf.h"
#include "net/curl_library.h"

struct curl_handle {
    struct curl_library lib;
    CURL *curl;
    char why[CURL_ERROR_SIZE]; /* libcurl's own words for a failure */
};

/* Loads libcurl, and sets what holds of all: no signals, our name, how long all of it may take, TLS 1.2 at least, verified by the
 * authorities in the file that the environment's SSL_CERT_FILE names, or else the system's. */
bool curl_handle_open(struct curl_handle *h, int64_t limit_ms, struct fail *fail);
void curl_handle_close(struct curl_handle *h);
/* Those of this PEM file, and no others. */
bool curl_handle_authorities(const struct curl_handle *h, const char *file);
bool curl_handle_number(const struct curl_handle *h, CURLoption option, long value);
bool curl_handle_text(const struct curl_handle *h, CURLoption option, const char *value);
/* The body goes there; what does not fit ends the question. */
bool curl_handle_body(const struct curl_handle *h, struct buf *out);
/* The fail of a question that ended so; CURLE_OK is none. */
bool curl_handle_judge(const struct curl_handle *h, CURLcode result, const struct buf *out,
                       int64_t limit_ms, struct fail *fail);
