/*
 * vm: one LuaJIT state with a memory limit, an instruction budget and a sandbox.
 *
 * The JIT is off: scripts here yield in C at each step, where it gains nothing, and with it off a
 * budget holds and no page need be executable. Only text is loaded, never bytecode. What a script can
 * name is listed in sandbox.c. Files of this house alone see lua.h.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct lua_State;
struct vm;

struct vm_limits {
    size_t memory;              /* bytes that all scripts of the VM may hold together */
    unsigned long instructions; /* between two yields, memory taken counts too; more raises an error
                                   that no pcall stops */
    size_t source;              /* bytes of one script's text */
    struct coverage *coverage; /* or NULL: what is to note the lines that run (script/coverage.h) */
};

/* Limits that suit a worker with thousands of probes in flight. */
struct vm_limits vm_limits_default(void);

struct vm *vm_new(const struct vm_limits *limits, struct fail *fail);
void vm_free(struct vm *vm);
/* From now on an entry's instructions are counted only from when it has been at work for some milliseconds
 * (script/overtime.h): entries that are over sooner, as nearly all are, take a third less time. The budget is then not
 * met to the instruction. `also` is called each time too, while Lua runs or not, from the signal handler. To be called
 * before confinement. False: there is no such timer, and everything is counted as before. */
bool vm_count_overtime(struct vm *vm, void (*also)(void *arg), void *arg);

/* Runs a script's text and keeps what it returns (one value, not nil) under a reference. `name` is
 * what error messages show. Errors carry file and line: code "ESCRIPT". */
bool vm_load(struct vm *vm, struct bytes source, const char *name, int *ref, struct fail *fail);
/* The same; before the script runs, prepare(L, arg) is called with its function on top of L, which has its own globals
 * by then: what it is to find there. [-0, +0, e] */
bool vm_load_prepared(struct vm *vm, struct bytes source, const char *name,
                      void (*prepare)(struct lua_State *L, void *arg), void *arg, int *ref,
                      struct fail *fail);
/* Does the text compile? It is not run. */
bool vm_compiles(struct vm *vm, struct bytes source);
void vm_release(struct vm *vm, int ref);
/* Makes a table of functions, or what another script returned, a global of all scripts to come. */
void vm_set_global(struct vm *vm, const char *name, int ref);

/* Bytes held now. */
size_t vm_memory(const struct vm *vm);
/* How often there was no more memory to be had. */
unsigned long vm_times_full(const struct vm *vm);
/* Frees all that is garbage, and gives it back to the system. */
void vm_shrink(struct vm *vm);

/* For the files of this house. */
struct lua_State *vm_state(struct vm *vm);
struct vm *vm_of(struct lua_State *L);
/* An empty buffer for the length of one binding: what it writes before it hands it on. */
enum { VM_SCRATCH = 256 * 1024 };
struct buf *vm_scratch(struct vm *vm);
/* Begins the budget anew: called before each entry into Lua. */
void vm_budget_reset(struct vm *vm);
/* The same at a wait that was answered at once, unless it is spent already. */
void vm_budget_renew(struct vm *vm);
/* The same though it is spent. False: it was not for that that the script was ended. */
bool vm_go_on(struct vm *vm);
/* Where and that the budget of this entry was spent; NULL when it was not. */
const char *vm_stopped(const struct vm *vm);
/* Ends the script that runs, or that is entered next, in the same way as a spent budget does, for another reason. */
enum vm_stop { VM_STOP_SPENT, VM_STOP_VAIN, VM_STOP_WAITS };
void vm_stop(struct vm *vm, enum vm_stop why);
/* Are these the words in which a script was ended so, at whatever line? */
bool vm_says_stopped(struct bytes text);
/* Raises when C functions and scripts call each other so deeply that the C stack would end (an argument of
 * string.gsub that calls string.gsub …): LuaJIT counts Lua's own stack alone. */
void vm_check_depth(struct lua_State *L);
/* Frees what is garbage, now: for when the limit was met. */
void vm_collect(struct vm *vm);
/* A script has ended: where it leaves much garbage that is freed, and given back to the system. */
void vm_settle(struct vm *vm);
/* Calls fn under protection, on an empty stack; errors become a fail. fn may raise. Code "ENOMEM": there
 * was no memory for it; garbage has been freed, and the same may succeed at a second try. */
bool vm_protected(struct vm *vm, int (*fn)(struct lua_State *L), void *arg, struct fail *fail);
/* Turns the error value on top of L into a fail and pops it. */
void vm_error(struct lua_State *L, struct fail *fail);
/* Coroutines that have ended well are used again. Takes one (its anchor in the registry; 0: there is
 * none), or keeps one that is not needed any more; false: there are enough. */
int vm_spare_take(struct vm *vm, struct lua_State **co);
bool vm_spare_keep(struct vm *vm, struct lua_State *co, int anchor);
/* The task that runs now, for the bindings; set by task.c alone. */
struct task;
struct task *vm_running(const struct vm *vm);
void vm_set_running(struct vm *vm, struct task *task);
