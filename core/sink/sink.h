/*
 * sink: the receiver where tokens come back.
 *
 * One port serves three kinds of client, so that one address is enough for every kind of probe:
 *
 *   a line    "AJAR TOKEN"              answered "250 AJAR TOKEN ANSWER [PEER]"
 *             "USER TOKEN" (FTP)        answered "230 AJAR TOKEN ANSWER [PEER]"
 *             in the body of a POST or PUT, answered as a request
 *   HTTP      a request for /TOKEN      answered 200 with the body "AJAR TOKEN ANSWER [PEER]" and a line
 *                                       "Got FIELD: VALUE" for each field that only proxies send
 *   SMTP      mail to a token mailbox   answered "250 2.0.0 AJAR TOKEN ANSWER"
 *
 * A mail that is too long (SMTP_MESSAGE_LIMIT) or has too many lines (RECEIPT_LINES) is refused with 552, and has come all
 * the same: its beginning is its receipt, below a field that says so (RECEIPT_REFUSED).
 *
 * By UDP it knows the question "AJAR TOKEN" alone, and answers it as a line.
 *
 * Who has said nothing for SINK_SILENCE hears the banner of a mail server; a line or a request is still
 * understood behind it, as a tunnel can be slow. Nothing is ever passed on, and a token that is not of
 * this run is refused. See token.h for what an answer proves.
 */
#pragma once

#include "base/ways.h"
#include "net/loop.h"
#include "proto/receipt.h"

enum {
    SINK_CONNECTIONS = 512, /* at once: one more displaces one that has its answer, or the oldest */
    SINK_BYTES = 320 * 1024, /* received on one connection */
    SINK_COMMANDS = 100,     /* SMTP commands on one connection */
    SINK_RECIPIENTS = 10,    /* of one message */
    SINK_TIMES = 16,         /* that one token is received */
};
#define SINK_SILENCE (SPAN_SECOND * 3 / 20)
#define SINK_IDLE    (30 * SPAN_SECOND)
#define SINK_TOTAL   (60 * SPAN_SECOND)
#define SINK_LINGER  (2 * SPAN_SECOND) /* for a client to close, once it has its answer */

struct sink_options {
    unsigned char run_key[TOKEN_KEY];
    const char *domain;   /* of the token mailboxes; copied */
    struct addr at;       /* where the sink listens: for the Received field */
    unsigned connections; /* 0 = SINK_CONNECTIONS */
    span silence;         /* 0 = SINK_SILENCE, and so on */
    span idle;
    span total;
};

/* Called from the loop for each token that came back. `raw` is lent for the call: the message as it
 * arrived, or the beginning of one that was refused for its size, with a Return-Path, an X-Ajar-Rcpt-To for each recipient and a Received field of ours on top; or,
 * for a line or a request, all bytes of the connection up to the end of the line or the request's head.
 * A message's own token, in its Message-ID or else its text, gets a receipt too when no recipient holds
 * it: a relay may have rewritten the recipient. */
typedef void (*sink_receipt)(void *arg, const struct receipt *receipt, struct bytes raw);

struct sink;
/* Takes ownership of the listener `listen_fd`, also when it fails. */
struct sink *sink_new(struct loop *loop, int listen_fd, const struct sink_options *options,
                      sink_receipt on_receipt, void *arg, struct fail *fail);
void sink_free(struct sink *sink);
/* A connection that is being made to `peer`, which waits there for whoever comes: once it stands it is served as one
 * that was accepted. Takes ownership of fd. */
void sink_visit(struct sink *sink, int fd, const struct addr *peer);
/* Listens there too: WAYS_PORTS in all. Takes ownership of the listener, also when it fails. */
bool sink_listen(struct sink *sink, int listen_fd, struct fail *fail);
/* Also answers questions ("AJAR TOKEN") by UDP, on a socket bound to a listener's address: WAYS_PORTS in all. Owned from
 * here on, also when it fails. */
bool sink_take_datagrams(struct sink *sink, int fd, struct fail *fail);
/* Connections that are open. */
unsigned sink_connections(const struct sink *sink);
