#include "proto/h2_server.h"

#include "proto/h2_inside.h"

struct h2 *h2_serve(bool extended)
{
    static const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, H2_FIELDS},
        {NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1},
    };
    return h2_open(true, settings, extended ? 2 : 1);
}

bool h2_asked(const struct h2 *h, struct bytes *fields)
{
    *fields = buf_view(&h->fields);
    return h->is_asked;
}

bool h2_respond(struct h2 *h, struct bytes status, const struct h2_field *fields, size_t n)
{
    nghttp2_nv all[H2_RESPONSE_FIELDS + 1];
    nghttp2_data_provider body = h2_body();
    if (!h->is_asked || n > H2_RESPONSE_FIELDS || !nghttp2_check_header_value(status.p, status.n))
        return false;
    all[0] = h2_field(bytes_of(":status"), status);
    for (size_t i = 0; i < n; i++) {
        all[i + 1] = h2_field(fields[i].name, fields[i].value);
        if (!nghttp2_check_header_name(fields[i].name.p, fields[i].name.n) ||
            !nghttp2_check_header_value(fields[i].value.p, fields[i].value.n))
            return false;
    }
    return nghttp2_submit_response(h->session, h->stream, all, n + 1, &body) == 0 && h2_flush(h);
}

bool h2_finish(struct h2 *h)
{
    h->closing = true;
    return nghttp2_session_resume_data(h->session, h->stream) == 0 && h2_flush(h);
}

bool h2_reset(struct h2 *h, uint32_t error)
{
    return h->is_asked &&
           nghttp2_submit_rst_stream(h->session, NGHTTP2_FLAG_NONE, h->stream, error) == 0 &&
           h2_flush(h);
}

bool h2_go_away(struct h2 *h, uint32_t error)
{
    return nghttp2_submit_goaway(h->session, NGHTTP2_FLAG_NONE, 0, error, NULL, 0) == 0 &&
           h2_flush(h);
}
