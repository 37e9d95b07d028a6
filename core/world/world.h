/*
 * world: everything that a probe can touch, behind one interface with two implementations.
 *
 *   live    sockets handed out by the supervisor, the clock, tokens, receipts; all of it taped
 *   replay  the same calls answered from a tape, with no network and no clock
 *
 * A world is polled. A call that can't be answered yet says WORLD_PENDING and has then arranged that
 * `wake` is called once, later, from the loop, never inside the call that asked. The owner then calls
 * the same function again. One thing is waited for at a time. A script that runs on replay is never
 * told WORLD_PENDING.
 *
 * Connections are small numbers, 1 for the first that the probe opens. Up to WORLD_CONNECTIONS are
 * open at once, WORLD_DIALS in a probe's life. What needs no wait fails with ELIMIT once there was more of it without one
 * than WORLD_CALLS and WORLD_SENT allow.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"
#include "proto/dns.h"
#include "proto/receipt.h"

enum { WORLD_CONNECTIONS = 4, WORLD_DIALS = 200, WORLD_INPUT_LIMIT = 300 * 1024 };
enum { WORLD_QUESTIONS = 30 /* to the DNS, in a probe's life */ };
/* Between two waits, for each more than any tape can hold: what a probe tells the world, and the bytes that it sends. */
enum { WORLD_CALLS = 32 * 1024, WORLD_SENT = 1024 * 1024 };

enum world_state { WORLD_READY, WORLD_PENDING, WORLD_FAILED };

/* How the target is reached. */
enum world_way {
    WORLD_TCP,
    WORLD_UDP,
    WORLD_VISIT, /* the sink connects to it by TCP, and speaks there as with any client */
};
/* What a way is called before the address on the tape: "", "udp ", "sink ". */
const char *world_way_text(enum world_way way);

struct world;

/* How many connections it may have in its life. */
unsigned world_dials_most(const struct world *w);
/* Says that there can be no other now. Gives false. */
bool world_no_more_dials(const struct world *w, struct fail *fail);

struct world_ops {
    bool (*open)(struct world *w, const struct addr *to, enum world_way way, unsigned *conn,
                 struct fail *fail);
    enum world_state (*opened)(struct world *w, unsigned conn, instant deadline, struct fail *fail);
    bool (*send)(struct world *w, unsigned conn, struct bytes what, struct fail *fail);
    enum world_state (*receive)(struct world *w, unsigned conn, instant deadline,
                                struct fail *fail);
    bool (*secure)(struct world *w, unsigned conn, struct bytes name, struct fail *fail);
    void (*offer)(struct world *w, unsigned conn, struct bytes protocol); /* may be NULL */
    enum world_state (*secured)(struct world *w, unsigned conn, instant deadline,
                                struct fail *fail);
    void (*close)(struct world *w, unsigned conn);
    enum world_state (*pause)(struct world *w, instant deadline, struct fail *fail);
    enum world_state (*receipt)(struct world *w, const struct token *token, instant deadline,
                                struct receipt *out, struct fail *fail);
    bool (*token)(struct world *w, struct token *out, struct fail *fail);
    bool (*now)(struct world *w, instant *out, struct fail *fail);
    bool (*ask)(struct world *w, struct bytes name, enum dns_type type, struct fail *fail);
    enum world_state (*answered)(struct world *w, instant deadline, struct bytes *message,
                                 struct fail *fail);
    void (*message)(struct world *w, bool confirms); /* may be NULL */
    void (*note)(struct world *w, struct bytes text);
    instant (*deadline)(struct world *w, span limit);
    struct buf *(*input)(struct world *w, unsigned conn);
    unsigned (*line)(struct world *w);
};

/* How many test messages the target's host may get still, as it was when the last connection stood, less what was handed
 * over since. */
struct world_messages {
    bool limited; /* else as many as there are */
    unsigned left;
};

/* The head of each implementation. */
struct world {
    const struct world_ops *ops;
    void (*wake)(void *owner);
    void *owner;
    unsigned dials_most; /* connections in its life; 0: WORLD_DIALS */
    unsigned questions;  /* put to the DNS so far */
    unsigned calls;      /* since the last wait, and the bytes that were sent in them */
    size_t sent;
    struct world_messages messages;
    unsigned handed_over; /* test messages, in its life */
};

