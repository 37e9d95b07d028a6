/*
 * conduct: what a relay test may name because the target has named it, and where it may send no more.
 *
 * A server that relays for whoever claims to be one of its own can be tested only with its own name. That name is
 * taken from the server's banner and its answer to EHLO, or came with a list, out of the reverse DNS: whoever owns the
 * server has written it, and may have written a stranger's, who would then get the refusals. So off loopback a name
 * stands in an envelope only once the DNS has led it to the target's own address. Both are kept here, in C: a script
 * can't add one.
 *
 * On a connection that is held nothing may be sent but commands: a recipient was named there who is not
 * ourselves: the target's postmaster, to see what the server says of a second one, or a name at the target's own domain
 * that can't be anybody's, to see whether it takes any.
 */
#pragma once

#include "script/host_names.h"
#include "world/world.h"

struct conduct {
    struct host_names said; /* what the target calls itself */
    struct host_names led;  /* what the DNS leads to the target's address */
    unsigned char held[WORLD_DIALS / 8 + 1];
    bool message_is_out; /* a test message has gone out whole, and may come back */
    uint16_t waits_at;   /* the port at which the target says that it waits for our sink; 0: none */
};

struct conduct conduct_new(void);
void conduct_free(struct conduct *c);

/* Keeps a name that the target gave itself. False, and not kept, when it is none of a host. */
bool conduct_learn(struct conduct *c, struct bytes name);
bool conduct_knows(const struct conduct *c, struct bytes name);
/* The DNS has said that this name, whoever said it, has the target's address. */
void conduct_led(struct conduct *c, struct bytes name);
bool conduct_leads(const struct conduct *c, struct bytes name);

/* For good: a server may keep its recipients through RSET. */
void conduct_hold(struct conduct *c, unsigned conn);
bool conduct_holds(const struct conduct *c, unsigned conn);
