/*
 * bind_sim: the raw bindings of the simulators' scripts: a server's half of connections.
 */
#pragma once

#include "base/fail.h"
#include "script/task.h"
#include "world/world.h"

struct lua_State;

/* What a server can do and no probe: done by the house sim. `owner` is the world's. */
struct sim_hooks {
    /* Begins TLS as the server; certificate: "good", "expired", … (sim/identities.h). Its end: world_secured. */
    bool (*secure)(void *owner, unsigned conn, struct bytes certificate, bool h2,
                   struct fail *fail);
    /* Shuts our half once all is sent. */
    void (*shutdown)(void *owner, unsigned conn);
    /* The connection will end with a reset when it is closed. */
    void (*reset)(void *owner, unsigned conn);
    /* The address that the next connection comes from; NULL: the server's own. */
    void (*from)(void *owner, const struct addr *from);
    /* Pending while something waits to be sent; failed when the client is gone. */
    enum world_state (*unsent)(void *owner, unsigned conn);
    /* Opens a free port at the server's own address, one that listens or a UDP socket: its handle; 0 with fail. What
     * arrives there wakes the world's owner. */
    unsigned (*open_port)(void *owner, bool datagrams, uint16_t *port, struct fail *fail);
    bool (*arrived)(void *owner, unsigned handle);
    /* A connection of the world that has come to a listening port; 0: none. */
    unsigned (*take_connection)(void *owner, unsigned handle);
    /* A datagram, lent until the loop goes on; false: none. */
    bool (*take_datagram)(void *owner, unsigned handle, struct addr *from, struct bytes *what);
    /* to NULL: the peer that is served. False when it can't be sent. */
    bool (*send_datagram)(void *owner, unsigned handle, const struct addr *to, struct bytes what);
};

/* Pushes the table: line, read, write, close, pause, dial, pipe, sink, secure, shutdown, reset, unsent, listen, accept,
 * udp, receive, send, h2_serve and its kin. The hooks outlive the state. [-0, +1, m] */
void bind_sim_push(struct lua_State *L, const struct sim_hooks *hooks);

/* For bind_sim_*.c: the hooks that the running function was pushed with, and the owner they are called with. */
const struct sim_hooks *bind_sim_hooks(struct lua_State *L);
void *bind_sim_owner(struct lua_State *L);
/* Sets the functions for ports in the table on top. */
void bind_sim_push_ports(struct lua_State *L, const struct sim_hooks *hooks);
/* Sets those for HTTP/2. */
void bind_sim_push_h2(struct lua_State *L, const struct sim_hooks *hooks);
/* Waits with `step` until one of the connections that are the first two arguments has ended. */
int bind_sim_await_pipe(struct lua_State *L, await_step step);
/* t[name] = function, for the table on top. */
void bind_sim_add(struct lua_State *L, const struct sim_hooks *hooks, const char *name,
                  int (*function)(struct lua_State *L));
