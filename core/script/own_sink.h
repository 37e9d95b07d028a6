/*
 * own_sink: where a proxy may be asked to lead.
 *
 * A proxy test has one destination, our own sink: by its address, or by a name that is known to lead to it. The
 * only other one is the control: a port at the sink's address where nothing listens, so that a target that says yes
 * to it as well says yes to everything. No probe, however written, reaches a stranger through a proxy.
 */
#pragma once

#include "proto/socks.h"
#include "script/task.h"

struct lua_State;

enum own_sink {
    OWN_SINK_ADDRESS, /* as it listens */
    OWN_SINK_NAME,    /* a name that leads to it */
    OWN_SINK_IPV6,    /* its IPv6 address; an IPv4 one in its mapped form, ::ffff:a.b.c.d */
    OWN_SINK_CLOSED,  /* the control */
};

/* RFC 1078's service, which nobody runs any more. */
enum { OWN_SINK_CLOSED_PORT = 1, OWN_SINK_TEXT = 320 };

/* The argument "address", "name", "ipv6" or "closed"; raises on others. None or nil: OWN_SINK_ADDRESS. */
enum own_sink own_sink_check(struct lua_State *L, int index);
/* Fails with ENAME when no name leads to the sink. The name lives as long as the task's facts. */
bool own_sink_destination(struct task *t, enum own_sink which, struct socks_destination *out,
                          struct fail *fail);
/* "HOST:PORT". */
bool own_sink_text(struct task *t, enum own_sink which, char out[OWN_SINK_TEXT], struct fail *fail);
