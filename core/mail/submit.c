#include "mail/submit.h"

#include "base/text.h"
#include "mail/recipients.h"
#include "proto/smtp_command.h"

#include <stdio.h>

enum step {
    STEP_BANNER,
    STEP_EHLO,
    STEP_STARTTLS,
    STEP_HANDSHAKE,
    STEP_AUTH,
    STEP_READY,
    STEP_MAIL,
    STEP_RCPT,
    STEP_DATA,
    STEP_HELD,
    STEP_END,
    STEP_RESET,
    STEP_OVER
};

/* A message of line ends or dots alone doubles. */
enum {
    IN_MOST = 4 * SMTP_REPLY_LIMIT,
    HELD_MOST = 2 * SUBMIT_LETTER + 16,
    OUT_MOST = HELD_MOST + 8 * SMTP_COMMAND_LIMIT
};

#define END ".\r\n"

static const char *const results[] = {
    [SUBMIT_NONE] = "none",   [SUBMIT_ACCEPTED] = "accepted", [SUBMIT_REFUSED] = "refused",
    [SUBMIT_LATER] = "later", [SUBMIT_BARRED] = "barred",     [SUBMIT_UNKNOWN] = "unknown"};

const char *submit_result_name(enum submit_result result)
{
    return results[result];
}

static void say(struct submit *s, const char *text)
{
    smtp_command_put(&s->out, bytes_of(text));
}

static void conclude(struct submit *s, enum submit_result result, unsigned code, const char *said)
{
    s->outcome = (struct submit_outcome){.result = result, .code = code};
    snprintf(s->outcome.said, sizeof s->outcome.said, "%s", said);
    text_make_printable(s->outcome.said);
    s->has_letter = false;
}

/* A letter under way ends with it: how far it had come decides what is known of it. */
static void end(struct submit *s)
{
    if (s->has_letter)
        conclude(s, s->step == STEP_END ? SUBMIT_UNKNOWN : SUBMIT_LATER, 0, s->fail.text);
    s->step = STEP_OVER;
    s->state = SUBMIT_OVER;
}

void submit_lost(struct submit *s, const struct fail *why)
{
    if (s->state == SUBMIT_OVER)
        return;
    s->fail = *why;
    end(s);
}

static void break_off(struct submit *s, const char *code, const char *why)
{
    fail_set(&s->fail, code, "%s", why);
    end(s);
}

/* "554 5.7.1 go away", printable. */
static void put_said(const struct smtp_reply *r, char out[SUBMIT_SAID])
{
    snprintf(out, SUBMIT_SAID, "%u %.*s", r->code, (int)(r->said.n < 400 ? r->said.n : 400),
             r->said.n ? (const char *)r->said.p : "");
    text_make_printable(out);
}

/* The server does not serve us. */
static void barred(struct submit *s, const char *code, const char *at, const struct smtp_reply *r)
{
    char said[SUBMIT_SAID];
    put_said(r, said);
    fail_set(&s->fail, code, "the smarthost says to %s: %s", at, said);
    end(s);
}

static void greet(struct submit *s)
{
    char line[300];
    snprintf(line, sizeof line, "EHLO %s", s->options.name);
    say(s, line);
    s->step = STEP_EHLO;
}

static void be_ready(struct submit *s)
{
    s->step = STEP_READY;
    s->state = SUBMIT_READY;
}

static void authenticate(struct submit *s)
{
    struct fail fail;
    s->step = STEP_AUTH;
    s->auth = (struct submit_auth){.user = s->options.user, .password = s->options.password};
    if (!s->secured)
        break_off(s, "EAUTH", "no password is sent outside of verified TLS");
    else if (!submit_auth_begin(&s->auth, &s->offered, &s->out, &fail))
        break_off(s, fail.code, fail.text);
}

