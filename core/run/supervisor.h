/*
 * supervisor: what the files supervisor_*.c share.
 *
 *   supervisor.c         the run from its first line to its last: filling workers, draining, ending
 *   supervisor_crew.c    the processes: starting, hearing, replacing them
 *   supervisor_cells.c   the processes of foreign packs, beside each worker
 *   supervisor_dial.c    the conscience: whom may a worker have a connection to, and when
 *   supervisor_resolver.c  sockets to resolvers
 *   supervisor_result.c  from a worker's word and the sink's receipts to a result
 *   supervisor_late.c    cases that wait for their token until the run ends
 *   supervisor_session.c  a script whose lines are typed while it runs
 */
#pragma once

#include "base/random.h"
#include "net/channel.h"
#include "run/hosts.h"
#include "run/ipc.h"
#include "run/jobs.h"
#include "run/pulse.h"
#include "run/run_session.h"
#include "run/settings.h"
#include "run/watch.h"
#include "run/window.h"

#include <sys/types.h>

struct budget;
struct late;
struct pace;
struct supervisor;

/* A worker or the sink, as the supervisor sees it. */
enum { ATTEMPTS_MOST = 2 /* workers, or cells, that may die with a job in flight */ };

struct member {
    struct supervisor *supervisor;
    unsigned index; /* among the workers */
    bool is_sink;
    bool ready;
    bool stops; /* the sink has said why */
    bool gone;  /* its channel has ended; it is buried after the round */
    bool alone; /* takes only jobs of the retry list, one at a time */
    pid_t pid;
    struct channel *channel;
    struct watch watch;        /* holds the pulse */
    struct window_work worked; /* until the last look at the window */
    unsigned in_flight;
};

/* The process of a foreign pack, beside one worker. */
struct sup_cell {
    pid_t pid;
    uint32_t generation; /* how often it was started */
    struct watch watch;
    unsigned deaths; /* since the last probe that ended well in it */
};

/* Jobs that wait for another try. */
struct retry {
    struct run_item item;
    unsigned attempts;
    bool alone; /* a worker died while this very job ran */
    struct retry *next;
};

struct supervisor {
    const struct run_options *options;
    struct run_counts *counts;
    struct loop *loop;
    struct jobs *jobs;
    struct late *late;
    struct hosts *hosts;
    struct pace *pace;
    struct budget *budget; /* of test messages */
    struct member *workers;
    unsigned worker_count;
    struct member sink;
    struct sup_cell *cells; /* cell_count for each worker */
    unsigned cell_count;
    unsigned char
        *cell_of; /* for each script: its cell, from 1 on; 0: it runs in the workers themselves */
    const char **ids; /* for each script: its probe's */
    struct settings settings;
    struct buf out;  /* the message being written */
    struct buf line; /* of the newest case */
    struct random_lot random;
    struct retry *retries;
    struct window window;
    struct timer *look; /* at the window, while it holds work back */
    bool looks;
    struct timer *tick;
    unsigned ticks;
    unsigned dials_waiting;
    unsigned deaths_in_a_row; /* of workers, since the last result */
    bool kept_scripts;        /* run.json and the scripts are in the bundle */
    instant started;
    bool begun;             /* options->on_begin was called */
    bool exhausted;         /* options->next has said that there is no more */
    bool stopping;          /* no new jobs */
    bool interrupted;       /* by the operator */
    instant interrupted_at; /* first, by loop_monotonic */
    unsigned stop_ticks;
    bool out_of_descriptors_said;
    struct fail failed; /* why the run can't go on; code NULL: it can */
};

