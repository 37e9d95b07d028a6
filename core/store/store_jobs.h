/*
 * store_jobs: a campaign's work, handed out to the processes that do it, and finished once.
 *
 * A job is one probe at one address and port. It is due at an instant, then leased by a machine (a process that runs the
 * campaign), and either finished, with its case, or given back, to be due again later. After a finished one the same probe
 * is tried there again only when store_again says so: that is the job's next round, and in each round it has one case.
 *
 * A machine's lease covers all that it holds and is kept up by one call, store_beat. When it runs out (the machine was
 * killed, or sees the database no more), its jobs are due again at once, and what it says of them later is not taken: ELOST.
 * So a process whose beat fails with ELOST, or that has not been able to beat for the lease's time, drops its jobs
 * and begins anew with store_machine_begin.
 */
#pragma once

#include "base/buf.h"
#include "store/store.h"

enum { STORE_PRIORITIES = 4 /* 0 is first */, STORE_PRIORITY = 2 /* the usual one */ };
enum { STORE_PROBE = 100, STORE_CASE_ID = 40, STORE_VERDICT = 20, STORE_LEASE_MOST = 1000 };

enum store_job_state { STORE_DUE, STORE_LEASED, STORE_FINISHED };

/* ---- machines ---- */

/* `name` is for people: "host:pid". Its lease holds until now + lease. */
bool store_machine_begin(struct store *s, const char *name, instant now, span lease,
                         int64_t *machine, struct fail *fail);
/* Keeps the lease up until now + lease. ELOST: it had run out and its jobs were taken back. */
bool store_beat(struct store *s, int64_t machine, instant now, span lease, struct fail *fail);
/* Gives back what it holds: due now, as if it had never been leased. */
bool store_machine_end(struct store *s, int64_t machine, instant now, struct fail *fail);

struct store_machine {
    int64_t id;
    struct bytes name; /* lent for the call */
    instant started;
    instant until;
    unsigned long holds; /* jobs */
};
/* Those that have not ended. */
bool store_machines(struct store *s, void (*on_machine)(void *arg, const struct store_machine *m),
                    void *arg, struct fail *fail);

/* ---- planning ---- */

/* Which probes a target gets is the caller's. A plan is a number that grows when the choice changes; a new target has 0. */
struct store_target_new {
    int64_t id;
    struct addr addr; /* port 0: none was said */
    unsigned priority;
};
/* Up to `most` targets whose plan is older. */
bool store_unplanned(struct store *s, unsigned plan, unsigned most,
                     void (*on_target)(void *arg, const struct store_target_new *t), void *arg,
                     struct fail *fail);

struct store_job_new {
    int64_t target;
    struct addr addr; /* with its port */
    const char *probe;
    unsigned priority;
    instant due;
};
/* Adds the jobs, but for those that are there already (whichever target they are of), and notes the plan of the targets. */
bool store_plan(struct store *s, unsigned plan, const int64_t *targets, size_t target_count,
                const struct store_job_new *jobs, size_t job_count, struct fail *fail);

/* ---- leases ---- */

struct store_job {
    int64_t id;
    int64_t target;
    struct addr addr;
    char probe[STORE_PROBE + 1];
    unsigned round;    /* 0: the first */
    unsigned attempts; /* this one included; those that were given back uncounted are not */
    unsigned priority;
    bool holdout;
    char name[256];   /* the target's, or empty */
    char country[3];  /* or empty */
    char source[101]; /* one that has named it */
    instant due;      /* since when */
};

/* Hands up to `most` (STORE_LEASE_MOST) jobs to a machine, the highest priority and the longest due first, once jobs of
 * machines whose lease has run out are due again. *count may be 0. ELOST: this machine's own has. */
bool store_lease(struct store *s, int64_t machine, instant now, unsigned most,
                 struct store_job *out, size_t *count, struct fail *fail);
/* Takes over what another machine of the campaign holds, up to `most` at a time, and hands it out as store_lease does, with the attempts
 * that it has had. For who knows that the other one is no more, and has what it has left behind; *count is 0 when nothing is
 * left. What it holds was taken back and handed to others if its lease ran out before. */
bool store_inherit(struct store *s, int64_t machine, int64_t from, instant now, unsigned most,
                   struct store_job *out, size_t *count, struct fail *fail);
/* What machines hold whose lease has run out is due again: as store_lease has it, for who wants to know what is due. */
bool store_reclaim(struct store *s, instant now, struct fail *fail);
/* When the next job will be due; 0: none is waiting. */
bool store_next_due(struct store *s, instant *when, struct fail *fail);

struct store_back {
    int64_t job;
    instant due;
    bool uncounted; /* it was not tried: the attempt does not count */
};
/* Gives jobs back, to be due later. Those that this machine doesn't hold any more are left as they are. */
bool store_give_back(struct store *s, int64_t machine, const struct store_back *jobs, size_t count,
                     struct fail *fail);

/* ---- cases ---- */

/* What became of a job. Texts are lent; cut if too long. */
struct store_case {
    char id[STORE_CASE_ID]; /* "c-...", its own in the whole campaign */
    int64_t job;
    const char *verdict; /* "open" */
    unsigned
        weight; /* of several cases of a target the one with the most weight gives the target's verdict */
    struct bytes reason;
    struct bytes cause;    /* the misconfiguration, or empty */
    struct bytes software; /* of the server, or empty */
    instant started;
    span elapsed;
    struct bytes bundle; /* the file that it stands in, in the campaign's evidence/ */
    struct bytes line;   /* all this as its case.json says it */
};

/* Finishes jobs, each named once, all or none, and notes their cases. When a target's last job of a round is finished, the target is due for
 * the rules at once (store_follow.h), and one that was suspected is tested. A case that is there already is passed over:
 * the answer to an earlier call was lost. *taken counts the others; a job that this machine holds no longer has its
 * case left out. */
bool store_finish(struct store *s, int64_t machine, instant now, const struct store_case *cases,
                  size_t count, size_t *taken, struct fail *fail);
/* The bundle that cases were put into by this name is sealed, and lies in `file`. */
bool store_bundle_sealed(struct store *s, struct bytes name, struct bytes file, instant now,
                         struct fail *fail);
/* Appends the file that the bundle of this name lies in: that name, where it is not sealed. */
bool store_bundle_file(struct store *s, struct bytes name, struct buf *out, struct fail *fail);

/* Has all jobs of a target tried once more, in a new round, from `due` on. Those that still wait or are under way go on as they
 * are. */
bool store_again(struct store *s, int64_t target, instant due, unsigned priority,
                 struct fail *fail);