static void on_ehlo(struct submit *s, const struct smtp_reply *r)
{
    if (r->code != 250) {
        barred(s, "EPROTO", "EHLO", r);
        return;
    }
    s->offered = smtp_extensions_of(r);
    if (s->options.tls == SUBMIT_STARTTLS && !s->secured && !s->offered.starttls)
        break_off(s, "ETLS", "the smarthost offers no STARTTLS, and nothing is sent in the clear");
    else if (s->options.tls == SUBMIT_STARTTLS && !s->secured) {
        say(s, "STARTTLS");
        s->step = STEP_STARTTLS;
    } else if (s->options.user)
        authenticate(s);
    else
        be_ready(s);
}

static void on_starttls(struct submit *s, const struct smtp_reply *r)
{
    if (r->code != 220) {
        barred(s, r->code / 100 == 4 ? "EAGAIN" : "ETLS", "STARTTLS", r);
        return;
    }
    s->step = STEP_HANDSHAKE;
    s->state = SUBMIT_HANDSHAKE;
}

void submit_secured(struct submit *s)
{
    if (s->step != STEP_HANDSHAKE)
        return;
    s->secured = true;
    s->state = SUBMIT_TALKING;
    s->offered = (struct smtp_extensions){0}; /* what was said in the clear counts for nothing */
    if (s->options.tls == SUBMIT_IMPLICIT)
        s->step = STEP_BANNER;
    else
        greet(s);
}

static void on_auth(struct submit *s, const struct smtp_reply *r)
{
    struct fail fail;
    bool ok = true;
    if (r->code == 334)
        ok = submit_auth_answer(&s->auth, r, &s->out, &fail);
    else if (r->code != 235)
        barred(s, r->code / 100 == 4 ? "EAGAIN" : "EAUTH", "AUTH", r);
    else if ((ok = submit_auth_is_done(&s->auth, &fail)))
        be_ready(s);
    if (!ok)
        break_off(s, fail.code, fail.text);
}

/* Of a reply that is no yes; what it means depends on what it answers. */
static enum submit_result meaning(const struct smtp_reply *r, unsigned step)
{
    struct bytes enhanced;
    struct bytes text;
    smtp_reply_part(r->code, r->said, &enhanced, &text);
    if (r->code / 100 == 4)
        return SUBMIT_LATER;
    if (r->code == 530 || r->code == 535 || r->code == 538)
        return SUBMIT_BARRED;
    bool too_large = r->code == 552 || bytes_equal_text(enhanced, "5.3.4");
    return step == STEP_MAIL && !too_large ? SUBMIT_BARRED : SUBMIT_REFUSED;
}

/* The first no is the one that counts; those behind it follow from it. */
static void note_refusal(struct submit *s, const struct smtp_reply *r)
{
    static const char *const asked[] = {
        [STEP_MAIL] = "MAIL", [STEP_RCPT] = "RCPT", [STEP_DATA] = "DATA"};
    char said[SUBMIT_SAID];
    put_said(r, said);
    conclude(s, meaning(r, s->step), r->code, said);
    bool is_barred = s->outcome.result == SUBMIT_BARRED;
    if (is_barred || r->code == 421)
        barred(s, is_barred ? "EBARRED" : "EAGAIN", asked[s->step], r);
}

static void reset(struct submit *s)
{
    say(s, "RSET");
    s->step = STEP_RESET;
}

static void hold(struct submit *s)
{
    if (!buf_put(&s->out, buf_view(&s->held))) {
        break_off(s, "ENOMEM", "no memory for a letter");
        return;
    }
    buf_clear(&s->held);
    s->step = STEP_HELD;
    s->state = SUBMIT_HELD;
}

/* At once, where the server takes several commands so (RFC 2920); else the next in turn. */
static void say_envelope(struct submit *s)
{
    struct bytes rest = buf_view(&s->envelope);
    size_t n = s->offered.pipelining ? rest.n : bytes_index(rest, '\n', 0) + 1;
    buf_put(&s->out, bytes_slice(rest, 0, n));
    buf_drop(&s->envelope, n);
}

static void on_data(struct submit *s, const struct smtp_reply *r)
{
    if (r->code == 354 && s->has_letter)
        hold(s);
    else if (r->code == 354)
        break_off(s, "EPROTO", "the smarthost asked for a letter whose envelope it had refused");
    else
        reset(s);
}

