/* A message that came: its trace, and the tokens that it proves. */
#include "sink/session_inside.h"

#include "proto/smtp_command.h"

#include <string.h>

enum { TRACE_LIMIT = 64 * 1024, OVERLAP = 4 /* of the five bytes that end a message */ };

/* RFC 5321, section 4.4. `refusal`: why only its beginning stands below, or NULL. */
static void put_trace(const struct session *s, const char *refusal, struct buf *out)
{
    char peer[ADDR_TEXT];
    char at[ADDR_TEXT];
    char when[TIME_TEXT];
    if (refusal)
        buf_printf(out, RECEIPT_REFUSED " %s; this is its beginning\r\n", refusal);
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

/* `reply` stands before the answer. */
static void take(struct session *s, struct bytes raw, struct bytes message, const char *reply)
{
    struct token_family ours = session_family(s);
    struct findings f = findings_of(&ours, s->rules->domain, s->recipient, s->recipients,
                                    buf_view(&s->sender), message);
    struct receipt said = {0};
    const char *refusal = NULL;
    bool any = false;
    for (unsigned i = 0; i < f.n; i++) {
        struct receipt r = session_receipt(s, &f.token[i], f.kind[i], raw);
        const char *why = session_admit(s, &r, raw);
        if (why) {
            refusal = why;
            continue;
        }
        said = any ? said : r;
        any = true;
    }
    if (!any) {
        buf_printf(&s->out, "%s\r\n", refusal);
        return;
    }
    buf_printf(&s->out, "%s ", reply);
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

/* The message below its trace; how long that is. */
static size_t put_mail(const struct session *s, const char *refusal, struct bytes message,
                       struct buf *raw)
{
    buf_clear(raw);
    put_trace(s, refusal, raw);
    size_t trace = raw->n;
    buf_put(raw, message);
    return trace;
}

/* Keeps what came, or as much of it as a receipt may have. What is refused for its size (`refusal`, or NULL) has come all
 * the same, and its header tells what mail it is. */
static void keep(struct session *s, struct bytes message, const char *refusal)
{
    struct buf raw = buf_new(TRACE_LIMIT + SMTP_MESSAGE_LIMIT);
    size_t trace = put_mail(s, refusal, message, &raw);
    if (!refusal && !receipt_fits(buf_view(&raw))) {
        refusal = "552 5.3.4 too many lines";
        trace = put_mail(s, refusal, message, &raw);
    }
    struct bytes kept = bytes_slice(buf_view(&raw), 0, receipt_beginning(buf_view(&raw)));
    if (raw.overflow)
        refuse(s, "452 4.3.1", "no memory for the message");
    else
        take(s, kept, bytes_slice(kept, trace, kept.n), refusal ? refusal : "250 2.0.0");
    buf_free(&raw);
}

/* `complete`: its end is there; else it is too long already. */
static void receive(struct session *s, bool complete, struct buf *message)
{
    const char *why;
    size_t used = 0;
    if (complete && smtp_data_parse(session_rest(s), message, &used, &why) == PARSE_OK) {
        s->at += used;
        s->state = SESSION_SMTP;
        keep(s, buf_view(message), NULL);
    } else if (message->overflow) {
        refuse(s, "452 4.3.1", "no memory for the message");
    } else {
        smtp_data_begin(session_rest(s), message);
        s->state = SESSION_OVER;
        keep(s, buf_view(message), "552 5.3.4 the message is too long");
    }
    session_reset_mail(s);
}

bool session_mail_step(struct session *s)
{
    bool complete = is_complete(s);
    if (!complete && session_rest(s).n <= SMTP_MESSAGE_LIMIT)
        return false;
    struct buf message = buf_new(SMTP_MESSAGE_LIMIT);
    receive(s, complete, &message);
    buf_free(&message);
    return true;
}
