/*
 * process: the two confined kinds of process, from their first line to their last.
 *
 * The supervisor starts them by running this very program again, so that they begin with an address
 * space in which no key ever was. Descriptor 3 is the channel to the supervisor; 4 is the worker's
 * pulse or the sink's first listener. Where it has several ports its other listeners follow, WAYS_PORTS in all, and
 * behind them as many UDP sockets on the same ports, where there are such.
 */
#pragma once

#include "base/ways.h"

enum {
    PROCESS_CHANNEL = 3,
    PROCESS_SECOND = 4,
    PROCESS_DATAGRAMS = PROCESS_SECOND + WAYS_PORTS,
    PROCESS_END = PROCESS_DATAGRAMS + WAYS_PORTS
};

/* What argv[1] says in them. */
#define PROCESS_WORKER "--as-worker"
#define PROCESS_SINK   "--as-sink"

/* Each returns the exit status. */
int process_worker(void);
int process_sink(void);