/* One of several recipients; what is a reason to go later counts more than what is for good. */
static void note_refused_recipient(struct submit *s, const struct smtp_reply *r)
{
    enum submit_result result = meaning(r, STEP_RCPT);
    if (s->asked == 1 || result == SUBMIT_BARRED || r->code == 421) {
        note_refusal(s, r);
        return;
    }
    if (s->refused.result != SUBMIT_NONE &&
        (s->refused.result == SUBMIT_LATER || result != SUBMIT_LATER))
        return;
    s->refused = (struct submit_outcome){.result = result, .code = r->code};
    put_said(r, s->refused.said);
}

/* True: there are more to be answered. */
static bool on_recipient(struct submit *s, const struct smtp_reply *r)
{
    bool yes = r->code / 100 == 2;
    s->left -= s->left > 0;
    s->taken += yes;
    if (!yes && s->has_letter)
        note_refused_recipient(s, r);
    if (s->state == SUBMIT_OVER)
        return false;
    if (s->left > 0) {
        if (!s->offered.pipelining)
            say_envelope(s);
        return true;
    }
    if (s->taken == 0 && s->has_letter)
        conclude(s, s->refused.result, s->refused.code, s->refused.said);
    return false;
}

static void on_envelope(struct submit *s, const struct smtp_reply *r)
{
    bool yes = s->step == STEP_DATA ? r->code == 354 : r->code / 100 == 2;
    if (s->step == STEP_RCPT) {
        if (on_recipient(s, r))
            return;
        yes = s->taken > 0;
    } else if (!yes && s->has_letter)
        note_refusal(s, r);
    if (s->state == SUBMIT_OVER)
        return;
    if (s->step == STEP_DATA)
        on_data(s, r);
    else if (!yes && !s->offered.pipelining)
        reset(s);
    else {
        s->step++;
        if (!s->offered.pipelining)
            say_envelope(s);
    }
}

/* So many recipients of the letter are to be answered. */
static void expect(struct submit *s, unsigned asked)
{
    s->asked = s->left = asked;
    s->taken = 0;
    s->refused = (struct submit_outcome){.result = SUBMIT_NONE};
}

/* "250 queued; 1 of 3 recipients was refused: 550 no such user" */
static void tell_refused(struct submit *s)
{
    char all[2 * SUBMIT_SAID];
    unsigned n = s->asked - s->taken;
    if (n == 0 || s->refused.result == SUBMIT_NONE || s->outcome.result != SUBMIT_ACCEPTED)
        return;
    snprintf(all, sizeof all, "%.200s; %u of %u recipients %s refused: %.250s", s->outcome.said, n,
             s->asked, n == 1 ? "was" : "were", s->refused.said);
    snprintf(s->outcome.said, sizeof s->outcome.said, "%.*s", SUBMIT_SAID - 1, all);
}

/* The letter behind it, whose envelope has been said already, is the one that all replies are about from here on. */
static void turn_to_next(struct submit *s)
{
    struct buf done = s->held;
    s->held = s->next;
    s->next = done;
    buf_clear(&s->next);
    s->ended = s->outcome;
    s->has_ended = true;
    s->follows = false;
    s->outcome = (struct submit_outcome){.result = SUBMIT_NONE};
    s->has_letter = true;
    expect(s, s->next_asked);
    s->step = STEP_MAIL;
    s->state = SUBMIT_TALKING;
}

/* Of the letter's end: now it is known. What is neither yes nor no tells nothing. */
static void on_end(struct submit *s, const struct smtp_reply *r)
{
    char said[SUBMIT_SAID];
    unsigned class = r->code / 100;
    put_said(r, said);
    conclude(s,
             class == 2   ? SUBMIT_ACCEPTED
             : class == 4 ? SUBMIT_LATER
             : class == 5 ? SUBMIT_REFUSED
                          : SUBMIT_UNKNOWN,
             r->code, said);
    tell_refused(s);
    be_ready(s);
    if (s->outcome.result == SUBMIT_UNKNOWN)
        break_off(s, "EPROTO",
                  "the smarthost answered the end of a letter with neither yes nor no");
    else if (r->code == 421)
        break_off(s, "EAGAIN", "the smarthost ends the connection");
    else if (s->follows)
        turn_to_next(s);
}

