/*
 * session: one client of the sink, sans-I/O: bytes in, bytes out, and receipts.
 *
 * What came is kept whole until the session ends (SINK_BYTES at most): it is the evidence.
 */
#pragma once

#include "base/buf.h"
#include "sink/sink.h"

struct session_rules {
    unsigned char run_key[TOKEN_KEY];
    const struct token *kin; /* or NULL; else tokens are taken without that key (proto/token.h) */
    const char *domain;
    struct addr at;
    /* Asked once for each token before its receipt: false when it came too often. */
    bool (*admit)(void *arg, const struct token *token);
    sink_receipt on_receipt;
    void *arg;
};

struct session;
/* `port`: which of our own it came to; 0: none, as we have come to the peer. The rules must outlive it. NULL when no
 * memory is left. */
struct session *session_new(const struct session_rules *rules, const struct addr *peer,
                            uint16_t port);
void session_free(struct session *s);

/* Has not heard or said anything. */
bool session_is_silent(const struct session *s);
/* The client waits to be greeted. */
void session_greet(struct session *s);
/* Takes what came. `now` is the wall clock. */
void session_feed(struct session *s, struct bytes more, instant now);
/* The client took too long. */
void session_expire(struct session *s);
/* True once nothing more is wanted: what stands in the output is the last. */
bool session_over(const struct session *s);
/* Answers one datagram that came to `port`, "AJAR TOKEN" and a line end, into `out`: "250 AJAR TOKEN ANSWER [PEER]". False, and no
 * answer, for all but a token of this run. The answer is under three times as long as the question: who lies about
 * his address gains nothing. */
bool session_answer_datagram(const struct session_rules *rules, const struct addr *peer,
                             uint16_t port, struct bytes question, instant now, struct buf *out);
/* What is to be sent; the caller clears it. */
struct buf *session_output(struct session *s);
