/*
 * ipc: what the processes of a run say to each other, field by field.
 *
 * A message is one frame of a net/channel: a byte for its type, then its fields. The reader of a frame
 * remembers the first thing that was wrong; fields behind it are zero; leftover bytes are an error too.
 * Neither end trusts the other: whoever gets a broken message drops the sender.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/fail.h"
#include "proto/receipt.h"
#include "world/world.h"

enum ipc_type {
    IPC_SETTINGS = 1, /* supervisor to worker and sink, once, first */
    IPC_READY,        /* back: confined and waiting */
    IPC_JOB,          /* supervisor to worker */
    IPC_DIAL,     /* worker to supervisor: a connection, please, by TCP, by UDP or by the sink */
    IPC_DIALLED,  /* back: with the descriptor, else with the reason why not */
    IPC_CLOSED,   /* worker to supervisor: that connection is closed, and whether it ever stood */
    IPC_RECEIPT,  /* sink to supervisor (with the bytes), supervisor to worker (without) */
    IPC_DONE,     /* worker to supervisor: the verdict and the tape */
    IPC_RESOLVER, /* worker to supervisor: a socket to a resolver, please */
    IPC_RESOLVED, /* back: with the descriptor, else with the reason why not */
    IPC_VISIT,    /* supervisor to sink: a connection that is yours, with the descriptor */
    IPC_VISITING, /* supervisor to worker: the sink has that connection */
    IPC_STOP,     /* supervisor to worker: what still waits shall wait no longer */
    IPC_TRACE,    /* worker to supervisor, where it is watched: a row of a dialogue */

    IPC_CELL, /* supervisor to worker: a cell is there, with the descriptor of the channel to it; or is no more */
    IPC_CELL_LOST, /* worker to supervisor: a cell says no more, or what it may not say */
    IPC_LOST, /* worker to supervisor: a job that its cell did not end, and that is to be run once more */

    /* Between a worker and a cell, beside IPC_JOB: */
    IPC_CALL,   /* cell to worker: of a job's world (world/far.h) */
    IPC_ANSWER, /* back */
    IPC_END,    /* cell to worker: what the probe has concluded */
    IPC_FORGET, /* worker to cell: that job is over */

    /* Of a script whose lines are typed while it runs (run/session_ipc.h): */
    IPC_LINE,  /* supervisor to worker, and on to the cell: the next one */
    IPC_SAID,  /* back: what it gave */
    IPC_BREAK, /* supervisor to worker: what a job waits for shall fail, until its next line */

    IPC_STOPS, /* sink to supervisor: why it ends, which it can tell nobody else */

    IPC_FULL, /* cell to worker: what its scripts keep is too much; the job that has it, or 0 */

    IPC_MESSAGE, /* worker to supervisor: a job is about to hand a test message over, its second or not */

    /* Between a campaign's ledger and the run that does its work (run/task_ipc.h): */
    IPC_TASK,       /* ledger to run: a target and a probe */
    IPC_TASK_DONE,  /* back: what became of it */
    IPC_TASKS_LATE, /* run to ledger: how many of them wait for late mail, until the run ends */
    IPC_TASKS_OVER, /* ledger to run: there are no more */
    IPC_OPTOUTS,    /* ledger to run: lines of networks that want no more tests, from now on */
};

/* What IPC_JOB says: a test of one target by one probe. `name` is a view of the frame, or the writer's. */
struct ipc_job {
    uint64_t id;
    uint32_t probe; /* its index where it runs */
    struct addr target;
    struct bytes name; /* that the target was given by */
    bool last;         /* it is not run once more, whatever its cell dies of */
    struct token_seed seed;
};

/* What a cell is lost by. */
enum ipc_cell_lost {
    IPC_CELL_SILENT, /* it said no more */
    IPC_CELL_FLAWED, /* it did what no cell does */
    IPC_CELL_FULL,   /* it said so itself: IPC_FULL */
};

/* In place of a job's id, where one is to blame: none of those in flight is. */
#define IPC_NOBODY UINT64_MAX

/* Of a job that its cell did not end. (One that the cell died of, or may have died of for the last time, is no such job: its worker
 * ends it, by IPC_DONE.) */
enum ipc_lost {
    IPC_LOST_TURN,  /* it had bad luck */
    IPC_LOST_MAYBE, /* it may be the one that the cell died of: not for ever */
};

/* Writing: begin, put each field, then hand buf_view(out) to channel_send. */
void ipc_begin(struct buf *out, enum ipc_type type);
void ipc_put_u8(struct buf *out, uint8_t value);
void ipc_put_u32(struct buf *out, uint32_t value);
void ipc_put_u64(struct buf *out, uint64_t value);
void ipc_put_bytes(struct buf *out, struct bytes value);
/* A field of bytes that is written in pieces: what ipc_begin_bytes gave goes to ipc_end_bytes. */
size_t ipc_begin_bytes(struct buf *out);
void ipc_end_bytes(struct buf *out, size_t begun);
void ipc_put_addr(struct buf *out, const struct addr *value);
void ipc_put_fail(struct buf *out, const struct fail *value);
void ipc_put_messages(struct buf *out, const struct world_messages *value);
void ipc_put_receipt(struct buf *out, const struct receipt *value);
/* The whole message. */
void ipc_put_job(struct buf *out, const struct ipc_job *job);

struct ipc_reader {
    struct bytes rest;
    bool bad;
};

struct ipc_reader ipc_read(struct bytes frame, enum ipc_type *type);
uint8_t ipc_u8(struct ipc_reader *r);
uint16_t ipc_u16(struct ipc_reader *r);
uint32_t ipc_u32(struct ipc_reader *r);
uint64_t ipc_u64(struct ipc_reader *r);
/* A view of the frame. */
struct bytes ipc_bytes(struct ipc_reader *r);
struct addr ipc_addr(struct ipc_reader *r);
struct fail ipc_fail(struct ipc_reader *r);
struct world_messages ipc_messages(struct ipc_reader *r);
struct receipt ipc_receipt(struct ipc_reader *r);
/* All that stands behind its type. */
struct ipc_job ipc_job(struct ipc_reader *r);
/* Exactly n bytes into out. */
void ipc_copy(struct ipc_reader *r, void *out, size_t n);
/* True when all was well and nothing is left over. */
bool ipc_end(const struct ipc_reader *r);
