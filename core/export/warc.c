/* What was asked and answered in HTTP/1 as a web archive, each case with its tape beside it. */
#include "export/format.h"
#include "export/warc_record.h"
#include "export/wire.h"
#include "proto/http_head.h"

#include <stdio.h>

enum { BODY_LIMIT = 2 * 1024 * 1024, URI = 4096, NAME = 256 };

/* A request of ours and what came after it. */
struct exchange {
    bool tls; /* it stands inside TLS */
    struct addr peer;
    bool is_asked;
    struct buf request;
    struct buf response;
    unsigned line; /* of the tape, where the request is */
    instant at;
    instant answered;
};

struct archive {
    struct exporting *e;
    const struct bundle_case *one;
    struct wire_table exchanges; /* one for each connection */
    instant started;
    unsigned long found; /* in this case */
};

static bool put(struct archive *a, const struct warc_record *r, struct fail *fail)
{
    return warc_put(&a->e->out, r) || fail_set(fail, "ELIMIT", "too large to be exported");
}

/* Names that are the same whenever this bundle is exported. */
static const char *id_of(const struct archive *a, const char *what, unsigned line,
                         char out[WARC_ID])
{
    char name[NAME];
    char seal[SHA256_HEX];
    hash_hex(a->e->report->seal, SHA256_SIZE, seal);
    snprintf(name, sizeof name, "ajar-warc %s %s %s %u", seal, a->one ? a->one->id : "-", what,
             line);
    return warc_id(out, name);
}

/* ---- an exchange ---- */

static bool is_uri(struct bytes target)
{
    for (size_t i = 0; i < target.n; i++)
        if (target.p[i] <= ' ' || target.p[i] > '~' || target.p[i] == '<' || target.p[i] == '>')
            return false;
    return target.n > 0 && target.n < URI - 128;
}

/* A proxy was asked for a URI; a path, or where to connect to, is put behind the server's own address. */
static void put_uri(struct buf *out, const struct exchange *x, struct bytes target)
{
    char text[ADDR_TEXT];
    bool fits = is_uri(target);
    if (fits &&
        (bytes_starts_nocase(target, "http://") || bytes_starts_nocase(target, "https://"))) {
        buf_put(out, target);
        return;
    }
    buf_printf(out, "%s://%s", x->tls ? "https" : "http", addr_text(&x->peer, text));
    if (fits && target.p[0] == '/')
        buf_put(out, target);
    else
        buf_put_byte(out, '/');
}

/* Of what came back: all, or behind a CONNECT that was granted the head alone, as a tunnel follows. Nothing when it is no
 * HTTP. */
static struct bytes answer_of(const struct exchange *x, struct bytes method)
{
    struct http_response response;
    const char *why;
    size_t used = 0;
    struct bytes all = buf_view(&x->response);
    if (http_response_parse(all, &response, &used, &why) != PARSE_OK)
        return bytes_at(NULL, 0);
    bool tunnel = bytes_equal_text(method, "CONNECT") && response.code / 100 == 2;
    return tunnel ? bytes_slice(all, 0, used) : all;
}

static bool put_exchange(struct archive *a, const struct exchange *x, struct bytes uri,
                         struct bytes answer, struct fail *fail)
{
    char request[WARC_ID];
    char response[WARC_ID];
    struct warc_record r = {.type = "request",
                            .id = id_of(a, "request", x->line, request),
                            .at = x->at,
                            .target = uri,
                            .peer = &x->peer,
                            .content_type = "application/http;msgtype=request",
                            .block = buf_view(&x->request)};
    if (!put(a, &r, fail))
        return false;
    a->found++;
    if (answer.n == 0)
        return true;
    r.type = "response";
    r.id = id_of(a, "response", x->line, response);
    r.at = x->answered;
    r.concurrent = request;
    r.content_type = "application/http;msgtype=response";
    r.block = answer;
    return put(a, &r, fail);
}

/* What is under way is over. */
static bool finish(struct archive *a, struct exchange *x, struct fail *fail)
{
    struct http_request request;
    const char *why;
    size_t used = 0;
    bool ok = true;
    struct buf uri = buf_new(URI);
    if (x->is_asked &&
        http_request_parse(buf_view(&x->request), &request, &used, &why) == PARSE_OK) {
        put_uri(&uri, x, request.target);
        ok = put_exchange(a, x, buf_view(&uri), answer_of(x, request.method), fail);
    }
    buf_free(&uri);
    buf_free(&x->request);
    buf_free(&x->response);
    x->is_asked = false;
    return ok;
}

/* ---- records ---- */

