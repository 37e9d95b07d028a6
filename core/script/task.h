/*
 * task: one coroutine in flight, what it waits for, and what it was given.
 *
 * A script is straight-line code: a binding begins a wait, and if the answer is not at hand the
 * coroutine yields; the world's wake makes the wait step again, and when it is answered the results are
 * built under protection and the coroutine goes on. This file has the program's only lua_resume.
 *
 * A task waits for at most one thing at a time. A wake that comes for a task that waits for nothing is
 * ignored. A completion never runs inside the call that began it.
 */
#pragma once

#include "base/ways.h"
#include "proto/smtp_reply.h"
#include "script/conduct.h"
#include "script/typed.h"
#include "script/vm.h"
#include "tape/steps.h"
#include "world/world.h"

struct lua_State;
struct task;

/* What is the same for all targets of one probe in a run. */
struct run_facts {
    struct bytes probe; /* its id */
    struct bytes args;  /* values for its arguments, as JSON; empty: the defaults */
    struct bytes mail_domain;
    struct bytes
        sender_domain; /* of the tests' senders; empty: the mail domain, as before interface 11 */
    struct bytes helo;
    struct bytes authority;
    struct bytes contact;
    struct bytes info;
    struct addr sink;
    struct ways ways; /* to it, and the control */
    span wait;        /* how long a token may take to come back */
};

/* The domain that the tests' senders are of. */
struct bytes run_sender_domain(const struct run_facts *run);

/* What every probe is given beside the world: the run and the target. Views must outlive the task. */
struct task_facts {
    const struct run_facts *run;
    struct addr target;
    struct bytes target_name; /* empty when the target was given as an address */
};

/* A wait that a binding begins: `step` is called at once and after each wake until it is not pending;
 * then `push` puts the results on the stack. A failure is pushed as nil, text, code. */
struct await;
typedef enum world_state (*await_step)(struct task *t, struct await *a, struct fail *fail);
typedef int (*await_push)(struct lua_State *L, struct task *t, const struct await *a);

struct await {
    await_step step;
    await_push push;
    instant deadline;
    unsigned conn;
    unsigned number; /* for the binding's own use */
    size_t used;     /* input bytes that the result takes; dropped once it is pushed */
    union {
        struct smtp_reply smtp;
        struct {
            struct token token;
            struct receipt *receipt; /* task_receipt */
        } back;
        struct bytes message;
        const void *with; /* for the binding's own use */
    } got;
};

struct task_end {
    bool ok;          /* the function returned */
    struct fail fail; /* else how it failed */
};
/* Called once, when the function has ended; with ok, its results are L's stack. The task is
 * freed by task_free afterwards (not from inside). */
typedef void (*task_done)(void *arg, struct task *t, struct lua_State *L,
                          const struct task_end *end);
/* Pushes the function's arguments; may raise. Returns how many. */
typedef int (*task_arguments)(struct lua_State *L, struct task *t, void *arg);

/* A task over this world; facts are lent as long as it lives. */
struct task *task_new(struct vm *vm, struct world *world, const struct task_facts *facts,
                      task_done done, void *arg, struct fail *fail);
/* The line at which the script of this name is, now that it is at work or waits; 0: not known. */
unsigned task_script_line(const struct task *t, const char *name);
/* Runs the function under `ref` until it waits or ends; `done` may be called from inside. */
void task_start(struct task *t, int ref, task_arguments arguments, void *arg);
/* The world's wake: for struct world's wake and owner. */
void task_wake(void *task);
void task_free(struct task *t);
/* For a probe: one that waits more often than any tape could tell is stopped. */
void task_limit_waits(struct task *t);

/* Lines come from there; NULL: nobody types. */
void task_attend(struct task *t, struct typed *typed);

/* For the bindings. The task that runs now; raises when there is none. */
struct task *task_of(struct lua_State *L);
struct world *task_world(struct task *t);
const struct task_facts *task_facts(struct task *t);
/* Has a wait been cut short because the probe's own time was up? Scripts get such a failure as ETIMEDOUT. */
bool task_time_is_up(const struct task *t);
/* Begins a wait; the binding ends with `return task_await(…)`. */
struct await *task_await_begin(struct task *t, await_step step, await_push push, double seconds);
int task_await(struct lua_State *L, struct task *t);
/* nil, text, code. */
int task_push_fail(struct lua_State *L, const struct fail *fail);

struct typed *task_typed(const struct task *t);
/* In the handler of an error: where it is that the budget was spent, the task goes on with a new one; some times in its
 * life. */
void task_go_on(struct task *t);

/* Tokens of this task: mints the next one; knows whether one is its own. */
bool task_token(struct task *t, struct token *out, struct fail *fail);
bool task_owns_token(const struct task *t, const struct token *token);
/* The same of a token as text, in either case; the last one minted is known without decoding. */
bool task_owns_token_text(const struct task *t, struct bytes text);
/* What it may name, and where it may send no more. */
struct conduct *task_conduct(struct task *t);
/* Room for a receipt, the task's own; NULL: no memory. */
struct receipt *task_receipt(struct task *t);
/* Its questions to the DNS: see bind_dns.c. NULL: no memory. */
struct lookups {
    struct host_names may_ask; /* beside those that the target gave itself */
    char asked[HOST_NAME + 1]; /* the name of the last question */
};
struct lookups *task_lookups(struct task *t);

/* Something that a binding keeps as long as the task lives, in place of what was kept before. */
void task_keep(struct task *t, void *what, void (*free_it)(void *what));
/* It, where it is of this kind; else NULL. */
void *task_kept(const struct task *t, void (*free_it)(void *what));

/* The steps of the verdict; see tape/steps.h. Line 0: the tape's last line. */
void task_step(struct task *t, unsigned line, struct bytes say, struct step_finding finding);
/* Packed. */
struct bytes task_steps(struct task *t);
