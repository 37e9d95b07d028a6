/* The client that fetches a page: a token is the path of it. */
#include "sink/session_inside.h"

#include "proto/http_head.h"

enum { ANSWER_LIMIT = 1024, FIELD_LIMIT = 100, QUESTION_LIMIT = 4096 };

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

/* What proxies add to a request, and so tell of themselves and of their client. */
static void put_added(struct bytes fields, struct buf *out)
{
    static const char *const names[] = {"Via", "X-Forwarded-For", "Forwarded", "X-Real-IP",
                                        "Proxy-Connection"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bytes value;
        if (!http_field(fields, names[i], 0, &value))
            continue;
        buf_printf(out, "Got %s: ", names[i]);
        for (size_t j = 0; j < value.n && j < FIELD_LIMIT; j++)
            buf_put_byte(out, value.p[j] >= ' ' && value.p[j] < 0x7f ? value.p[j] : '?');
        buf_put_byte(out, '\n');
    }
}

/* A question in the body, "AJAR TOKEN", as a client sends it that has an HTTP proxy talk to another port. */
static bool find_question(const struct session *s, struct bytes body, struct token *token)
{
    static const char word[] = "AJAR ";
    struct token_family ours = session_family(s);
    body = bytes_slice(body, 0, QUESTION_LIMIT);
    for (size_t at = 0; at + sizeof word <= body.n; at++) {
        struct bytes rest = bytes_slice(body, at, body.n);
        if (bytes_starts_nocase(rest, word) && bytes_index(rest, '\n', 0) != BYTES_NOT_FOUND &&
            token_find(&ours, bytes_slice(rest, 0, bytes_index(rest, '\n', 0)), token))
            return true;
    }
    return false;
}

static void accept_token(struct session *s, const struct http_request *request,
                         const struct receipt *receipt)
{
    struct buf body = buf_new(ANSWER_LIMIT);
    session_put_answer(&body, receipt);
    session_put_peer(s, &body);
    buf_put_byte(&body, '\n');
    put_added(request->fields, &body);
    respond(s, "200 OK", buf_view(&body), bytes_equal_text(request->method, "HEAD"));
    buf_free(&body);
}

static bool is_posted(const struct http_request *request)
{
    return (bytes_equal_text(request->method, "POST") ||
            bytes_equal_text(request->method, "PUT")) &&
           (request->chunked || request->length > 0);
}

/* A proxy may have changed the target's form (origin, absolute), but not the token in it. False: more of the
 * body is needed. */
static bool serve(struct session *s, const struct http_request *request)
{
    struct token token;
    enum receipt_kind kind = RECEIPT_HTTP;
    struct bytes body = session_rest(s);
    struct token_family ours = session_family(s);
    bool found = is_served(request->method) && token_find(&ours, request->target, &token);
    if (!found && is_posted(request)) {
        kind = RECEIPT_LINE;
        found = find_question(s, body, &token);
        if (!found && body.n < QUESTION_LIMIT && (request->chunked || body.n < request->length))
            return false;
        s->at += body.n;
    }
    struct bytes raw = bytes_slice(buf_view(&s->in), 0, s->at);
    struct receipt receipt;
    if (found)
        receipt = session_receipt(s, &token, kind, raw);
    if (found && !session_admit(s, &receipt, raw))
        accept_token(s, request, &receipt);
    else
        respond(s, "404 Not Found", bytes_of("no token of this run\n"),
                bytes_equal_text(request->method, "HEAD"));
    return true;
}

void session_answer_http(struct session *s)
{
    struct http_request request;
    const char *why;
    size_t used = 0;
    enum parse parse = http_request_parse(session_rest(s), &request, &used, &why);
    s->at += used;
    if (parse == PARSE_BAD)
        respond(s, "400 Bad Request", bytes_of("this is no HTTP request\n"), false);
    else if (parse == PARSE_OK && !serve(s, &request))
        s->at -= used;
}