/* A reply to nothing: a server may say that it ends (RFC 5321, section 3.8). All else is out of turn. */
static void on_unasked(struct submit *s, const struct smtp_reply *r)
{
    char said[SUBMIT_SAID];
    put_said(r, said);
    fail_set(&s->fail, r->code == 421 ? "EAGAIN" : "EPROTO",
             r->code == 421 ? "the smarthost ends the connection: %s"
                            : "the smarthost answered before it was asked: %s",
             said);
    end(s);
}

static void on_reply(struct submit *s, const struct smtp_reply *r)
{
    switch ((enum step)s->step) {
    case STEP_BANNER:
        if (r->code == 220)
            greet(s);
        else
            barred(s, r->code / 100 == 4 ? "EAGAIN" : "EPROTO", "the connection", r);
        break;
    case STEP_EHLO:
        on_ehlo(s, r);
        break;
    case STEP_STARTTLS:
        on_starttls(s, r);
        break;
    case STEP_AUTH:
        on_auth(s, r);
        break;
    case STEP_MAIL:
    case STEP_RCPT:
    case STEP_DATA:
        on_envelope(s, r);
        break;
    case STEP_END:
        on_end(s, r);
        break;
    case STEP_RESET:
        if (r->code == 250)
            be_ready(s);
        else
            barred(s, "EAGAIN", "RSET", r);
        break;
    case STEP_HANDSHAKE:
    case STEP_READY:
    case STEP_HELD:
    case STEP_OVER:
        on_unasked(s, r);
        break;
    }
}

void submit_take(struct submit *s, struct bytes received)
{
    enum parse state = PARSE_OK;
    if (s->state == SUBMIT_OVER)
        return;
    if (!buf_put(&s->in, received))
        break_off(s, "EPROTO", "the smarthost talks without end");
    while (s->state != SUBMIT_OVER && s->in.n > 0 && state == PARSE_OK) {
        struct smtp_reply r;
        size_t used = 0;
        const char *why = "";
        state = smtp_reply_parse(buf_view(&s->in), &r, &used, &why);
        if (state == PARSE_BAD)
            break_off(s, "EPROTO", why);
        else if (state == PARSE_OK) {
            on_reply(s, &r);
            buf_drop(&s->in, used);
        }
    }
    /* RFC 3207, section 4.2: what stood behind the go-ahead was said in the clear. */
    if (s->state == SUBMIT_HANDSHAKE && s->in.n > 0)
        break_off(s, "ETLS", "the smarthost sent more bytes before the handshake");
}

void submit_begin(struct submit *s, const struct submit_options *options)
{
    *s = (struct submit){.options = *options,
                         .in = buf_new(IN_MOST),
                         .out = buf_new(OUT_MOST),
                         .held = buf_new(HELD_MOST),
                         .next = buf_new(HELD_MOST),
                         .envelope = buf_new(3 * SMTP_COMMAND_LIMIT)};
    if (options->tls == SUBMIT_IMPLICIT) {
        s->step = STEP_HANDSHAKE;
        s->state = SUBMIT_HANDSHAKE;
    }
}

void submit_free(struct submit *s)
{
    buf_free(&s->in);
    buf_free(&s->out);
    buf_free(&s->held);
    buf_free(&s->next);
    buf_free(&s->envelope);
}

static bool has_eight_bits(struct bytes message)
{
    for (size_t i = 0; i < message.n; i++)
        if (message.p[i] >= 0x80)
            return true;
    return false;
}

static bool is_id(const char *id)
{
    for (size_t i = 0; id[i]; i++)
        if (id[i] <= ' ' || id[i] >= 0x7f || id[i] == '+' || id[i] == '=')
            return false;
    return id[0] != '\0' && strlen(id) <= 100;
}

