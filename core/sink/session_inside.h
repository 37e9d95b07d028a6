/*
 * session_inside: the inside of a session, shared by session.c (which kind of client it is), session_answer.c
 * (receipts and what is said for them), session_http.c, session_smtp.c and session_mail.c.
 */
#pragma once

#include "proto/smtp_command.h"
#include "sink/findings.h"
#include "sink/session.h"

enum session_state {
    SESSION_UNDECIDED, /* the first line tells */
    SESSION_HTTP,
    SESSION_SMTP,
    SESSION_DATA,
    SESSION_OVER,
};

struct session {
    const struct session_rules *rules;
    struct addr peer;
    uint16_t port; /* see session_new */
    instant now;
    enum session_state state;
    bool greeted;
    bool extended; /* EHLO, not HELO */
    unsigned commands;
    struct buf in; /* all that ever came */
    size_t at;     /* where in it the next step begins */
    size_t seen;   /* DATA: the message does not end before this byte of it */
    struct buf out;
    struct buf helo;   /* empty before HELO or EHLO */
    struct buf sender; /* the reverse-path, printable */
    bool has_sender;   /* between MAIL and the end of the transaction */
    unsigned recipients;
    struct recipient recipient[SINK_RECIPIENTS];
    struct buf recipient_lines; /* "X-Ajar-Rcpt-To: …" for each */
};

/* The tokens that it takes. */
struct token_family session_family(const struct session *s);
/* What has come and is not yet taken. */
struct bytes session_rest(const struct session *s);
/* Begins the receipt of a token now. */
struct receipt session_receipt(const struct session *s, const struct token *token,
                               enum receipt_kind kind, struct bytes raw);
/* Hands it on: NULL. Or why not, with the codes before it: the token came too often, or too many lines with it. */
const char *session_admit(struct session *s, const struct receipt *receipt, struct bytes raw);
/* "AJAR TOKEN ANSWER" */
void session_put_answer(struct buf *out, const struct receipt *receipt);
/* " [PEER]" */
void session_put_peer(const struct session *s, struct buf *out);
/* Answers the line that ends at s->at when it is a question: "AJAR TOKEN", or "USER TOKEN", as an FTP proxy
 * passes it on. False when it is none. */
bool session_answer_question(struct session *s, const struct smtp_command *line);
/* Answers the request's head at s->at, once it is complete. */
void session_answer_http(struct session *s);
/* Takes one SMTP command; false when none is complete. */
bool session_smtp_step(struct session *s);
/* Takes the message behind DATA; false when it is not complete. It may be SMTP_MESSAGE_LIMIT bytes long,
 * doubled dots included; what is longer is refused as soon as it is, and its beginning kept. */
bool session_mail_step(struct session *s);
/* Ends the mail transaction. */
void session_reset_mail(struct session *s);
