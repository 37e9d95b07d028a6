/*
 * task_ipc: what a campaign's ledger (cli/ledger.h), which has the store, and the run that does its work say to each other.
 */
#pragma once

#include "run/ipc.h"
#include "run/run.h"

/* A target and a probe. Texts are views of the frame, or the writer's. */
struct task {
    uint64_t number; /* the ledger's */
    uint32_t probe;  /* index into the run's */
    struct addr target;
    struct bytes name;   /* or empty, as the next */
    struct bytes source; /* that has named it */
};

/* What became of it. Texts likewise. */
struct task_done {
    uint64_t number;
    bool refused; /* by the scope: nothing was sent */
    enum verdict verdict;
    struct bytes id; /* of its case; empty: the bundle has none of it */
    struct bytes reason;
    instant started;
    span elapsed;
    struct bytes line; /* case.json, of a case */
};

/* The whole message each. */
void task_put(struct buf *out, const struct task *t);
void task_put_done(struct buf *out, const struct run_result *result);

/* All that stands behind the type; ipc_end says whether it was whole. A verdict that there is not makes the reader bad. */
struct task task_read(struct ipc_reader *r);
struct task_done task_read_done(struct ipc_reader *r);