static bool begins_request(struct bytes data)
{
    struct http_request request;
    const char *why;
    size_t used = 0;
    return http_request_parse(data, &request, &used, &why) == PARSE_OK;
}

static bool grow(struct buf *b, struct bytes data, struct fail *fail)
{
    return buf_put(b, data) || fail_set(fail, "ENOMEM", "no memory for a message");
}

static bool take_sent(struct archive *a, struct exchange *x, const struct record *r, unsigned line,
                      struct fail *fail)
{
    bool begins = begins_request(r->data);
    if (x->is_asked && !begins && x->response.n == 0)
        return grow(&x->request, r->data, fail); /* its body */
    if (!finish(a, x, fail))
        return false;
    if (!begins)
        return true; /* what goes through a tunnel, or no HTTP */
    x->is_asked = true;
    x->request = buf_new(BODY_LIMIT);
    x->response = buf_new(BODY_LIMIT);
    x->line = line;
    x->at = a->started + r->t;
    return grow(&x->request, r->data, fail);
}

static bool take_received(const struct archive *a, struct exchange *x, const struct record *r,
                          struct fail *fail)
{
    if (!x->is_asked)
        return true;
    if (x->response.n == 0)
        x->answered = a->started + r->t;
    return grow(&x->response, r->data, fail);
}

static bool take(void *arg, const struct tape_head *head, const struct record *r, unsigned line,
                 struct fail *fail)
{
    struct archive *a = arg;
    bool udp;
    bool ok;
    a->started = head->started;
    struct exchange *x = r->c > 0 ? wire_row(&a->exchanges, r->c, fail) : NULL;
    if (!x)
        return r->c == 0;
    switch (r->op) {
    case RECORD_OPEN:
        ok = finish(a, x, fail);
        wire_peer(r, &x->peer, &udp);
        x->tls = false;
        return ok;
    case RECORD_SECURED: /* from here on the tape has what was inside */
        ok = finish(a, x, fail);
        x->tls = true;
        return ok;
    case RECORD_SEND:
        return take_sent(a, x, r, line, fail);
    case RECORD_RECV:
        return take_received(a, x, r, fail);
    case RECORD_OPENED:
        return true;
    default:
        return finish(a, x, fail);
    }
}

/* ---- a case ---- */

/* What is left, in the order of the connections; when it failed before, nothing is written any more. */
static bool finish_all(struct archive *a, bool ok, struct fail *fail)
{
    for (size_t i = 0; i < a->exchanges.count; i++) {
        struct exchange *x = (struct exchange *)(void *)(a->exchanges.rows + i * a->exchanges.row);
        x->is_asked &= ok;
        ok = finish(a, x, fail) && ok;
    }
    return ok;
}

/* All that crossed the wire, also what is no HTTP. */
static bool put_tape(struct archive *a, struct fail *fail)
{
    char id[WARC_ID];
    char uri[NAME];
    snprintf(uri, sizeof uri, "urn:x-ajar:%s:tape.jsonl", a->one->id);
    struct warc_record r = {.type = "resource",
                            .id = id_of(a, "tape", 0, id),
                            .at = a->started,
                            .target = bytes_of(uri),
                            .content_type = "application/x-ndjson",
                            .block = a->one->tape};
    return a->found == 0 || put(a, &r, fail);
}

static bool each(struct exporting *e, const struct bundle_case *one, struct fail *fail)
{
    struct archive a = {.e = e, .one = one, .exchanges = {.row = sizeof(struct exchange)}};
    bool ok = wire_each(one->tape, take, &a, fail);
    ok = finish_all(&a, ok, fail) && put_tape(&a, fail);
    wire_table_free(&a.exchanges);
    return ok;
}

static bool begin(struct exporting *e, struct fail *fail)
{
    char id[WARC_ID];
    struct archive a = {.e = e};
    struct buf fields = buf_new(4096);
    struct warc_record r = {.type = "warcinfo",
                            .id = id_of(&a, "info", 0, id),
                            .content_type = "application/warc-fields"};
    time_parse(bytes_of(e->report->sealed), &r.at);
    buf_printf(&fields,
               "software: ajar/" AJAR_VERSION "\r\nformat: WARC File Format 1.1\r\nisPartOf: %s\r\n"
               "description: made by ajar export from the tapes of the bundle %s (file %s, SHA-256 "
               "%s); the "
               "evidence is the bundle\r\n",
               e->report->name, e->report->name, e->file_name, e->file_sha256);
    r.block = buf_view(&fields);
    bool ok = put(&a, &r, fail);
    buf_free(&fields);
    return ok;
}

const struct export_format export_warc = {"warc", false, false, begin, each, NULL};
