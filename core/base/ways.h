/*
 * ways: where else than at its first port our own sink is reached, and where it certainly is not.
 *
 * What a run knows of this is told to workers, stands in the head of each tape, and decides where a proxy may be
 * asked to lead (script/own_sink.h).
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/bytes.h"

enum {
    WAYS_PORTS = 8,  /* of the sink */
    WAYS_NAME = 253, /* bytes of its name */
    WAYS_CLOSED_PORT =
        1 /* the control where no other is known; RFC 1078's service, which nobody runs any more */
};

struct ways {
    uint16_t ports[WAYS_PORTS]; /* that the sink listens on, in the order in which they are tried */
    unsigned port_count;        /* 0: one, that of the sink's address */
    uint16_t deaf[WAYS_PORTS];  /* those of them on which it hears no datagrams */
    unsigned deaf_count;
    uint16_t
        closed; /* the control: a port at the sink's address that nobody listens on; 0: not known */
    struct addr
        control;       /* where it is known that nobody listens; family ADDR_NONE: none was named */
    struct bytes name; /* of a host, which leads to the sink alone; empty: there is none */
};

/* To which of them a proxy leads. */
struct ways_reach {
    uint16_t ports[WAYS_PORTS];
    bool reached[WAYS_PORTS];
    unsigned count;
};

/* The control port. */
static inline uint16_t ways_closed(const struct ways *w)
{
    return w->closed ? w->closed : WAYS_CLOSED_PORT;
}

/* Is there anything to tell? */
bool ways_any(const struct ways *w);
/* Does it hear datagrams on this port? */
bool ways_hears(const struct ways *w, uint16_t port);
/* {"ports":[25,443],"deaf":[443],"closed":41234,"control":"192.0.2.1","name":"sink.example"}; what is not known, and a single port, are left out. */
void ways_put(struct buf *out, const struct ways *w);

/* Reads what a script says: "+443-25-80" for 443 reached, 25 and 80 not. Only ports that the sink has, each once; false
 * for all else, also for "". */
bool ways_reach_parse(struct bytes text, const struct ways *w, struct ways_reach *out);
/* {"reached":[443],"missed":[25,80]} */
void ways_reach_put(struct buf *out, const struct ways_reach *r);