/* supervisor.c */
/* Ends the run as failed: no new jobs, what is in flight is drained. The first reason counts. */
void supervisor_fail(struct supervisor *s, const struct fail *why);
void supervisor_say(struct supervisor *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Puts an item (which moves in) onto the retry list. */
void supervisor_retry(struct supervisor *s, struct run_item *item, unsigned attempts, bool alone);
/* Puts run.json and the scripts into the bundle, once. */
bool supervisor_keep_scripts(struct supervisor *s, struct fail *fail);
/* Hands a job whose host is free (and reserved for it) to a worker. */
void supervisor_start(struct supervisor *s, struct sup_job *job);

/* supervisor_crew.c */
bool crew_start(struct supervisor *s, struct fail *fail);
/* Sends s->out to a member. */
void crew_send(struct member *m, int fd);
/* After each round: buries and replaces who is gone, flushes the channels. */
void crew_after_round(struct supervisor *s);
/* A few times a second: ends workers that turn in circles. */
void crew_watch(struct supervisor *s);
void crew_stop(struct supervisor *s);

/* supervisor_session.c */
/* Without a session these do nothing. */
bool session_set_up(struct supervisor *s);
void session_tear_down(const struct supervisor *s);
/* The run is being stopped. */
void session_stop(const struct supervisor *s);
/* A job goes to a worker. */
void session_begins(struct supervisor *s, const struct sup_job *job);
/* A worker's IPC_SAID; false when the message is broken. */
bool session_said(struct supervisor *s, struct ipc_reader *r);

/* supervisor_cells.c */
/* Which scripts run in cells: those of all packs but the built-in one and those that the operator trusts, a cell for each pack. */
bool cells_plan(struct supervisor *s, struct fail *fail);
/* Starts the cells of a worker that was just started, and hands them to it. */
bool cells_start_all(struct member *m, struct fail *fail);
/* Also of a worker that was never started. */
void cells_end_all(const struct member *m);
/* A worker's IPC_CELL_LOST; false when the message is broken. */
bool cells_lost(struct member *m, struct ipc_reader *r);
/* A few times a second: ends cells that turn in circles. */
void cells_watch(struct supervisor *s);
/* A probe has ended well. */
void cells_well(struct supervisor *s, const struct sup_job *job);

/* supervisor_dial.c */
/* May this target be probed at all? False with a reason that a person can act on. */
bool dial_permitted(struct supervisor *s, const struct addr *to, struct fail *why);
/* May this be a target? Beside the scope's word: it is not the address that we test from (--from), as nobody is a
 * stranger to himself, nor the one at which nobody listens (--control). */
enum run_refusal target_refusal(struct supervisor *s, const struct addr *target, struct fail *why);
/* A worker asks for a connection; answers now or later. */
struct dial_wish {
    unsigned conn;  /* the worker's number for it */
    unsigned tries; /* that found no descriptor free */
    struct addr to;
    enum world_way way;
};
void dial_asked(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish);
/* Reserves the job's host for its first connection, or puts the job in line for it: false then. */
bool dial_reserve(struct supervisor *s, struct sup_job *job);
/* A worker's IPC_MESSAGE: it counts for the job's host. False when the message is broken. */
bool dial_message(struct supervisor *s, struct ipc_reader *r, const struct member *from);
/* The worker has closed a connection. stood: it was a session, behind which the host is left alone for a while. */
void dial_closed(struct supervisor *s, struct sup_job *job, unsigned conn, bool stood);
/* The job is over: all that it holds is given back. */
void dial_over(struct supervisor *s, struct sup_job *job);

/* supervisor_resolver.c */
/* A worker's IPC_RESOLVER; false when the message is broken. */
bool resolver_asked(struct supervisor *s, struct ipc_reader *r, const struct member *from);

/* supervisor_result.c */
/* A worker's IPC_DONE; false when the message is broken. Removes the job. */
bool result_done(struct supervisor *s, struct ipc_reader *r, struct member *from);
/* A worker's IPC_TRACE; false when the message is broken. */
bool result_trace(struct supervisor *s, struct ipc_reader *r);
/* The sink's IPC_RECEIPT; false when the message is broken. */
bool result_receipt(struct supervisor *s, struct ipc_reader *r);
/* A result without a case: the target may not be probed. */
void result_refused(struct supervisor *s, const struct run_item *item, enum run_refusal refusal,
                    const struct fail *why);
/* Counts a result, keeps it as evidence, hands it out. */
void result_report(struct supervisor *s, struct run_result *result);
/* An `open` whose proof came from our own address stands no more. */
void result_judge_exit(const struct supervisor *s, struct run_result *result);
/* A case of which nothing is left but how it failed, and how long it was at work: its tape has a head and a verdict. */
void result_lost(struct supervisor *s, const struct run_item *item, span took,
                 const struct fail *why);

/* supervisor_late.c */
/* Takes a result over from its job, whose item and receipts move, where its token may still come: it is held, or reported
 * as open at once where the token has come meanwhile. False: it is no such result, or there is no memory for it. */
bool late_keep(struct supervisor *s, struct sup_job *job, struct run_result *result);
/* A receipt for a job that is over. */
void late_receipt(struct supervisor *s, const struct receipt *receipt, struct bytes raw);
/* The run is over: those that are still held are reported as they are. */
void late_release(struct supervisor *s);
