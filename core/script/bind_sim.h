/*
 * bind_sim: the raw bindings of the simulators' scripts: a server's half of connections.
 */
#pragma once

struct lua_State;

/* Pushes the table: line, read, write, close, pause, dial, pipe, sink. [-0, +1, m] */
void bind_sim_push(struct lua_State *L);
