/* The mail server's side of a dialogue: strict, and a mailbox for nothing but tokens. */
#include "sink/session_inside.h"

#include "proto/smtp_command.h"

#include <string.h>
#include <strings.h>

static void reply(struct session *s, const char *text)
{
    buf_put_text(&s->out, text);
    buf_put_text(&s->out, "\r\n");
}

/* For the trace fields: one line of printable ASCII, whatever it was; cut where the buffer ends. */
static void copy_printable(struct buf *to, struct bytes from)
{
    for (size_t i = 0; i < from.n && to->n < to->limit; i++)
        buf_put_byte(to, from.p[i] > ' ' && from.p[i] < 0x7f ? from.p[i] : '?');
}

void session_reset_mail(struct session *s)
{
    s->has_sender = false;
    s->recipients = 0;
    buf_clear(&s->sender);
    buf_clear(&s->recipient_lines);
}

static void hello(struct session *s, const struct smtp_command *c)
{
    if (c->argument.n == 0) {
        reply(s, "501 5.5.4 say who you are");
        return;
    }
    session_reset_mail(s);
    buf_clear(&s->helo);
    copy_printable(&s->helo, c->argument);
    s->extended = c->verb == SMTP_EHLO;
    if (s->extended)
        buf_printf(&s->out,
                   "250-%s\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                   "250 ENHANCEDSTATUSCODES\r\n",
                   s->rules->domain);
    else
        buf_printf(&s->out, "250 %s\r\n", s->rules->domain);
}

/* How long the message will be is neither asked (RFC 1870) nor looked at: who would be refused here, or need not come, could
 * not show what he brings. */
static void sender(struct session *s, const struct smtp_command *c)
{
    if (s->helo.n == 0) {
        reply(s, "503 5.5.1 EHLO first");
    } else if (s->has_sender) {
        reply(s, "503 5.5.1 one sender for a message");
    } else {
        copy_printable(&s->sender, c->path);
        s->has_sender = true;
        reply(s, "250 2.1.0 go on");
    }
}

static void recipient(struct session *s, const struct smtp_command *c)
{
    struct token token;
    struct token_family ours = session_family(s);
    if (!s->has_sender) {
        reply(s, "503 5.5.1 MAIL first");
    } else if (!token_find(&ours, c->path, &token)) {
        reply(s, "550 5.1.1 no such mailbox: only tests of this run are taken here");
    } else if (s->recipients == SINK_RECIPIENTS) {
        reply(s, "452 4.5.3 too many recipients");
    } else {
        s->recipient[s->recipients++] =
            (struct recipient){.token = token, .bounce = recipient_is_bounce(c->path, &token)};
        buf_put_text(&s->recipient_lines, "X-Ajar-Rcpt-To: <");
        copy_printable(&s->recipient_lines, c->path);
        buf_put_text(&s->recipient_lines, ">\r\n");
        reply(s, "250 2.1.5 go on");
    }
}

static void data(struct session *s)
{
    if (s->recipients == 0) {
        reply(s, "503 5.5.1 RCPT first");
        return;
    }
    s->seen = 0;
    s->state = SESSION_DATA;
    reply(s, "354 end with a dot alone on its line");
}

static void other(struct session *s, const struct smtp_command *c)
{
    if (!session_answer_question(s, c))
        reply(s, "500 5.5.2 no such command");
}

static void obey(struct session *s, const struct smtp_command *c)
{
    switch (c->verb) {
    case SMTP_HELO:
    case SMTP_EHLO:
        hello(s, c);
        break;
    case SMTP_MAIL:
        sender(s, c);
        break;
    case SMTP_RCPT:
        recipient(s, c);
        break;
    case SMTP_DATA:
        data(s);
        break;
    case SMTP_RSET:
        session_reset_mail(s);
        reply(s, "250 2.0.0 forgotten");
        break;
    case SMTP_NOOP:
        reply(s, "250 2.0.0 nothing done");
        break;
    case SMTP_QUIT:
        reply(s, "221 2.0.0 goodbye");
        s->state = SESSION_OVER;
        break;
    case SMTP_VRFY:
        reply(s, "252 2.5.2 send it and see");
        break;
    case SMTP_EXPN:
    case SMTP_HELP:
    case SMTP_STARTTLS:
    case SMTP_AUTH:
        reply(s, "502 5.5.1 not here");
        break;
    case SMTP_UNKNOWN:
        other(s, c);
        break;
    }
}

bool session_smtp_step(struct session *s)
{
    struct smtp_command c;
    const char *why;
    size_t used = 0;
    enum parse parse = smtp_command_parse(session_rest(s), &c, &used, &why);
    if (parse == PARSE_MORE)
        return false;
    if (parse == PARSE_BAD) {
        buf_printf(&s->out, "500 5.5.2 %s\r\n", why);
        s->state = SESSION_OVER;
        return true;
    }
    s->at += used;
    if (++s->commands > SINK_COMMANDS) {
        reply(s, "421 4.7.0 too many commands");
        s->state = SESSION_OVER;
        return true;
    }
    obey(s, &c);
    return true;
}
