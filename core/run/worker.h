/*
 * worker: what the files worker*.c share.
 *
 *   worker.c        the process: jobs whose scripts run here, and the messages to and from the supervisor
 *   worker_homes.c  the VMs of those
 *   worker_cells.c  jobs whose scripts run in a cell: their worlds are here
 */
#pragma once

#include "net/channel.h"
#include "run/ipc.h"
#include "run/pulse.h"
#include "run/settings.h"
#include "run/slots.h"
#include "script/probes.h"
#include "world/far_desk.h"

struct print_live;
struct tape_head;
struct worker;

/* The process of a foreign pack, as its worker sees it. */
struct worker_cell {
    struct worker *worker;
    unsigned number;         /* from 1 on */
    uint32_t generation;     /* how often it was started, as the supervisor counts */
    struct channel *channel; /* NULL: it is no more */
    bool lost;               /* the supervisor was told so */
};

/* The VM of a pack whose scripts run here; no other pack shares it. */
struct home {
    struct probes *probes;
    size_t first;       /* its first script, among all */
    unsigned in_flight; /* jobs that have not been freed */
    bool full;          /* there was no memory in it: it begins anew once nothing runs there */
};

/* Where a script runs. */
struct place {
    unsigned cell;     /* 0: here */
    struct home *home; /* here; else NULL */
    size_t index;      /* among the scripts there */
};

struct job {
    uint64_t id;
    struct worker *worker;
    struct live *live;
    struct probe_run *run; /* NULL: it runs in a cell, and that calls at the desk */
    struct far_desk *desk;
    struct print_live *trace; /* where its dialogue is watched; else NULL */
    unsigned script_line;     /* that a cell has come to, where it is watched */
    unsigned cell;
    unsigned script; /* its index among all */
    bool last;       /* it is not run once more */
    struct task_facts facts;
    instant started;
    struct job *next;     /* in the list of those that have ended */
    unsigned char name[]; /* the target's */
};

struct worker {
    struct loop *loop;
    struct channel *channel;
    struct live_services services;
    struct settings *settings;
    struct run_facts *facts; /* for each script */
    struct tape_head *heads; /* for each script: of its jobs' tapes, but for what differs by job */
    struct place *places;    /* for each script */
    struct home *homes;      /* as many as there are packs here, in room for one of each script */
    struct pulse *pulse;
    struct worker_cell cells[CELLS_MOST];
    struct timer *overdue; /* to look for jobs that a cell does not end */
    struct slots jobs;
    struct job *ended; /* freed after the round: their code may still be on the stack */
    struct buf out;    /* the message being written */
    struct buf rows; /* the same for what is watched, which may be told in the middle of another */
    int status;
};

/* worker.c */
/* Ends the process, which the supervisor then replaces. */
void worker_stop(struct worker *w, const char *why);
/* Sends w->out to the supervisor. */
void worker_send(struct worker *w);
/* The tape's last line, and the message that ends the job. */
void worker_conclude(struct job *job, const struct conclusion *c);
/* The job is over here; nothing is said. */
void worker_drop(struct job *job);

/* worker_homes.c */
/* Loads the scripts that run here, which then live as long as the worker. */
bool homes_load(struct worker *w, struct fail *fail);
/* Makes the job's run; none, where there is no memory for it. */
void homes_enter(struct job *job, probe_done done, struct fail *fail);
/* Frees the job's run. */
void homes_leave(struct job *job);
/* Is it of a pack that is trusted to run here, which may want for memory alone? */
bool homes_is_guest(const struct job *job);

/* worker_cells.c */
bool cells_set_up(struct worker *w);
/* The job goes to its cell; false: no memory. */
bool cells_start(struct job *job, const struct token_seed *seed);
/* Something happened in its world. */
void cells_wake(struct job *job);
/* The supervisor's IPC_CELL; false when it is broken. */
bool cells_news(struct worker *w, struct ipc_reader *r, int fd);
/* The supervisor's IPC_LINE and IPC_BREAK, for a job in a cell; false when broken. */
bool cells_line(struct worker *w, struct ipc_reader *r);
bool cells_break(struct worker *w, struct ipc_reader *r);
void cells_flush(struct worker *w);
