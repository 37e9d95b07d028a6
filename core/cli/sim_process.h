/*
 * sim_process: the confined process in which `ajar sim` loads and serves scenarios, and what it is given from outside:
 * sockets on loopback (sim/sockets.h), and a way for its words.
 *
 * The scripts may be a stranger's. Their process has no file, no key, and no socket of its own making; at most 1 GiB of
 * memory; and what it writes comes to stdout and stderr in lines that hold nothing but printable characters.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"
#include "net/loop.h"
#include "sim/sockets.h"

/* What it does; gives the exit status. */
typedef int (*sim_work)(void *arg, struct loop *loop, const struct sockets *sockets);

/* Runs it, until it ends, `limit` is over (0: none), or SIGINT or SIGTERM comes: then the status is 0. Gives the exit
 * status. */
int sim_process_run(sim_work work, void *arg, span limit);
