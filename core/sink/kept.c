#include "sink/kept.h"

#include "sink/findings.h"
#include "sink/session.h"

#include <stdio.h>
#include <string.h>

static bool same(const struct token *a, const struct token *b)
{
    return memcmp(a->b, b->b, TOKEN_SIZE) == 0;
}

/* ---- mail ---- */

enum { DOMAIN_TEXT = 320 };

/* A mail with its trace taken apart. */
struct kept_mail {
    struct bytes sender;
    struct recipient to[SINK_RECIPIENTS];
    unsigned count;
    struct bytes received;    /* from "Received: " to the line end behind its time */
    char domain[DOMAIN_TEXT]; /* the receiver's, in it: that of the run's mailboxes */
    struct bytes message;
};

/* The next line without its CR LF; false where none is whole. */
static bool take_line(struct bytes *rest, struct bytes *line)
{
    size_t end = bytes_find(*rest, bytes_of("\r\n"));
    if (end == BYTES_NOT_FOUND)
        return false;
    *line = bytes_slice(*rest, 0, end);
    *rest = bytes_slice(*rest, end + 2, rest->n);
    return true;
}

/* "NAME: <PATH>" */
static bool take_path(struct bytes *rest, const char *name, struct bytes *path)
{
    struct bytes line;
    struct bytes after = *rest;
    size_t n = strlen(name);
    if (!take_line(&after, &line) || line.n <= n || memcmp(line.p, name, n) != 0 ||
        line.p[line.n - 1] != '>')
        return false;
    *path = bytes_slice(line, n, line.n - 1);
    *rest = after;
    return true;
}

/* Of a token that is none of the family the sink has known the mailbox; here it is that of no token. */
static struct recipient recipient_of(const struct token_family *ours, struct bytes path)
{
    struct recipient r = {.bounce = bytes_starts_nocase(path, "bounce-")};
    if (token_find(ours, path, &r.token))
        r.bounce = recipient_is_bounce(path, &r.token);
    return r;
}

/* "Received: from HELO (PEER)", and three lines that go on with it. */
static bool take_received(struct bytes *rest, struct bytes *out)
{
    static const char *const begins[] = {"Received: from ", "\tby ", "\twith ", "\t"};
    struct bytes line;
    struct bytes from = *rest;
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (!take_line(rest, &line) || !bytes_starts_nocase(line, begins[i]))
            return false;
    *out = bytes_slice(from, 0, from.n - rest->n);
    return true;
}

/* "\tby DOMAIN (" */
static bool read_domain(struct bytes received, char out[DOMAIN_TEXT])
{
    struct bytes by = bytes_of("\r\n\tby ");
    size_t at = bytes_find(received, by);
    struct bytes rest =
        bytes_slice(received, at == BYTES_NOT_FOUND ? received.n : at + by.n, received.n);
    size_t end = bytes_index(rest, ' ', 0);
    if (end >= DOMAIN_TEXT)
        return false;
    snprintf(out, DOMAIN_TEXT, "%.*s", (int)end, (const char *)rest.p);
    return true;
}

static bool take_mail(const struct token_family *ours, struct bytes raw, struct kept_mail *out)
{
    struct bytes path;
    *out = (struct kept_mail){.message = raw};
    if (receipt_was_refused(raw) && !take_line(&out->message, &path))
        return false;
    if (!take_path(&out->message, "Return-Path: <", &out->sender))
        return false;
    while (out->count < SINK_RECIPIENTS && take_path(&out->message, "X-Ajar-Rcpt-To: <", &path))
        out->to[out->count++] = recipient_of(ours, path);
    return out->count > 0 && take_received(&out->message, &out->received) &&
           read_domain(out->received, out->domain);
}

/* Does it say from where and when, as the list of receipts does? */
static bool has_trace(const struct kept_mail *mail, const struct receipt *said)
{
    char literal[ADDR_TEXT];
    char from[ADDR_TEXT + 8];
    char time[TIME_TEXT];
    char when[TIME_TEXT + 8];
    snprintf(from, sizeof from, " (%s)\r\n\tby ", addr_literal(&said->peer, literal));
    snprintf(when, sizeof when, ";\r\n\t%s\r\n", time_mail_text(said->at, time));
    size_t at = bytes_find(mail->received, bytes_of(when));
    return bytes_find(mail->received, bytes_of(from)) != BYTES_NOT_FOUND && at != BYTES_NOT_FOUND &&
           at + strlen(when) == mail->received.n;
}

static const char *mail_flaw(const struct receipt *said, struct bytes raw)
{
    struct token_family ours = {.kin = &said->token};
    struct kept_mail mail;
    if (!take_mail(&ours, raw, &mail))
        return "a file without the trace that ajar's receiver writes on top of a mail";
    if (!has_trace(&mail, said))
        return "a mail whose trace names another peer or time";
    struct findings f =
        findings_of(&ours, mail.domain, mail.to, mail.count, mail.sender, mail.message);
    for (unsigned i = 0; i < f.n; i++) {
        if (!same(&f.token[i], &said->token))
            continue;
        if ((f.kind[i] == RECEIPT_MAIL) == (said->kind == RECEIPT_MAIL))
            return NULL;
        return said->kind == RECEIPT_MAIL ? "a mail that others have written, not the test message"
                                          : "the test message, which proves a relay";
    }
    return "a mail to another mailbox, and of another test";
}

/* ---- lines, requests and datagrams ---- */

struct asking {
    const struct receipt *said;
    size_t size;
    bool taken;
};

static bool admit(void *arg, const struct token *token)
{
    (void)arg;
    (void)token;
    return true;
}

static void on_receipt(void *arg, const struct receipt *receipt, struct bytes raw)
{
    struct asking *asking = arg;
    asking->taken |= receipt->kind == asking->said->kind && raw.n == asking->size &&
                     same(&receipt->token, &asking->said->token);
}

static void give_datagram(const struct session_rules *rules, const struct receipt *said,
                          struct bytes raw)
{
    struct buf out = buf_new(512);
    session_answer_datagram(rules, &said->peer, said->port, raw, said->at, &out);
    buf_free(&out);
}

static void give_stream(const struct session_rules *rules, const struct receipt *said,
                        struct bytes raw)
{
    struct session *s = session_new(rules, &said->peer, said->port);
    if (s)
        session_feed(s, raw, said->at);
    session_free(s);
}

static const char *question_flaw(const struct receipt *said, struct bytes raw)
{
    struct asking asking = {.said = said, .size = raw.n};
    struct session_rules rules = {.kin = &said->token,
                                  .domain = "",
                                  .admit = admit,
                                  .on_receipt = on_receipt,
                                  .arg = &asking};
    (said->kind == RECEIPT_DATAGRAM ? give_datagram : give_stream)(&rules, said, raw);
    if (asking.taken)
        return NULL;
    return said->kind == RECEIPT_HTTP
               ? "a file that is no request for its token, up to the end of the head"
               : "a file that is not the question for its token, up to the end of it";
}

const char *kept_flaw(const struct receipt *said, struct bytes raw)
{
    return receipt_kind_is_mail(said->kind) ? mail_flaw(said, raw) : question_flaw(said, raw);
}
