/*
 * live: the world of real connections, all of it taped.
 *
 * A live world gets its sockets from a dialer (in a worker: the supervisor; in the simulator: itself)
 * and its receipts from outside (live_receipt). It owns its connections and its tape.
 */
#pragma once

#include "net/stream.h"
#include "world/world.h"

struct live;
struct record;

/* What all live worlds of one process share. */
struct live_services {
    struct loop *loop;
    struct stream_tls *tls; /* client context; NULL: no TLS */
    /* Asks for a connection; the answer comes later by live_dialled. */
    void (*dial)(void *arg, struct live *live, unsigned conn, const struct addr *to,
                 enum world_way way);
    /* Asks for a socket to a resolver (live_dns.h); the answer comes later by live_resolver. NULL: there are
     * none. */
    void (*resolver)(void *arg, struct live *live, unsigned number, unsigned try, bool tcp);
    /* A test message is about to be handed over, see world_message; may be NULL. */
    void (*message)(void *arg, struct live *live, bool confirms);
    /* A connection that was asked for is over, whether it ever stood or not; may be NULL. */
    void (*closed)(void *arg, struct live *live, unsigned conn);
    void *arg;
};

struct live_options {
    bool taped;
    const struct token_seed *seed; /* NULL: no tokens */
    span limit;                    /* the whole probe's time; then every wait fails */
    void (*watch)(void *owner, unsigned line,
                  const struct record *r); /* each as it is taped; may be NULL */
    span patience; /* how long a connection may wait for the dialer: that is nobody's time */
};

/* services must outlive it; options are copied. wake: see world.h. */
struct live *live_new(const struct live_services *services, const struct live_options *options,
                      void (*wake)(void *owner), void *owner, struct fail *fail);
/* Closes what is open. */
void live_free(struct live *live);
struct world *live_world(struct live *live);

/* The dialer's answer: a connecting or connected socket (owned from here on), or -1 and why not; and how many test messages
 * the target's host may get still, by all that the dialer has heard of. */
void live_dialled(struct live *live, unsigned conn, int fd, const struct world_messages *messages,
                  const struct fail *why);
/* The dialer's other answer, for a visit: the sink has the socket. */
void live_visiting(struct live *live, unsigned conn);
/* The same as live_dialled for a resolver. */
void live_resolver(struct live *live, unsigned number, int fd, const struct fail *why);
/* Takes over a connection that stands, as the simulators' servers do; its number, 0 when refused. */
unsigned live_adopt(struct live *live, int fd);
/* The stream of a connection that stands, still the world's; NULL: there is none. For the simulators' servers, which
 * end connections in ways that no probe has. */
struct stream *live_stream(struct live *live, unsigned conn);
/* The sink got one of this world's tokens. */
void live_receipt(struct live *live, const struct receipt *receipt);

/* Of a probe in another process (far_desk.h): this is what it was told when it asked for the time. */
void live_told_now(struct live *live, instant now);

/* When its probe's own time is over: monotonic. */
instant live_ends(const struct live *live);

/* The run is being stopped: whatever is waited for fails from now on, with "ESTOPPED". */
void live_stop(struct live *live);
/* The same is over: there may be waits again. */
void live_go_on(struct live *live);

/* Appends the last line. */
void live_verdict(struct live *live, struct bytes verdict, struct bytes reason, struct bytes steps);
/* Appends the tape's records, from line 2 on; false when the buffer takes no more. Line 1, the head
 * (tape_head_put), is the owner's to write: it says nothing that he does not know, and thousands of heads would
 * wait for it. */
bool live_records(const struct live *live, struct buf *out);
/* Microseconds from the beginning to the verdict, as its line says; 0 before it. */
span live_took(const struct live *live);
