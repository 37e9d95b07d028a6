/* h2_inside: what both halves of an HTTP/2 connection share: h2.c, h2_server.c. */
#pragma once

#include "proto/h2.h"

#include <nghttp2/nghttp2.h>

struct h2 {
    nghttp2_session *session;
    bool serves;
    int32_t stream; /* 0: not asked yet */
    size_t taken;
    unsigned frames;
    bool has_settings;
    bool is_asked; /* as the server: its head has come */
    bool ended;
    bool closing; /* as the server: our half ends once all is sent */
    unsigned code;
    uint32_t error;
    struct buf fields;
    struct buf heard;
    struct buf unsent; /* of the tunnel */
    struct buf output;
};

/* A connection with its settings in the output; NULL: no memory. */
struct h2 *h2_open(bool serves, const nghttp2_settings_entry *settings, size_t n);
/* A field, of which nghttp2 copies name and value. */
nghttp2_nv h2_field(struct bytes name, struct bytes value);
/* Where it gets from what is to go into the tunnel. */
nghttp2_data_provider h2_body(void);
/* Puts what nghttp2 has to send into the output; false: it is too much, or the connection is broken. */
bool h2_flush(struct h2 *h);