/* Asks for a connection. False: refused at once (ELIMIT, EDIVERGED). */
bool world_open(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail);
/* The same for UDP: what is sent and received are datagrams, and only the peer's are received. Its input holds one
 * datagram (2 KiB at most): the next takes the place of the one before, consumed or not. Counts as a connection. */
bool world_open_datagrams(struct world *w, const struct addr *to, unsigned *conn,
                          struct fail *fail);
/* Has the sink connect to the target's port, as a target that accepts connections for us wants it. Counts as a
 * connection; nothing can be sent or received on it here, and it stands once the sink has been told. Once in a
 * probe's life. */
bool world_visit(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail);
/* All waits fail with ETIMEDOUT at their deadline, and with ETIME where the probe's own time is up then (what they
 * were granted may be less than they asked for: see world_deadline).
 *
 * Ready when it stands. Failed: ECONNREFUSED, ETIMEDOUT, ESCOPE (the supervisor said no), … */
enum world_state world_opened(struct world *w, unsigned conn, instant deadline, struct fail *fail);
/* Hands bytes to the connection; they go out by themselves. */
bool world_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail);
/* Ready when at least one more byte stands in world_input. Failed: "EOF" when the peer closed in
 * order, ECONNRESET, ETIMEDOUT, EPROTO when WORLD_INPUT_LIMIT unread bytes are passed. */
enum world_state world_receive(struct world *w, unsigned conn, instant deadline, struct fail *fail);
/* What was received and not yet consumed (buf_drop consumes); NULL for a number that is not open. */
struct buf *world_input(struct world *w, unsigned conn);
/* Begins TLS; unread input makes it fail (a server that talks ahead of STARTTLS is injecting). */
bool world_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail);
/* Right behind it: the application protocol that TLS offers (RFC 7301). Leaves nothing on the tape. */
void world_offer(struct world *w, unsigned conn, struct bytes protocol);
enum world_state world_secured(struct world *w, unsigned conn, instant deadline, struct fail *fail);
/* Closes; the number is never used again. */
void world_close(struct world *w, unsigned conn);
/* Ready once the deadline is reached. */
enum world_state world_pause(struct world *w, instant deadline, struct fail *fail);
/* Ready when the sink got the token. Failed: ETIMEDOUT. */
enum world_state world_receipt(struct world *w, const struct token *token, instant deadline,
                               struct receipt *out, struct fail *fail);
/* The next token of this job. Failed: ELIMIT after 256. */
bool world_token(struct world *w, struct token *out, struct fail *fail);
/* The wall clock. */
bool world_now(struct world *w, instant *out, struct fail *fail);
/* Puts a question to the configured resolvers. Refused at once: EARGUMENT (no name), ELIMIT, ENOTSUP (there
 * are none). */
bool world_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail);
/* Ready: the answer as it came (dns_answer_get reads it), lent until the next call of this world. Failed:
 * ETIMEDOUT, ECONNREFUSED, … */
enum world_state world_answered(struct world *w, instant deadline, struct bytes *message,
                                struct fail *fail);
/* How many may be handed over now; meant where they are limited. The first of a probe is only where a second could confirm it. */
unsigned world_messages_left(const struct world *w);
/* May a test message be handed over? False: EBUDGET. */
bool world_may_message(const struct world *w, struct fail *fail);
/* A test message is about to be handed over (of a form: it has mailed), and counts, whatever becomes of it. confirms: it is the
 * second of a test. False: ELIMIT. */
bool world_message(struct world *w, bool confirms, struct fail *fail);
/* A remark onto the tape. */
bool world_note(struct world *w, struct bytes text, struct fail *fail);
/* The instant `limit` from now, or the end of the probe's own time, for the deadlines above; means nothing to a script. */
instant world_deadline(struct world *w, span limit);
/* Number of the tape's last line: what a step points at. */
unsigned world_line(struct world *w);
