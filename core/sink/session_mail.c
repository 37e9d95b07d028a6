/* A message that came: its trace, and the tokens that it proves. */
#include "sink/session_inside.h"

#include "proto/mail.h"
#include "proto/smtp_command.h"

#include <string.h>

enum { TRACE_LIMIT = 64 * 1024, OVERLAP = 4 /* of the five bytes that end a message */ };

/* RFC 5321, section 4.4. */
static void put_trace(const struct session *s, struct buf *out)
{
    char peer[ADDR_TEXT];
    char at[ADDR_TEXT];
    char when[TIME_TEXT];
    buf_put_text(out, "Return-Path: <");
    buf_put(out, buf_view(&s->sender));
    buf_put_text(out, ">\r\n");
    buf_put(out, buf_view(&s->recipient_lines));
    buf_put_text(out, "Received: from ");
    buf_put(out, buf_view(&s->helo));
    buf_printf(out, " (%s)\r\n\tby %s (%s)\r\n\twith %s;\r\n\t%s\r\n", addr_literal(&s->peer, peer),
               s->rules->domain, addr_literal(&s->rules->at, at), s->extended ? "ESMTP" : "SMTP",
               time_mail_text(s->now, when));
}

static bool same(const struct token *a, const struct token *b)
{
    return memcmp(a->b, b->b, TOKEN_SIZE) == 0;
}

/* The token in the message's own header: no report about the message has it there. */
static bool header_token(const struct session *s, struct bytes message, struct token *out)
{
    struct bytes value;
    return mail_header(message, "Message-ID", 0, &value) &&
           token_find(s->rules->run_key, value, out);
}

/* What a message proves, token by token. */
struct findings {
    struct session_recipient found[SINK_RECIPIENTS + 1];
    unsigned n;
};

/* A token that came to several mailboxes is a bounce only if all of them are for bounces. */
static void add(struct findings *f, const struct token *token, bool bounce)
{
    for (unsigned i = 0; i < f->n; i++)
        if (same(&f->found[i].token, token)) {
            f->found[i].bounce = f->found[i].bounce && bounce;
            return;
        }
    f->found[f->n++] = (struct session_recipient){.token = *token, .bounce = bounce};
}

/* A null reverse-path marks a report of non-delivery, unless it brings the test message itself, whose
 * Message-ID tells: a relay is tested with that path too. */
static struct findings examine(const struct session *s, struct bytes message)
{
    struct findings f = {.n = 0};
    struct token own;
    bool in_header = header_token(s, message, &own);
    bool has_own = in_header || token_find(s->rules->run_key, message, &own);
    bool all_bounces = true;
    for (unsigned i = 0; i < s->recipients; i++) {
        const struct session_recipient *r = &s->recipient[i];
        bool report = s->sender.n == 0 && !(in_header && same(&own, &r->token));
        add(&f, &r->token, r->bounce || report);
        all_bounces = all_bounces && r->bounce;
    }
    if (has_own)
        add(&f, &own, all_bounces || (s->sender.n == 0 && !in_header));
    return f;
}

static void take(struct session *s, struct bytes raw, struct bytes message)
{
    struct findings f = examine(s, message);
    struct receipt said = {0};
    bool any = false;
    for (unsigned i = 0; i < f.n; i++) {
        struct receipt r = session_receipt(s, &f.found[i].token,
                                           f.found[i].bounce ? RECEIPT_BOUNCE : RECEIPT_MAIL, raw);
        if (!session_admit(s, &r, raw))
            continue;
        said = any ? said : r;
        any = true;
    }
    if (!any) {
        buf_put_text(&s->out, "550 5.7.1 this token came too often\r\n");
        return;
    }
    buf_put_text(&s->out, "250 2.0.0 ");
    session_put_answer(&s->out, &said);
    buf_put_text(&s->out, "\r\n");
}

/* Has the end of the message come? The parser begins at the first byte each time, and is asked only
 * then, so that a client that sends byte by byte costs no more than others. */
static bool is_complete(struct session *s)
{
    struct bytes rest = session_rest(s);
    struct bytes unseen = bytes_slice(rest, s->seen, rest.n);
    if (bytes_starts_nocase(rest, ".\r\n") ||
        bytes_find(unseen, bytes_of("\r\n.\r\n")) != BYTES_NOT_FOUND)
        return true;
    s->seen = rest.n > OVERLAP ? rest.n - OVERLAP : 0;
    return false;
}

static void refuse(struct session *s, const char *code, const char *why)
{
    buf_printf(&s->out, "%s %s\r\n", code, why);
    s->state = SESSION_OVER;
}

static void receive(struct session *s, struct buf *raw)
{
    const char *why;
    size_t used = 0;
    put_trace(s, raw);
    size_t trace = raw->n;
    raw->limit = trace + SMTP_MESSAGE_LIMIT;
    enum parse parse = smtp_data_parse(session_rest(s), raw, &used, &why);
    if (parse != PARSE_OK || raw->overflow) {
        refuse(s, "452 4.3.1", "no memory for the message");
        return;
    }
    s->at += used;
    s->state = SESSION_SMTP;
    take(s, buf_view(raw), bytes_slice(buf_view(raw), trace, raw->n));
    session_reset_mail(s);
}

bool session_mail_step(struct session *s)
{
    if (!is_complete(s)) {
        if (session_rest(s).n > SMTP_MESSAGE_LIMIT)
            refuse(s, "552 5.3.4", "the message is too long");
        return false;
    }
    struct buf raw = buf_new(TRACE_LIMIT);
    receive(s, &raw);
    buf_free(&raw);
    return true;
}
