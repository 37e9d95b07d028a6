/*
 * live_dns: a question to a resolver and its answer, over sockets that somebody else opens.
 *
 * One question at a time. Each try has a socket (and so a port) of its own; what does not answer the very
 * question is ignored; what was cut is asked for again over TCP.
 */
#pragma once

#include "net/stream.h"
#include "proto/dns.h"
#include "world/world.h"

struct live_dns;

struct live_dns_services {
    struct loop *loop;
    /* Asks for a socket, connected (TCP: connecting) to the try-th of the configured resolvers, counted round
     * and round; the answer comes later by live_dns_socket. */
    void (*open)(void *arg, unsigned number, unsigned try, bool tcp);
    /* The world's wake. */
    void (*wake)(void *arg);
    void *arg;
};

/* NULL: no memory. */
struct live_dns *live_dns_new(const struct live_dns_services *services);
void live_dns_free(struct live_dns *d);

/* Begins a question; one that was under way is forgotten. */
bool live_dns_ask(struct live_dns *d, struct bytes name, enum dns_type type, struct fail *fail);
/* The socket (owned from here on), or -1 and why not. One that nobody waits for any more is closed. */
void live_dns_socket(struct live_dns *d, unsigned number, int fd, const struct fail *why);
/* Ready: the message, lent until the next question, and who sent it. Failed: ETIMEDOUT, or what opening
 * the last socket failed with. */
enum world_state live_dns_answered(struct live_dns *d, instant deadline, struct bytes *message,
                                   struct addr *from, struct fail *fail);
/* What was under way is over. */
void live_dns_forget(struct live_dns *d);
