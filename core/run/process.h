/*
 * process: the two confined kinds of process, from their first line to their last.
 *
 * The supervisor starts them by running this very program again, so that they begin with an address
 * space in which no key ever was. Descriptor 3 is the channel to the supervisor; 4 is the worker's
 * pulse or the sink's listener; 5 the sink's UDP socket, where there is one, and from 6 on
 * its other listeners, where it has several ports.
 */
#pragma once

enum { PROCESS_CHANNEL = 3, PROCESS_SECOND = 4, PROCESS_THIRD = 5, PROCESS_MORE = 6 };

/* What argv[1] says in them. */
#define PROCESS_WORKER "--as-worker"
#define PROCESS_SINK   "--as-sink"

/* Each returns the exit status. */
int process_worker(void);
int process_sink(void);
