#include "proto/h2_inside.h"

#include <stdlib.h>
#include <string.h>

enum { OUTPUT_LIMIT = 128 * 1024, UNSENT_LIMIT = 64 * 1024, STATUS_DIGITS = 3, MOST_FIELDS = 7 };

static bool is_ours(const struct h2 *h, int32_t stream)
{
    return h->stream != 0 && stream == h->stream;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
    struct h2 *h = arg;
    (void)session;
    if (++h->frames > H2_FRAMES)
        return NGHTTP2_ERR_CALLBACK_FAILURE;
    if (frame->hd.type == NGHTTP2_SETTINGS && !(frame->hd.flags & NGHTTP2_FLAG_ACK))
        h->has_settings = true;
    if (frame->hd.type == NGHTTP2_GOAWAY && h->code == 0) {
        h->ended = true;
        h->error = frame->goaway.error_code;
    }
    if (is_ours(h, frame->hd.stream_id) && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) &&
        (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA))
        h->ended = true;
    if (h->serves && is_ours(h, frame->hd.stream_id) && frame->hd.type == NGHTTP2_HEADERS)
        h->is_asked = true;
    return 0;
}

/* As the server: the first request is the one. */
static int on_begin(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
    struct h2 *h = arg;
    (void)session;
    if (h->serves && h->stream == 0)
        h->stream = frame->hd.stream_id;
    return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t name_n, const uint8_t *value, size_t value_n, uint8_t flags, void *arg)
{
    struct h2 *h = arg;
    struct bytes n = bytes_at(name, name_n);
    struct bytes v = bytes_at(value, value_n);
    unsigned long code = 0;
    (void)session;
    (void)flags;
    if (!is_ours(h, frame->hd.stream_id))
        return 0;
    if (h->serves && n.n > 0 && n.p[0] == ':') {
        n = bytes_slice(n, 1, n.n);
    } else if (bytes_equal_text(n, ":status")) {
        if (v.n == STATUS_DIGITS && bytes_number(v, 999, &code))
            h->code = (unsigned)code;
        buf_clear(&h->fields); /* what an interim answer said is forgotten */
        return 0;
    }
    bool fits = buf_put(&h->fields, n) && buf_put_text(&h->fields, ": ") &&
                buf_put(&h->fields, v) && buf_put_text(&h->fields, "\r\n");
    return fits ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream, const uint8_t *data,
                   size_t n, void *arg)
{
    struct h2 *h = arg;
    (void)session;
    (void)flags;
    if (!is_ours(h, stream))
        return 0;
    return buf_put(&h->heard, bytes_at(data, n)) ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_close(nghttp2_session *session, int32_t stream, uint32_t error, void *arg)
{
    struct h2 *h = arg;
    (void)session;
    if (is_ours(h, stream) && !h->ended) {
        h->ended = true;
        h->error = error;
    }
    return 0;
}

/* Gives nghttp2 what is to go into the tunnel. */
static ssize_t read_unsent(nghttp2_session *session, int32_t stream, uint8_t *to, size_t room,
                           uint32_t *flags, nghttp2_data_source *source, void *arg)
{
    struct h2 *h = arg;
    size_t n = h->unsent.n < room ? h->unsent.n : room;
    (void)session;
    (void)stream;
    (void)source;
    if (n == 0 && !h->closing)
        return NGHTTP2_ERR_DEFERRED;
    if (n > 0)
        memcpy(to, h->unsent.p, n);
    buf_drop(&h->unsent, n);
    *flags = h->closing && h->unsent.n == 0 ? NGHTTP2_DATA_FLAG_EOF : NGHTTP2_DATA_FLAG_NONE;
    return (ssize_t)n;
}

static bool make_session(struct h2 *h)
{
    nghttp2_session_callbacks *callbacks = NULL;
    nghttp2_option *option = NULL;
    if (nghttp2_session_callbacks_new(&callbacks) == 0 && nghttp2_option_new(&option) == 0) {
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
        nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
        nghttp2_option_set_max_outbound_ack(option, 50);
        (h->serves ? nghttp2_session_server_new2
                   : nghttp2_session_client_new2)(&h->session, callbacks, h, option);
    }
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_option_del(option);
    return h->session != NULL;
}

bool h2_flush(struct h2 *h)
{
    for (;;) {
        const uint8_t *p = NULL;
        ssize_t n = nghttp2_session_mem_send(h->session, &p);
        if (n <= 0)
            return n == 0;
        if (!buf_put(&h->output, bytes_at(p, (size_t)n)))
            return false;
    }
}

struct h2 *h2_open(bool serves, const nghttp2_settings_entry *settings, size_t n)
{
    struct h2 *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->serves = serves;
    h->fields = buf_new(H2_FIELDS);
    h->heard = buf_new(H2_DATA);
    h->unsent = buf_new(UNSENT_LIMIT);
    h->output = buf_new(OUTPUT_LIMIT);
    if (make_session(h) &&
        nghttp2_submit_settings(h->session, NGHTTP2_FLAG_NONE, settings, n) == 0 && h2_flush(h))
        return h;
    h2_free(h);
    return NULL;
}

struct h2 *h2_new(void)
{
    static const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, H2_FIELDS},
    };
    return h2_open(false, settings, 2);
}

