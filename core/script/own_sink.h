/*
 * own_sink: where a proxy may be asked to lead.
 *
 * A proxy test has one destination, our own sink: one of its ports, by its address, or by a name that is known to lead
 * to it. The only other one is the control: a port at the sink's address where nobody listens, so that a target that
 * says yes to it as well says yes to everything. No probe, however written, reaches a stranger through a proxy.
 */
#pragma once

#include "proto/socks.h"
#include "script/task.h"

struct lua_State;

enum own_sink_kind {
    OWN_SINK_ADDRESS, /* as it listens */
    OWN_SINK_NAME,    /* a name that leads to it */
    OWN_SINK_IPV6,    /* its IPv6 address; an IPv4 one in its mapped form, ::ffff:a.b.c.d */
};

/* All zero: the sink's address and its first port. */
struct own_sink {
    enum own_sink_kind kind;
    bool closed;   /* the control */
    uint16_t port; /* else one of the sink's; 0: the first */
};

enum { OWN_SINK_TEXT = 320 };

/* The argument: "address", "name" or "ipv6", alone or with ":PORT" or ":closed" behind it; "closed" stands for
 * "address:closed". Raises on others. None or nil: the sink's address. */
struct own_sink own_sink_check(struct lua_State *L, int index);
/* Fails with ENAME when no name leads to the sink, with ECONDUCT when the sink has no such port. The name lives as long
 * as the task's facts. */
bool own_sink_destination(struct task *t, struct own_sink where, struct socks_destination *out,
                          struct fail *fail);
/* "HOST:PORT". */
bool own_sink_text(struct task *t, struct own_sink where, char out[OWN_SINK_TEXT],
                   struct fail *fail);
