/* The client that fetches a page: a token is the path of it. */
#include "sink/session_inside.h"

#include "proto/http_head.h"

enum { BODY_LIMIT = 256 };

static void respond(struct session *s, const char *status, struct bytes body, bool head_only)
{
    buf_printf(&s->out,
               "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\n"
               "Content-Length: %zu\r\nConnection: close\r\n\r\n",
               status, body.n);
    if (!head_only)
        buf_put(&s->out, body);
    s->state = SESSION_OVER;
}

static bool is_served(struct bytes method)
{
    return bytes_equal_text(method, "GET") || bytes_equal_text(method, "HEAD") ||
           bytes_equal_text(method, "POST") || bytes_equal_text(method, "PUT");
}

/* A proxy may have changed the target's form (origin, absolute), but not the token in it. */
static bool admit(struct session *s, const struct http_request *request, struct bytes raw,
                  struct receipt *receipt)
{
    struct token token;
    if (!is_served(request->method) || !token_find(s->rules->run_key, request->target, &token))
        return false;
    *receipt = session_receipt(s, &token, RECEIPT_HTTP, raw);
    return session_admit(s, receipt, raw);
}

static void serve(struct session *s, const struct http_request *request)
{
    struct receipt receipt;
    bool head_only = bytes_equal_text(request->method, "HEAD");
    struct buf body = buf_new(BODY_LIMIT);
    if (admit(s, request, bytes_slice(buf_view(&s->in), 0, s->at), &receipt)) {
        session_put_answer(&body, &receipt);
        session_put_peer(s, &body);
        buf_put_byte(&body, '\n');
        respond(s, "200 OK", buf_view(&body), head_only);
    } else {
        respond(s, "404 Not Found", bytes_of("no token of this run\n"), head_only);
    }
    buf_free(&body);
}

void session_answer_http(struct session *s)
{
    struct http_request request;
    const char *why;
    size_t used = 0;
    enum parse parse = http_request_parse(session_rest(s), &request, &used, &why);
    s->at += used;
    if (parse == PARSE_OK)
        serve(s, &request);
    else if (parse == PARSE_BAD)
        respond(s, "400 Bad Request", bytes_of("this is no HTTP request\n"), false);
}
