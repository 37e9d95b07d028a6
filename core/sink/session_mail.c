/* A message that came: its trace, and the tokens that it proves. */
#include "sink/session_inside.h"

#include "proto/mail.h"
#include "proto/smtp_command.h"

#include <stdio.h>
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

/* What a message says of itself, beside its envelope. */
struct evidence {
    struct token own;
    bool has_own;   /* the token stands in it somewhere */
    bool in_header; /* in its own header: no report about the test message has it there */
    bool is_report; /* it says that it is one, or quotes the test message's header */
};

static bool header_token(const struct session *s, struct bytes message, struct token *out)
{
    /* A relay may write a Message-ID of its own, and leaves fields alone that it does not know. */
    static const char *const fields[] = {"Message-ID", "X-Ajar-Token"};
    struct bytes value;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (mail_header(message, fields[i], 0, &value) && token_find(s->rules->run_key, value, out))
            return true;
    return false;
}

static bool header_begins(struct bytes message, const char *name, const char *word)
{
    struct bytes value;
    return mail_header(message, name, 0, &value) && bytes_starts_nocase(value, word);
}

/* Does the body quote the header? The test message's own body names no mailbox. */
static bool quotes_header(struct bytes message, const struct token *own)
{
    char text[TOKEN_TEXT];
    char mailbox[TOKEN_TEXT + 1];
    size_t end =
        bytes_starts_nocase(message, "\r\n") ? 0 : bytes_find(message, bytes_of("\r\n\r\n"));
    struct bytes body = bytes_slice(message, end == BYTES_NOT_FOUND ? message.n : end, message.n);
    snprintf(mailbox, sizeof mailbox, "%s@", token_text(own, text));
    return bytes_find(body, bytes_of("X-Ajar-Token:")) != BYTES_NOT_FOUND ||
           bytes_find(body, bytes_of(mailbox)) != BYTES_NOT_FOUND;
}

/* RFC 6522, and RFC 3834, section 5: the test message itself is "auto-generated". */
static bool is_report(struct bytes message, const struct evidence *e)
{
    return header_begins(message, "Content-Type", "multipart/report") ||
           header_begins(message, "Auto-Submitted", "auto-replied") ||
           (e->has_own && quotes_header(message, &e->own));
}

static struct evidence evidence_of(const struct session *s, struct bytes message)
{
    struct evidence e = {.in_header = header_token(s, message, &e.own)};
    e.has_own = e.in_header || token_find(s->rules->run_key, message, &e.own);
    e.is_report = !e.in_header && is_report(message, &e);
    return e;
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

/* Did it come to this mailbox as a report, and not as the test message? A mailbox for bounces gets nothing else. To the
 * other one, which is no reverse-path of a test but of that with equal ones, the message itself may come with a null
 * reverse-path and another header, as long as it brings its text. */
static bool is_bounce(const struct session *s, const struct evidence *e,
                      const struct session_recipient *r)
{
    bool brings_text = e->has_own && same(&e->own, &r->token);
    if (r->bounce || (brings_text && e->in_header))
        return r->bounce;
    return e->is_report || (s->sender.n == 0 && !brings_text);
}

static struct findings examine(const struct session *s, struct bytes message)
{
    struct findings f = {.n = 0};
    struct evidence e = evidence_of(s, message);
    bool all_bounces = true;
    for (unsigned i = 0; i < s->recipients; i++) {
        const struct session_recipient *r = &s->recipient[i];
        add(&f, &r->token, is_bounce(s, &e, r));
        all_bounces = all_bounces && r->bounce;
    }
    if (e.has_own)
        add(&f, &e.own, all_bounces || e.is_report || (s->sender.n == 0 && !e.in_header));
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
