/*
 * process: the confined kinds of process, from their first line to their last: workers, the sink, and cells.
 *
 * A cell runs the probes of one pack that is not the built-in one, for one worker. Its scripts may be an enemy's: it has
 * no socket at all, but the channel to its worker, which does for it, in a live world, what its probes ask of theirs
 * (world/far.h), and hears their conclusions.
 *
 * The supervisor starts them by running this very program again, so that they begin with an address
 * space in which no key ever was. Descriptor 3 is the channel to the supervisor (a cell's: to its worker); 4 is the pulse
 * of a worker or cell, or the sink's first listener. Where it has several ports its other listeners follow, WAYS_PORTS in
 * all, and behind them as many UDP sockets on the same ports, where there are such. A cell finds its settings in 5.
 */
#pragma once

#include "base/ways.h"

enum {
    PROCESS_CHANNEL = 3,
    PROCESS_SECOND = 4,
    PROCESS_SETTINGS = 5,
    PROCESS_DATAGRAMS = PROCESS_SECOND + WAYS_PORTS,
    PROCESS_END = PROCESS_DATAGRAMS + WAYS_PORTS
};

/* What argv[1] says in them. */
#define PROCESS_WORKER "--as-worker"
#define PROCESS_SINK   "--as-sink"
#define PROCESS_CELL   "--as-cell"

/* Each returns the exit status. */
int process_worker(void);
int process_sink(void);
int process_cell(void);
