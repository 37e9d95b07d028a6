/*
 * hosts: one connection at a time to a host. Who comes second waits in line.
 *
 * A host is held by one job (which may hold it several times); memory is bounded by the hosts held.
 */
#pragma once

#include "base/addr.h"

struct hosts;

/* What waits for a host: a whole job, or one connection of a job. The caller's record begins with it. */
struct hosts_waiter {
    struct hosts_waiter *next;
    uint64_t job;
    bool whole_job;
};

struct hosts *hosts_new(unsigned most);
void hosts_free(struct hosts *h);
/* True: the job holds the host (once more). */
bool hosts_take(struct hosts *h, const struct addr *host, uint64_t job);
/* Does nobody hold it? */
bool hosts_is_free(struct hosts *h, const struct addr *host);
/* Waits for a host that another job holds; the order of coming is kept, but for a connection of a job that is at work
 * already: it goes before all whole jobs. False when nobody holds it (memory was short). */
bool hosts_wait(struct hosts *h, const struct addr *host, struct hosts_waiter *waiter);
/* Nobody's whole job is in line any more: before those jobs are removed. */
void hosts_forget_jobs(struct hosts *h);
/* The job gives back one hold. When that was its last, the first in line holds the host from now on and
 * is returned, else NULL. */
struct hosts_waiter *hosts_give(struct hosts *h, const struct addr *host, uint64_t job);
