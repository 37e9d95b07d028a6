/*
 * ledger: the process of `ajar campaign run` that has the store.
 *
 * It forks a shift (shift.h), which tests, leases jobs for it ahead, hands them over one by one, and takes back what became
 * of them: finishes what is finished, some hundreds at once, gives back what is to be tried later. So the shift never
 * waits for a database; while that is away, results wait here, and no more jobs are handed out.
 *
 * Nothing is finished in the store before its case is on the disk. A shift is one machine of the store (store_jobs.h) and
 * writes one bundle. When it ends as it should, the bundle is sealed and put into evidence/; when it, or all of this, is killed,
 * whoever runs the campaign next on this machine finds its lock free, and takes over: ledger_adopt.
 */
#pragma once

#include "cli/campaign_folder.h"
#include "cli/job_plan.h"
#include "cli/probe_options.h"
#include "guard/scope.h"

#include <sys/types.h>

struct loop;
struct timer;
struct channel;
struct task_done;

enum {
    LEDGER_HELD = 4000,  /* jobs at a time */
    LEDGER_ROOM = 16384, /* with those of others that are no more */
    LEDGER_BATCH = 256
};

/* What holds for a run of the campaign. */
struct ledger_rules {
    unsigned attempts;   /* of a job whose verdict says nothing, the last one counted */
    span retry_after;    /* the first; each further one four times as long */
    unsigned long cases; /* of a shift */
    span shift;
    span lease;
    bool stay; /* also when nothing is due */
};

/* A job that was leased, and what became of it. */
struct ledger_job {
    struct store_job job;
    bool used;
    bool settled;
    bool back; /* given back, to be tried later */
    instant due;
    bool uncounted;
    unsigned char *done; /* the message that said so; owned */
    struct store_case row;
};

struct ledger {
    /* Filled in by the command; lent. */
    const char *command;
    const char *place;  /* of the store */
    const char *folder; /* of this machine's files */
    const struct probe_options *options;
    const struct scripts *scripts;
    struct ledger_rules rules;
    char scope_path[CAMPAIGN_PATH];
    char optout_path[CAMPAIGN_PATH];

    /* Of the whole run. */
    struct store *store;
    span ahead; /* the store's clock is, of this machine's */
    struct job_plan plan;
    bool stopping; /* somebody asked for it */
    bool stopped;  /* the campaign's switch */
    unsigned long finished;
    unsigned long later;

    /* Of a shift. */
    int64_t machine;
    int lock;
    char bundle[CAMPAIGN_FILE];
    char bundle_path[CAMPAIGN_PATH];
    int bundle_fd; /* to make sure that it is on the disk; -1: not open yet */
    pid_t pid;
    struct loop *loop;
    struct channel *channel; /* NULL: the shift is over */
    struct timer *timer;
    struct ledger_job *jobs; /* LEDGER_ROOM of them */
    unsigned *free_jobs;     /* their numbers */
    unsigned free_count;
    unsigned settled[LEDGER_ROOM];
    unsigned settled_count;
    unsigned long handed_out;
    unsigned long late; /* of those that are held: they wait for late mail until the shift ends */
    instant begun;      /* loop_monotonic */
    instant beat;
    instant looked;      /* at what may change; 0: not yet */
    int64_t last_optout; /* in the store, that was handed on */
    bool over;           /* no more jobs are handed out */
    bool lost;           /* our lease has run out: others do the work */
    bool away;           /* the database is, and that was said */
    struct fail why_away;
    struct buf out;
    struct fail failed;    /* what ended it; no code: nothing has */
    int64_t scope_seen[3]; /* the file's time, size and number */
    int64_t optout_seen[3];
};

/* Runs shifts until nothing is due, somebody stops it, or something fails. */
bool ledger_run(struct ledger *l, struct fail *fail);

/* ---- between the ledger's files ---- */

/* The time by the store's clock. */
instant ledger_now(const struct ledger *l);
/* A line on stderr. */
void ledger_say(const struct ledger *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What failed may come back: it is said once. Else it ends the shift. */
bool ledger_bear(struct ledger *l, const struct fail *why);

/* What became of the job: `frame`, an IPC_TASK_DONE, is kept until it is written. */
void ledger_settle(struct ledger *l, struct ledger_job *job, struct bytes frame,
                   const char *bundle);
/* Writes what is settled; false: it waits, or failed. */
bool ledger_flush(struct ledger *l);
/* A place for a job, NULL: there is none. */
struct ledger_job *ledger_hold(struct ledger *l, const struct store_job *job);
void ledger_let_go(struct ledger *l, struct ledger_job *job);

/* Is it whole, with its seal? */
bool ledger_is_sealed(const char *bundle);
/* Puts a sealed bundle into evidence/, by its digest, and has the store know it. Who is killed in between finds it where it was. */
bool ledger_keep(struct ledger *l, const char *sealed, const char *bundle, struct fail *fail);

/* Takes over what machines have left that are no more, on this machine: their bundles are recovered and sealed, the cases in them that
 * the store does not know are noted, all else is due again. */
bool ledger_adopt(struct ledger *l, struct fail *fail);

/* This process becomes a machine of the store, with a lock and a name for its bundle; and is no more: the lock is taken away, or
 * left for who comes next. */
bool ledger_begin_machine(struct ledger *l, struct fail *fail);
void ledger_end_machine(struct ledger *l, bool done);

/* No more jobs are handed out: the shift ends those that it has. */
void ledger_end_shift(struct ledger *l);
/* Is the file another one than when this was asked last? */
bool ledger_has_changed(const char *path, int64_t seen[3]);
/* Hands new opt-outs on; ends the shift where the scope has changed, or the campaign was stopped. */
void ledger_look_at_policy(struct ledger *l);
void ledger_ask_for_stop(struct ledger *l);
