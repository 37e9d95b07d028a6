/*
 * submit: the client's side of handing letters to the operator's smarthost (RFC 6409, RFC 5321), sans-I/O.
 *
 * A letter's end is a step of its own: all of it but the final dot is handed out first (SUBMIT_HELD), and until
 * submit_release the server can't have taken it (RFC 5321, section 4.1.1.4). So the owner can write down that the end
 * is about to be said, before it is. What a server says too early, before the end of a letter above all, is never taken
 * for an answer.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "mail/submit_auth.h"
#include "proto/smtp_extension.h"

enum submit_state {
    SUBMIT_TALKING,   /* send `out`, and feed what comes */
    SUBMIT_HANDSHAKE, /* send `out`, then shake hands, and call submit_secured */
    SUBMIT_READY,     /* a letter can be given; `outcome` is the last one's */
    SUBMIT_HELD,      /* send `out`, which is all but the letter's end; then submit_release */
    SUBMIT_OVER /* this connection serves no more; `fail` says why, `outcome` is the last letter's */
};

enum submit_result {
    SUBMIT_NONE,     /* there was no letter */
    SUBMIT_ACCEPTED, /* the server answers for it now */
    SUBMIT_REFUSED,  /* for good (5yz) */
    SUBMIT_LATER,    /* for now (4yz), or the connection broke before the letter's end was sent */
    SUBMIT_BARRED,   /* the server does not serve us, whatever the letter: sender, authentication */
    SUBMIT_UNKNOWN   /* the letter's end was sent, and no answer came */
};

enum { SUBMIT_SAID = 512, SUBMIT_MAILBOX = 320, SUBMIT_LETTER = 16 * 1024 * 1024 };
/* Recipients of a letter, and the room for all of them. */
enum { SUBMIT_RECIPIENTS = 5, SUBMIT_TO = SUBMIT_RECIPIENTS * (SUBMIT_MAILBOX + 2) };

/* Of several recipients some may be refused: the letter goes to the others then, and when it is accepted `said` tells of those. Where
 * all are, it is refused; or put off, where one of them may be taken later. */
struct submit_outcome {
    enum submit_result result;
    unsigned code;          /* of the reply that decided; 0: there was none */
    char said[SUBMIT_SAID]; /* that reply's last line, printable, or why there was none */
};

enum submit_tls { SUBMIT_PLAIN, SUBMIT_STARTTLS, SUBMIT_IMPLICIT };

/* Texts are lent. */
struct submit_options {
    const char *name; /* ours, for EHLO */
    enum submit_tls tls;
    const char *user; /* NULL: no authentication; never outside of TLS */
    const char *password;
};

struct submit_letter {
    const char *from; /* the envelope's sender; "": bounces to nobody */
    const char *to;   /* a mailbox, or several with ", " between them */
    const char *id;   /* ENVID (RFC 3461), where the server takes it: letters, digits, "-", "." */
    struct bytes message; /* SUBMIT_LETTER at most; lent for the call */
};

struct submit {
    struct buf out;
    struct fail fail;
    struct submit_outcome outcome;
    enum submit_state state;
    struct submit_outcome ended; /* of the letter that another one follows (submit_follow) */
    bool has_ended;              /* there is one: the owner's to look at, and to clear */

    /* private */
    struct submit_options options;
    struct smtp_extensions offered;
    struct submit_auth auth;
    unsigned step;
    bool secured;
    bool has_letter;               /* one is under way */
    unsigned asked;                /* its recipients, */
    unsigned left;                 /* of which so many are yet to be answered, */
    unsigned taken;                /* and so many were taken */
    struct submit_outcome refused; /* the refusal that counts where none is taken */
    unsigned next_asked;           /* of the one behind it */
    struct buf in;
    struct buf envelope; /* the commands that are yet to be said */
    struct buf held;     /* the letter, dots doubled, without its end */
    bool follows;        /* another one is behind it: */
    struct buf next;     /* dots doubled, without its end */
};

void submit_begin(struct submit *s, const struct submit_options *options);
void submit_free(struct submit *s);
/* What the server has sent. */
void submit_take(struct submit *s, struct bytes received);
/* The handshake is done, and the certificate is the one that it must be. */
void submit_secured(struct submit *s);
/* In SUBMIT_READY. False, and nothing changed: what can't be said in SMTP, or this server does not take (SIZE,
 * 8BITMIME); the outcome says it. */
bool submit_letter(struct submit *s, const struct submit_letter *letter);
/* In SUBMIT_HELD: the letter's end goes out. */
void submit_release(struct submit *s);
/* Right behind submit_release: another letter's envelope goes out with that end in one go (RFC 2920, section 3.1). When the end
 * is answered, `ended` is its outcome, and all else is about this letter, as behind submit_letter. False, and nothing changed:
 * the server takes no commands so, or not this letter; give it by submit_letter. Where the connection ends before, `outcome`
 * stays that of the one before, and nothing was said of this one. */
bool submit_follow(struct submit *s, const struct submit_letter *letter);
/* In SUBMIT_READY: says good-bye; the server's answer matters no more. */
void submit_quit(struct submit *s);
/* The connection broke, or its time is over. */
void submit_lost(struct submit *s, const struct fail *why);
/* "accepted", "refused", … */
const char *submit_result_name(enum submit_result result);
