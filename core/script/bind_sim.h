/*
 * bind_sim: the raw bindings of the simulators' scripts: a server's half of connections.
 */
#pragma once

#include "base/fail.h"
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
};

/* Pushes the table: line, read, write, close, pause, dial, pipe, sink, secure, shutdown, reset, unsent. The hooks
 * outlive the state. [-0, +1, m] */
void bind_sim_push(struct lua_State *L, const struct sim_hooks *hooks);
