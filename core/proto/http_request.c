/* Writing a request: see http_head.h. */
#include "proto/http_head.h"

/* What may stand in a field's value: a TAB, and all but control characters. */
static bool is_value(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if ((b.p[i] < ' ' && b.p[i] != '\t') || b.p[i] == 0x7f)
            return false;
    return true;
}

static bool has_blank(struct bytes b)
{
    return bytes_index(b, ' ', 0) != BYTES_NOT_FOUND || bytes_index(b, '\t', 0) != BYTES_NOT_FOUND;
}

/* Whole lines, each with nothing but its CRLF behind a value. That each is a field is seen when the
 * head is read back. */
static bool are_lines(struct bytes more)
{
    for (size_t at = 0; at < more.n;) {
        size_t cr = bytes_index(more, '\r', at);
        if (cr == BYTES_NOT_FOUND || cr == at || cr + 1 >= more.n || more.p[cr + 1] != '\n' ||
            !is_value(bytes_slice(more, at, cr)))
            return false;
        at = cr + 2;
    }
    return true;
}

static bool put_field(struct buf *out, const char *name, struct bytes value)
{
    return buf_put_text(out, name) && buf_put(out, value) && buf_put_text(out, "\r\n");
}

/* Without a host it is a request of HTTP/1.0. */
static bool put_head(struct buf *out, struct bytes method, struct bytes target, struct bytes host,
                     struct bytes user_agent, struct bytes more)
{
    return buf_put(out, method) && buf_put_byte(out, ' ') && buf_put(out, target) &&
           buf_put_text(out, host.n > 0 ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n") &&
           (host.n == 0 || put_field(out, "Host: ", host)) &&
           put_field(out, "User-Agent: ", user_agent) && buf_put(out, more) &&
           buf_put_text(out, "\r\n");
}

/* Our own reader is the judge of what was written: a head that it takes for another is not sent. */
static bool reads_back(struct bytes head, struct bytes method, struct bytes target, unsigned hosts)
{
    struct http_request r;
    struct bytes surplus;
    size_t used = 0;
    const char *why;
    return http_request_parse(head, &r, &used, &why) == PARSE_OK && used == head.n &&
           bytes_equal(r.method, method) && bytes_equal(r.target, target) &&
           !http_field(r.fields, "Host", hosts, &surplus);
}

static bool put(struct buf *out, struct bytes method, struct bytes target, struct bytes host,
                struct bytes user_agent, struct bytes more)
{
    size_t before = out->n;
    if (has_blank(host) || !is_value(host) || !is_value(user_agent) || !are_lines(more))
        return false;
    if (put_head(out, method, target, host, user_agent, more) &&
        reads_back(bytes_slice(buf_view(out), before, out->n), method, target, host.n > 0))
        return true;
    out->n = before;
    return false;
}

bool http_request_put(struct buf *out, struct bytes method, struct bytes target, struct bytes host,
                      struct bytes user_agent, struct bytes more)
{
    return host.n > 0 && put(out, method, target, host, user_agent, more);
}

bool http_request10_put(struct buf *out, struct bytes method, struct bytes target,
                        struct bytes user_agent, struct bytes more)
{
    return put(out, method, target, bytes_of(""), user_agent, more);
}
