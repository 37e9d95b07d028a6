/*
 * jobs: what is in flight, in slots that are used again; found by id and by the tokens' job number.
 */
#pragma once

#include "run/hosts.h"
#include "run/run.h"

/* A connection that a job has asked for and not closed. */
struct job_conn {
    uint8_t number; /* the worker's; 0: none */
    bool control;   /* it leads to the control address, which is nobody's host */
    bool holds;     /* its host is held for it; else it stands in line */
    instant asked;  /* monotonic; 0: the worker has its answer */
};

struct sup_job {
    struct hosts_waiter waiter; /* first: hosts.h hands it back */
    uint64_t id;                /* low half: slot; high half: generation. 0: free */
    uint32_t generation;        /* outlives the jobs in this slot */
    struct run_item item;
    bool started; /* a worker has it; else it waits for its host */
    /* When it was handed to the worker, and as much later as its connections had to wait; monotonic. */
    instant began;
    bool reserved; /* it holds its host for a first connection that it has not asked for yet */
    unsigned worker;
    unsigned attempts; /* workers that died with it in flight */
    unsigned dials;
    bool visited;       /* the sink was sent to the target for it */
    bool began_mail;    /* it has handed a test message over */
    bool keeps;         /* and keeps one more of its host's, to confirm it */
    bool controlled;    /* it had its connection to the control address */
    unsigned questions; /* sockets to resolvers that it had */
    struct job_conn conns[WORLD_CONNECTIONS];
    unsigned char number[TOKEN_JOB];
    struct run_receipt *receipts; /* RUN_RECEIPTS at most; owned */
    unsigned receipt_count;
    uint32_t next; /* in its bucket or in the free list; slot + 1 */
};

struct jobs;

struct jobs *jobs_new(unsigned most);
void jobs_free(struct jobs *jobs);
/* A slot for the item (which moves in) with a fresh random number; NULL when all are taken. */
struct sup_job *jobs_add(struct jobs *jobs, const struct run_item *item);
/* Frees the slot with all that it holds. */
void jobs_remove(struct jobs *jobs, struct sup_job *job);
struct sup_job *jobs_find(struct jobs *jobs, uint64_t id);
struct sup_job *jobs_find_number(struct jobs *jobs, const unsigned char number[TOKEN_JOB]);
unsigned jobs_count(const struct jobs *jobs);
bool jobs_full(const struct jobs *jobs);
/* The started jobs of this worker, one after the other: that behind `before` (which may be removed by now; NULL: the
 * first), or NULL. For when the worker has died. */
struct sup_job *jobs_of_worker(struct jobs *jobs, unsigned worker, const struct sup_job *before);
/* The worker of a job that was started before `then` and waits for no connection; -1: there is none. */
int jobs_overdue(const struct jobs *jobs, instant then);
/* Removes all that have not been started: for when the run is stopped. */
void jobs_remove_waiting(struct jobs *jobs);

void run_item_free(struct run_item *item);

/* Adds a receipt with a copy of what the sink keeps of it; false when there are RUN_RECEIPTS already, it does not fit
 * (receipt_fits), or no memory is left. */
bool run_receipts_add(struct run_receipt **receipts, unsigned *count, const struct receipt *receipt,
                      struct bytes raw);
void run_receipts_free(struct run_receipt *receipts, unsigned count);
