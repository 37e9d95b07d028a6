/*
 * sim: simulated servers on loopback, scripted in Lua (script/scenarios.h).
 *
 * Each scenario listens on an address of its own, 127.x.SIM_NET.N with its usual port, so that many run at
 * once and one connection a host holds none of them up; those that ask for IPv6 share ::1, each with a port of its own. A scenario can reach nothing but loopback.
 */
#pragma once

#include "net/loop.h"
#include "script/scenarios.h"
#include "sim/sockets.h"

enum { SIM_NET = 77, SIM_CONNECTIONS = 20000 };

struct sim;

/* For scenarios_new. */
const struct sim_hooks *sim_hooks(void);

struct sim_options {
    const struct sockets *sockets; /* who gives the sockets; outlives the simulation */
    struct addr sink;              /* where relays deliver; family ADDR_NONE: nowhere */
    struct ways ways;              /* its ports, for scenarios that pass only some */
    unsigned net;                  /* third number of the addresses; 0: SIM_NET */
    const size_t *chosen;          /* which scenarios */
    size_t chosen_count;
    /* A script's error, in one line: the client going away is none. */
    void (*on_error)(void *arg, const char *scenario, const char *text);
    void *arg;
};

/* Opens all listeners (where this machine has no ::1, all but those that want it); NULL with the address that could not be had. Scenarios must outlive it. */
struct sim *sim_new(struct loop *loop, struct scenarios *scenarios,
                    const struct sim_options *options, struct fail *fail);
void sim_free(struct sim *sim);
/* Where the i-th chosen scenario listens. */
struct addr sim_address(const struct sim *sim, size_t i);
/* The same without a simulation: the address a scenario would have. */
struct addr sim_address_of(const struct scenarios *scenarios, size_t index, unsigned net);
