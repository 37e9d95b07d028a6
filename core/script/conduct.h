/*
 * conduct: what a relay test may name because the target has named it, and where it may send no more.
 *
 * A server that relays for whoever claims to be one of its own can be tested only with its own name. That
 * name is taken from the server's banner and its answer to EHLO, here in C: a script can't add one.
 *
 * On a connection that is held nothing may be sent but commands: a recipient was named there who is not
 * ourselves (the target's postmaster), to see what the server says of a second one.
 */
#pragma once

#include "base/buf.h"
#include "world/world.h"

enum { CONDUCT_HOSTS = 1024, CONDUCT_HOST = 253 };

struct conduct {
    struct buf hosts; /* each: its length in one byte, then the name */
    unsigned char held[WORLD_DIALS / 8 + 1];
    uint16_t waits_at; /* the port at which the target says that it waits for our sink; 0: none */
};

struct conduct conduct_new(void);
void conduct_free(struct conduct *c);

/* Keeps a name. It must be one of a host: letters, digits, hyphens and dots, its last label beginning with a
 * letter, so that no number or address literal passes. False, and not kept, when it is none. */
bool conduct_learn(struct conduct *c, struct bytes name);
/* Any case; one dot at the end does no harm. */
bool conduct_knows(const struct conduct *c, struct bytes name);

/* For good: a server may keep its recipients through RSET. */
void conduct_hold(struct conduct *c, unsigned conn);
bool conduct_holds(const struct conduct *c, unsigned conn);
