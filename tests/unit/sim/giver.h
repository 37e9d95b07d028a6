/*
 * giver: who gives simulated servers their sockets, on a thread of its own, as another process does for them.
 */
#pragma once

#include "net/hand.h"
#include "sim/sockets.h"

#include <pthread.h>
#include <unistd.h>

struct giver {
    struct sockets sockets; /* to ask */
    int other;
    pthread_t thread;
};

static void *give_on(void *arg)
{
    const struct giver *g = arg;
    while (sockets_answer(g->other))
        ;
    close(g->other);
    return NULL;
}

static inline void giver_begin(struct giver *g)
{
    int fds[2];
    struct fail fail;
    assert_true(hand_pair(fds, &fail));
    g->sockets.channel = fds[0];
    g->other = fds[1];
    assert_int_equal(pthread_create(&g->thread, NULL, give_on, g), 0);
}

/* Ends with the asker's end. */
static inline void giver_end(struct giver *g)
{
    close(g->sockets.channel);
    pthread_join(g->thread, NULL);
}
