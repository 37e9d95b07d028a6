/*
 * sink_place: where the sink listens, what leads to it, and what certainly does not, as --sink and --sink-name say.
 */
#pragma once

#include "base/ways.h"
#include "cli/names.h"

struct sink_place {
    struct addr at; /* its first port */
    struct ways ways;
    int fds[WAYS_PORTS]; /* the listeners, in the order of the ports */
    int closed_fd;       /* holds the control port, on which nobody can ever listen meanwhile */
};

/* Who is told. */
struct sink_talk {
    void (*say)(const void *arg, const char *line);
    const void *arg;
};

/* Reads "ADDR:PORT[,PORT…]" into `at` and the ports, each named once. */
bool sink_place_parse(const char *text, struct addr *at, struct ways *ways);
/* Nothing is open. */
struct sink_place sink_place_none(void);
/* Opens the listeners and the control port; text NULL: a free port of 127.0.0.1. Ports of several that can't be had
 * are told and left out, unless none can. `name` (NULL: none; lent as long as the place) must lead to this
 * address and to no other: the resolvers are asked. */
bool sink_place_open(struct sink_place *p, const char *text, const char *name,
                     const struct resolvers *resolvers, const struct sink_talk *talk,
                     struct fail *fail);
void sink_place_close(struct sink_place *p);
