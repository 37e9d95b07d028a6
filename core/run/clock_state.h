/*
 * clock_state: how far the clock of this machine can be believed, as its kernel and its services say. Nobody on the
 * network is asked.
 */
#pragma once

#include "base/buf.h"

#include <stdint.h>

enum { CLOCK_SERVICES = 8 };

struct clock_state {
    bool known; /* the kernel told; else nothing below but the services counts */
    bool synchronised;
    int64_t offset; /* microseconds that the kernel still has to correct */
    int64_t
        estimated_error; /* microseconds, as is the next: what whoever keeps the clock has told the kernel */
    int64_t maximum_error;
    char counter[32]; /* what the kernel counts with: "tsc", or "" */
    /* Processes of root or of a system's account that are called like services that keep clocks: "chronyd"; ended by NULL.
     * Whether they are these services, and keep this clock, nobody has asked. */
    const char *services[CLOCK_SERVICES];
};

void clock_state_look(struct clock_state *out);
/* Appends it as a JSON object. */
bool clock_state_put(struct buf *out, const struct clock_state *s);