void h2_free(struct h2 *h)
{
    if (!h)
        return;
    nghttp2_session_del(h->session);
    buf_free(&h->fields);
    buf_free(&h->heard);
    buf_free(&h->unsent);
    buf_free(&h->output);
    free(h);
}

bool h2_feed(struct h2 *h, struct bytes in, const char **why)
{
    h->taken += in.n;
    *why = "too much HTTP/2 for a tunnel";
    if (h->taken > H2_INPUT)
        return false;
    ssize_t n = nghttp2_session_mem_recv(h->session, in.p, in.n);
    if (n == NGHTTP2_ERR_CALLBACK_FAILURE || n == NGHTTP2_ERR_FLOODED || n == NGHTTP2_ERR_NOMEM)
        return false;
    *why = "not HTTP/2";
    return n >= 0 && h2_flush(h) &&
           (nghttp2_session_want_read(h->session) || nghttp2_session_want_write(h->session) ||
            h->has_settings);
}

struct buf *h2_output(struct h2 *h)
{
    return &h->output;
}

bool h2_has_settings(const struct h2 *h)
{
    return h->has_settings;
}

bool h2_is_extended(const struct h2 *h)
{
    return nghttp2_session_get_remote_settings(h->session,
                                               NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL) == 1;
}

/* nghttp2 copies name and value, and writes to neither. */
nghttp2_nv h2_field(struct bytes name, struct bytes value)
{
    union {
        const void *in;
        uint8_t *out;
    } n = {name.n > 0 ? (const void *)name.p : ""}, v = {value.n > 0 ? (const void *)value.p : ""};
    return (nghttp2_nv){n.out, v.out, name.n, value.n, NGHTTP2_NV_FLAG_NONE};
}

nghttp2_data_provider h2_body(void)
{
    return (nghttp2_data_provider){.read_callback = read_unsent};
}

bool h2_connect(struct h2 *h, const struct h2_request *r)
{
    nghttp2_nv fields[MOST_FIELDS];
    size_t n = 0;
    nghttp2_data_provider body = h2_body();
    if (h->stream != 0 || !nghttp2_check_header_value(r->authority.p, r->authority.n) ||
        !nghttp2_check_header_value(r->user_agent.p, r->user_agent.n))
        return false;
    fields[n++] = h2_field(bytes_of(":method"), bytes_of("CONNECT"));
    fields[n++] = h2_field(bytes_of(":authority"), r->authority);
    if (r->protocol.n > 0) {
        fields[n++] = h2_field(bytes_of(":protocol"), r->protocol);
        fields[n++] = h2_field(bytes_of(":scheme"), bytes_of(r->secure ? "https" : "http"));
        fields[n++] = h2_field(bytes_of(":path"), r->path);
    }
    fields[n++] = h2_field(bytes_of("user-agent"), r->user_agent);
    if (r->capsules)
        fields[n++] = h2_field(bytes_of("capsule-protocol"), bytes_of("?1"));
    h->stream = nghttp2_submit_request(h->session, NULL, fields, n, &body, NULL);
    if (h->stream > 0)
        return h2_flush(h);
    h->stream = 0;
    return false;
}

struct h2_answer h2_answer(const struct h2 *h)
{
    bool is_final = h->code >= 200;
    return (struct h2_answer){.code = is_final ? h->code : 0,
                              .fields = buf_view(&h->fields),
                              .ended = h->ended,
                              .error = h->error};
}

bool h2_say(struct h2 *h, struct bytes what)
{
    return h->stream != 0 && (h->serves || !h->ended) && buf_put(&h->unsent, what) &&
           nghttp2_session_resume_data(h->session, h->stream) == 0 && h2_flush(h);
}

struct buf *h2_heard(struct h2 *h)
{
    return &h->heard;
}
