/*
 * client: one client of a simulated server: what it is served with, and what its script can do.
 */
#pragma once

#include "script/scenarios.h"
#include "sim/identities.h"
#include "sim/ports.h"
#include "world/live.h"

struct server;

struct client {
    struct server *server;
    struct addr at; /* the server's */
    struct loop *loop;
    const struct sockets *sockets;
    struct identities *identities;
    struct live *live;
    struct serving *serving;
    struct ports *ports; /* NULL: none yet */
    struct addr peer;    /* who speaks by UDP; family ADDR_NONE: by TCP */
    struct addr from; /* of the next connection that it opens; family ADDR_NONE: the server's own */
    struct client *next; /* in the list of those alive, or ended */
    struct client **link;
};

/* The dialer of their worlds: loopback only, and from the server's own address. */
void client_dial(void *arg, struct live *live, unsigned conn, const struct addr *to,
                 enum world_way way);
/* Makes its world; false when there is no memory for it. */
bool client_open(struct client *c, const struct live_services *services);
/* The handle of the UDP socket by which its peer speaks; 0: no memory. Always 1, the first that it has. */
unsigned client_share(struct client *c, const struct datagrams *socket);
const struct sim_hooks *client_hooks(void);
void client_free(struct client *c);