/* Why this letter can't go to this server; NULL: it can. */
static const char *unfit(const struct submit *s, const struct submit_letter *letter)
{
    if (recipients_count(letter->to) == 0)
        return "the recipient can't stand in an envelope";
    if (letter->from[0] && !recipients_is_path(letter->from))
        return "the envelope's sender can't stand there";
    if (letter->message.n == 0 || letter->message.n > SUBMIT_LETTER)
        return "the letter is empty, or too large";
    if (memchr(letter->message.p, 0, letter->message.n))
        return "the letter holds a NUL byte";
    if (s->offered.has_size && s->offered.size_limit && letter->message.n > s->offered.size_limit)
        return "the letter is larger than the smarthost takes";
    if (has_eight_bits(letter->message) && !s->offered.eight_bit)
        return "the letter has 8-bit text, which the smarthost does not take (8BITMIME)";
    return NULL;
}

/* `size`: that of the letter as it will be sent. Gives how many recipients it has. */
static unsigned put_envelope(const struct submit *s, struct buf *out, size_t size,
                             const struct submit_letter *letter)
{
    const struct smtp_extensions *x = &s->offered;
    bool tells = x->dsn && is_id(letter->id);
    buf_printf(out, "MAIL FROM:<%s>", letter->from);
    if (x->has_size)
        buf_printf(out, " SIZE=%zu", size);
    if (has_eight_bits(letter->message))
        buf_put_text(out, " BODY=8BITMIME");
    if (tells)
        buf_printf(out, " RET=HDRS ENVID=%s", letter->id);
    unsigned n = 0;
    char mailbox[SUBMIT_MAILBOX];
    for (const char *rest = letter->to; recipients_next(&rest, mailbox); n++)
        buf_printf(out, "\r\nRCPT TO:<%s>%s", mailbox, tells ? " NOTIFY=FAILURE,DELAY" : "");
    buf_put_text(out, "\r\nDATA\r\n");
    return n;
}

/* Its text into `held`, dots doubled, without its end. NULL: it is there. */
static const char *hold_text(const struct submit *s, struct buf *held,
                             const struct submit_letter *letter)
{
    const char *why = unfit(s, letter);
    buf_clear(held); /* one that was refused has left its text there */
    if (!why && !smtp_data_put(held, letter->message))
        why = "no memory for a letter";
    if (!why)
        held->n -= strlen(END);
    return why;
}

bool submit_letter(struct submit *s, const struct submit_letter *letter)
{
    const char *why =
        s->step == STEP_READY ? hold_text(s, &s->held, letter) : "the smarthost is not ready";
    if (why) {
        conclude(s, SUBMIT_REFUSED, 0, why);
        return false;
    }
    buf_clear(&s->envelope);
    expect(s, put_envelope(s, &s->envelope, s->held.n, letter));
    s->outcome = (struct submit_outcome){.result = SUBMIT_NONE};
    s->has_letter = true;
    s->step = STEP_MAIL;
    s->state = SUBMIT_TALKING;
    say_envelope(s);
    return true;
}

bool submit_follow(struct submit *s, const struct submit_letter *letter)
{
    if (s->step != STEP_END || s->follows || !s->offered.pipelining ||
        hold_text(s, &s->next, letter))
        return false;
    s->next_asked = put_envelope(s, &s->out, s->next.n, letter);
    s->follows = true;
    return true;
}

void submit_release(struct submit *s)
{
    if (s->step != STEP_HELD)
        return;
    if (s->in.n > 0) {
        break_off(s, "EPROTO", "the smarthost answered before the letter's end");
        return;
    }
    buf_put_text(&s->out, END);
    s->step = STEP_END;
    s->state = SUBMIT_TALKING;
    s->has_ended = false;
}

void submit_quit(struct submit *s)
{
    if (s->step == STEP_READY)
        say(s, "QUIT");
    s->step = STEP_OVER;
    s->state = SUBMIT_OVER;
}
