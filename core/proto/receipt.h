/*
 * receipt: what the sink got for a token, as a probe sees it.
 */
#pragma once

#include "base/addr.h"
#include "base/hash.h"
#include "base/time.h"
#include "proto/token.h"

enum receipt_kind {
    RECEIPT_MAIL, /* the test message, at its own mailbox */
    RECEIPT_BOUNCE, /* at the mailbox for bounces: it could not be delivered, or came back to its sender */
    RECEIPT_DELAY,  /* a report that it is not delivered yet, and still tried */
    RECEIPT_ANSWER, /* at the mailbox for bounces: any other mail */
    RECEIPT_REPORT, /* at the test message's mailbox: a report that it could not be delivered */
    RECEIPT_OTHER,  /* at the test message's mailbox: any other mail that is not the test message */
    RECEIPT_LINE,   /* "AJAR TOKEN" through a tunnel */
    RECEIPT_HTTP,   /* a request for /TOKEN */
    RECEIPT_DATAGRAM, /* "AJAR TOKEN" by UDP */
    RECEIPT_KINDS
};

struct receipt {
    struct token token;
    enum receipt_kind kind;
    struct addr peer; /* who reached the sink */
    uint16_t port; /* which of the sink's it came to; 0: not known, or the sink came there itself */
    instant at;    /* when, wall clock */
    char digest[SHA256_HEX]; /* SHA-256 of the bytes that the sink keeps */
    char answer[33];         /* what the sink answered; see token_answer */
};

/* LFs in what the sink keeps of one receipt: so a case, whose parts are lines, stays far below what a reader of bundles
 * goes through (run/jobs.h), whoever fills his mails with lines. */
enum { RECEIPT_LINES = 4096 };
bool receipt_fits(struct bytes raw);
/* How much of it does, from its beginning. */
size_t receipt_beginning(struct bytes raw);

/* The field on top of a mail that the sink has refused for its size, and of which it keeps the beginning alone. */
#define RECEIPT_REFUSED "X-Ajar-Refused:"
bool receipt_was_refused(struct bytes raw);

/* "mail", "bounce", "delay", "answer", "report", "other", "line", "http", "datagram". */
const char *receipt_kind_name(enum receipt_kind kind);
/* Did a mail come, be it the test message or not? */
bool receipt_kind_is_mail(enum receipt_kind kind);
/* Did that come which was given to the target? All but mail of others' making. */
bool receipt_kind_is_return(enum receipt_kind kind);
bool receipt_kind_parse(struct bytes text, enum receipt_kind *out);
