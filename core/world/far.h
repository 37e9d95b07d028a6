/*
 * far: the world of a probe whose process has no sockets. Each call goes as a message to the process that has them, which
 * does it there in a live world (world/far_desk.h); so that one's tape has it, and nobody else writes there.
 *
 * Most calls are only told, in their order: nothing is waited for. Should one of them fail over there, the wait behind it
 * says so. What can't be known here is asked, one question at a time, and far_answered brings the answer. Tokens are made
 * here, from the job's own seed, and told.
 *
 * How the messages look is not this house's business: far_call and far_answer are what they hold.
 */
#pragma once

#include "world/world.h"

enum far_op {
    FAR_OPEN = 1, /* conn, to, way */
    FAR_SEND,     /* conn, data */
    FAR_SECURE,   /* conn, data: the server's name */
    FAR_OFFER,    /* conn, data */
    FAR_CLOSE,    /* conn */
    FAR_TOKEN,    /* token: the next one was taken */
    FAR_NOW,      /* at: this is what the script was told */
    FAR_ASK,      /* data: a name; type */
    FAR_NOTE,     /* data */
    FAR_MESSAGE,  /* conn: 1 where it confirms; a test message is about to be handed over */
    FAR_TOLD = FAR_MESSAGE,
    /* From here on an answer is expected; at: the deadline, monotonic. */
    FAR_OPENED,   /* conn */
    FAR_RECEIVE,  /* conn; the answer's data: what was received */
    FAR_SECURED,  /* conn */
    FAR_PAUSE,    /**/
    FAR_RECEIPT,  /* token; the answer's receipt */
    FAR_ANSWERED, /* the answer's data: the resolver's message */
    FAR_OPS
};

/* Views are lent for the call that is given it. */
struct far_call {
    enum far_op op;
    unsigned conn;
    unsigned consumed; /* bytes of the connection's input that are not needed any more */
    struct addr to;
    enum world_way way;
    enum dns_type type;
    struct token token;
    instant at;
    struct bytes data;
    unsigned script_line; /* that calls, where somebody watches; else 0 */
};

struct far_answer {
    enum world_state state; /* ready or failed */
    unsigned line;          /* the tape's last */
    struct fail fail;
    struct bytes data;
    struct receipt receipt;
    struct world_messages messages; /* behind FAR_OPENED */
};

struct far;

/* Hands a call on; must not answer from inside. */
typedef void (*far_send)(void *arg, const struct far_call *call);

/* seed: the job's (NULL: no tokens); copied. wake: see world.h. */
struct far *far_new(const struct token_seed *seed, far_send send, void *arg,
                    void (*wake)(void *owner), void *owner, struct fail *fail);
void far_free(struct far *far);
struct world *far_world(struct far *far);

/* The answer to what was asked; wakes the owner. False: nothing was asked, or no memory. */
bool far_answered(struct far *far, const struct far_answer *answer);
