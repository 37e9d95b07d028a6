/*
 * ports: what a simulated server opens beside the connection that it serves: ports that listen, and UDP sockets.
 *
 * What comes is kept until it is taken, PORTS_QUEUE of it; more is lost.
 */
#pragma once

#include "net/datagram.h"
#include "sim/sockets.h"

enum { PORTS_MOST = 4, PORTS_QUEUE = 16 };

struct ports;

/* The sockets are lent; wake is called, from the loop, when something has come. */
struct ports *ports_new(struct loop *loop, const struct sockets *sockets, void (*wake)(void *owner),
                        void *owner);
void ports_free(struct ports *p);

/* Opens a port; `at` with port 0 takes a free one, which is written back. Its handle, from 1; 0 with fail. */
unsigned ports_listen(struct ports *p, struct addr *at, struct fail *fail);
unsigned ports_datagrams(struct ports *p, struct addr *at, struct fail *fail);
/* A handle for what comes to a socket that others own: ports_feed brings it. Sent is by that socket. */
unsigned ports_share(struct ports *p, const struct datagrams *socket);
void ports_feed(struct ports *p, unsigned handle, const struct addr *from, struct bytes what);

/* Whether something waits to be taken. */
bool ports_ready(struct ports *p, unsigned handle);
/* A connection, the caller's; -1: none. */
int ports_take_connection(struct ports *p, unsigned handle);
/* A datagram, lent until the loop goes on; false: none. */
bool ports_take_datagram(struct ports *p, unsigned handle, struct addr *from, struct bytes *what);
/* To loopback alone; false: elsewhere, or no such socket. */
bool ports_send(struct ports *p, unsigned handle, const struct addr *to, struct bytes what);
