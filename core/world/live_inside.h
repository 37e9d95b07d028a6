/*
 * live_inside: what the files live*.c share.
 *
 *   live.c      connections, time, tokens and receipts
 *   live_ask.c  questions to the DNS (how one is put and answered: live_dns.h)
 */
#pragma once

#include "world/kept_receipts.h"
#include "world/live.h"
#include "world/live_dns.h"
#include "world/live_tape.h"

struct live_conn {
    unsigned number;
    bool dialling; /* the dialer has not answered */
    instant asked; /* when he was asked, by loop_moment */
    span queued;   /* how long he let wait: that does not count */
    bool told;     /* "opened" stands on the tape */
    bool visiting; /* the sink has its socket */
    enum world_way way;
    struct world_messages messages; /* as the dialer says */
    unsigned handed_over;           /* of the world's, when he was asked */
    struct stream *stream;
    struct fail *refused; /* the dialer said no; owned */
    struct buf input;
};

struct live {
    struct world world;
    const struct live_services *services;
    struct live_tape tape;
    struct token_seed seed;
    bool has_seed;
    unsigned tokens;
    unsigned dials;
    instant ends; /* by loop_moment */
    span patience;
    struct timer *timer;
    bool waiting; /* for the timer, the dialer or a receipt: wake is owed */
    bool stopped;
    struct live_conn *conns[WORLD_CONNECTIONS]; /* owned; NULL: free */
    struct live_dns *dns;                       /* NULL: nothing was asked yet */
    struct kept_receipts receipts;              /* came before they were asked for */
};

static inline struct live *live_of(struct world *w)
{
    return (struct live *)(void *)w;
}

/* live.c */
/* Puts a failed wait onto the tape. One that had to end with the probe says so: the target is not to blame. */
enum world_state live_failed(struct live *live, unsigned conn, struct fail *fail);
/* Why a wait must end now though nothing was decided: the operator, or (over) the deadline. */
enum world_state live_given_up(struct live *live, unsigned conn, const char *over,
                               struct fail *fail);
/* The tape takes no more of the target's words: what is not on it is not heard either. */
enum world_state live_too_much(struct live *live, unsigned conn, struct fail *fail);

/* live_ask.c: of struct world_ops */
bool live_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail);
enum world_state live_answered(struct world *w, instant deadline, struct bytes *message,
                               struct fail *fail);
