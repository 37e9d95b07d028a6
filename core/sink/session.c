#include "sink/session_inside.h"

#include "proto/smtp_command.h"

#include <stdlib.h>

enum { OUTPUT_LIMIT = 64 * 1024, WORD_LIMIT = 256, PATH_LIMIT = 2 * SMTP_COMMAND_LIMIT };

struct session *session_new(const struct session_rules *rules, const struct addr *peer,
                            uint16_t port)
{
    struct session *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->rules = rules;
    s->peer = *peer;
    s->port = port;
    s->in = buf_new(SINK_BYTES);
    s->out = buf_new(OUTPUT_LIMIT);
    s->helo = buf_new(WORD_LIMIT);
    s->sender = buf_new(PATH_LIMIT);
    s->recipient_lines = buf_new((size_t)SINK_RECIPIENTS * PATH_LIMIT);
    return s;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    buf_free(&s->in);
    buf_free(&s->out);
    buf_free(&s->helo);
    buf_free(&s->sender);
    buf_free(&s->recipient_lines);
    free(s);
}

struct token_family session_family(const struct session *s)
{
    return (struct token_family){s->rules->kin ? NULL : s->rules->run_key, s->rules->kin};
}

struct bytes session_rest(const struct session *s)
{
    return bytes_slice(buf_view(&s->in), s->at, s->in.n);
}

bool session_is_silent(const struct session *s)
{
    return s->in.n == 0 && !s->greeted;
}

void session_greet(struct session *s)
{
    if (!s->greeted)
        buf_printf(&s->out, "220 %s ESMTP ajar sink; for tests only\r\n", s->rules->domain);
    s->greeted = true;
}

bool session_over(const struct session *s)
{
    return s->state == SESSION_OVER;
}

struct buf *session_output(struct session *s)
{
    return &s->out;
}

static void end_with(struct session *s, const char *reply)
{
    buf_put_text(&s->out, reply);
    s->state = SESSION_OVER;
}

void session_expire(struct session *s)
{
    bool mail = s->greeted && s->state != SESSION_HTTP;
    end_with(s, mail ? "421 4.4.2 too slow\r\n" : "");
}

/* "GET http://192.0.2.1/ HTTP/1.1" */
static bool is_request_line(struct bytes line)
{
    size_t last = BYTES_NOT_FOUND;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == ' ')
            last = i;
    return last != BYTES_NOT_FOUND &&
           bytes_starts_nocase(bytes_slice(line, last + 1, line.n), "HTTP/1.");
}

/* The first line tells what client this is. False when it is not complete. */
static bool decide(struct session *s)
{
    struct smtp_command c;
    const char *why;
    size_t used = 0;
    enum parse parse = smtp_command_parse(session_rest(s), &c, &used, &why);
    if (parse == PARSE_MORE)
        return false;
    if (parse == PARSE_BAD) {
        end_with(s, "500 5.5.2 this is no line\r\n");
        return true;
    }
    s->at += used;
    if (session_answer_question(s, &c)) {
        s->state = SESSION_OVER;
        return true;
    }
    s->at -= used;
    if (is_request_line(bytes_trim(bytes_slice(session_rest(s), 0, used)))) {
        s->state = SESSION_HTTP;
    } else {
        session_greet(s);
        s->state = SESSION_SMTP;
    }
    return true;
}

/* One step of what the state calls for; false when it needs more bytes. */
static bool step(struct session *s)
{
    switch (s->state) {
    case SESSION_UNDECIDED:
        return decide(s);
    case SESSION_HTTP:
        session_answer_http(s);
        return false;
    case SESSION_SMTP:
        return session_smtp_step(s);
    case SESSION_DATA:
        return session_mail_step(s);
    case SESSION_OVER:
        break;
    }
    return false;
}

void session_feed(struct session *s, struct bytes more, instant now)
{
    s->now = now;
    if (s->state == SESSION_OVER)
        return;
    struct bytes fits = bytes_slice(more, 0, SINK_BYTES - s->in.n);
    bool kept = buf_put(&s->in, fits);
    while (kept && step(s))
        ;
    if ((!kept || fits.n < more.n) && s->state != SESSION_OVER)
        end_with(s, "421 4.3.4 too many bytes on one connection\r\n");
    if (s->out.overflow)
        s->state = SESSION_OVER;
}
