#include "script/task.h"

#include "script/traceback.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAITS_MOST = 64 * 1024, /* of a probe; a tape has room for half as many */
    VAIN_MOST = 256,        /* that failed because nothing can come any more */
    BUDGETS_MOST = 16,      /* that a task may spend and go on */
};

enum task_state { TASK_NEW, TASK_RUNNING, TASK_WAITING, TASK_ENDED };

struct task {
    struct vm *vm;
    struct world *world;
    const struct task_facts *facts;
    lua_State *co;
    int anchor; /* keeps co from the collector */
    enum task_state state;
    bool ended_well; /* its coroutine can be used again */
    bool time_is_up;
    bool limited; /* WAITS_MOST holds */
    unsigned waits;
    unsigned vain;
    unsigned budgets; /* spent */
    struct typed *typed;
    struct await await;
    struct token token; /* the last one minted: its job number tells our tokens from others' */
    char token_text[TOKEN_TEXT]; /* the same: most envelopes have it */
    unsigned tokens;
    struct buf steps;
    void *kept;
    void (*free_kept)(void *what);
    struct conduct conduct;
    struct lookups *lookups; /* few ask the DNS: NULL until then */
    struct receipt *receipt; /* NULL until one is waited for */
    task_done done;
    void *arg;
};

/* What deliver hands over; results are built on the main stack and moved, because a memory error on
 * a stack that does not run would end the process. */
struct delivery {
    struct task *task;
    int ref;
    int results; /* values moved to the coroutine */
    task_arguments arguments;
    void *arg;
    enum world_state state;
    const struct fail *fail;
};

/* As vm_protected, but lack of memory counts only when it lasts: what was missing may have been garbage. */
static bool protected_twice(struct vm *vm, int (*fn)(lua_State *L), void *arg, struct fail *fail)
{
    return vm_protected(vm, fn, arg, fail) ||
           (bytes_equal_text(bytes_of(fail->code), "ENOMEM") && vm_protected(vm, fn, arg, fail));
}

static int new_protected(lua_State *L)
{
    struct task *t = lua_touserdata(L, 1);
    t->co = lua_newthread(L);
    t->anchor = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

struct task *task_new(struct vm *vm, struct world *world, const struct task_facts *facts,
                      task_done done, void *arg, struct fail *fail)
{
    struct task *t = calloc(1, sizeof *t);
    if (!t) {
        fail_set(fail, "ENOMEM", "out of memory for a task");
        return NULL;
    }
    t->vm = vm;
    t->world = world;
    t->facts = facts;
    t->done = done;
    t->arg = arg;
    t->steps = buf_new(STEPS_LIMIT);
    t->conduct = conduct_new();
    t->anchor = vm_spare_take(vm, &t->co);
    if (t->anchor == 0 && !protected_twice(vm, new_protected, t, fail)) {
        free(t);
        return NULL;
    }
    return t;
}

void task_keep(struct task *t, void *what, void (*free_it)(void *what))
{
    if (t->kept)
        t->free_kept(t->kept);
    t->kept = what;
    t->free_kept = free_it;
}

void *task_kept(const struct task *t, void (*free_it)(void *what))
{
    return t->free_kept == free_it ? t->kept : NULL;
}

void task_free(struct task *t)
{
    if (!t)
        return;
    if (!t->ended_well || !vm_spare_keep(t->vm, t->co, t->anchor))
        luaL_unref(vm_state(t->vm), LUA_REGISTRYINDEX, t->anchor);
    vm_settle(t->vm);
    task_keep(t, NULL, NULL);
    buf_free(&t->steps);
    conduct_free(&t->conduct);
    if (t->lookups)
        host_names_free(&t->lookups->may_ask);
    free(t->lookups);
    free(t->receipt);
    free(t);
}

static void end(struct task *t, const struct task_end *how)
{
    t->state = TASK_ENDED;
    t->done(t->arg, t, t->co, how);
    t->ended_well = how->ok;
    if (how->ok)
        lua_settop(t->co, 0);
}

static void end_failed(struct task *t, const struct fail *fail)
{
    struct task_end how = {.ok = false, .fail = *fail};
    end(t, &how);
}

/* The error of a coroutine, with the script's own frames. */
static int describe_error(lua_State *L)
{
    struct task *t = lua_touserdata(L, 1);
    if (lua_type(t->co, -1) != LUA_TSTRING) /* a number would be made text on a dead stack */
        return luaL_error(L, "the script raised an error that is no text");
    traceback_push(L, t->co, lua_tostring(t->co, -1), 0);
    return lua_error(L);
}

unsigned task_script_line(const struct task *t, const char *name)
{
    lua_Debug call;
    for (int level = 0; lua_getstack(t->co, level, &call); level++)
        if (lua_getinfo(t->co, "Sl", &call) && call.source[0] == '@' &&
            strcmp(call.source + 1, name) == 0)
            return call.currentline > 0 ? (unsigned)call.currentline : 0;
    return 0;
}

static bool is_in_vain(const struct fail *fail)
{
    struct bytes code = bytes_of(fail->code);
    return bytes_equal_text(code, "ETIME") || bytes_equal_text(code, "ESTOPPED");
}

/* A wait is over. */
static void count_wait(struct task *t, enum world_state state, const struct fail *fail)
{
    t->waits++;
    t->vain += state == WORLD_FAILED && is_in_vain(fail);
}

/* Whoever catches all failures and waits on would do so until the run's processes are ended. */
static void stop_waiting(const struct task *t)
{
    if (t->vain > VAIN_MOST)
        vm_stop(t->vm, VM_STOP_VAIN);
    else if (t->limited && t->waits > WAITS_MOST)
        vm_stop(t->vm, VM_STOP_WAITS);
}

void task_limit_waits(struct task *t)
{
    t->limited = true;
}

/* Resumes the coroutine, on whose stack `results` values wait. */
static void run(struct task *t, int results)
{
    struct task *before = vm_running(t->vm);
    vm_set_running(t->vm, t);
    t->state = TASK_RUNNING;
    vm_budget_reset(t->vm);
    stop_waiting(t);
    int status = lua_resume(t->co, results);
    vm_set_running(t->vm, before);
    if (status == LUA_YIELD) {
        t->state = TASK_WAITING;
        return;
    }
    if (status == LUA_ERRMEM)
        vm_collect(t->vm);
    struct task_end how = {.ok = status == 0};
    const char *stopped = vm_stopped(t->vm);
    if (!how.ok && stopped)
        fail_set(&how.fail, "ESCRIPT", "%s", stopped);
    else if (!how.ok)
        vm_protected(t->vm, describe_error, t, &how.fail);
    end(t, &how);
}

static int start_protected(lua_State *L)
{
    struct delivery *d = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->ref);
    d->results = d->arguments ? d->arguments(L, d->task, d->arg) : 0;
    lua_xmove(L, d->task->co, d->results + 1);
    return 0;
}

void task_start(struct task *t, int ref, task_arguments arguments, void *arg)
{
    struct fail fail;
    struct delivery d = {.task = t, .ref = ref, .arguments = arguments, .arg = arg};
    if (!protected_twice(t->vm, start_protected, &d, &fail)) {
        end_failed(t, &fail);
        return;
    }
    run(t, d.results);
}

/* To a script a wait that was cut short is one that took too long; that it had less time than it asked for is kept. */
static int push_failure(lua_State *L, struct task *t, const struct fail *fail)
{
    struct fail told = *fail;
    if (bytes_equal_text(bytes_of(told.code), "ETIME")) {
        t->time_is_up = true;
        told.code = "ETIMEDOUT";
    }
    return task_push_fail(L, &told);
}

/* Pushes what the wait gave, and consumes the input that it took. */
static int push_results(lua_State *L, struct task *t, enum world_state state,
                        const struct fail *fail)
{
    int n = state == WORLD_READY ? t->await.push(L, t, &t->await) : push_failure(L, t, fail);
    struct buf *input = t->await.used ? world_input(t->world, t->await.conn) : NULL;
    if (input)
        buf_drop(input, t->await.used);
    return n;
}

static int deliver_protected(lua_State *L)
{
    struct delivery *d = lua_touserdata(L, 1);
    lua_settop(L, 0);
    int n = push_results(L, d->task, d->state, d->fail);
    lua_xmove(L, d->task->co, n);
    d->results = n;
    return 0;
}

void task_wake(void *task)
{
    struct task *t = task;
    struct fail fail;
    if (t->state != TASK_WAITING)
        return;
    enum world_state state = t->await.step(t, &t->await, &fail);
    if (state == WORLD_PENDING)
        return;
    count_wait(t, state, &fail);
    struct delivery d = {.task = t, .state = state, .fail = &fail};
    struct fail broken;
    if (protected_twice(t->vm, deliver_protected, &d, &broken))
        run(t, d.results);
    else
        end_failed(t, &broken);
}

struct task *task_of(struct lua_State *L)
{
    struct task *t = vm_running(vm_of(L));
    if (!t)
        luaL_error(L, "nothing can be asked of the world while a script is being loaded: do it "
                      "inside probe.run");
    return t;
}

void task_attend(struct task *t, struct typed *typed)
{
    t->typed = typed;
}

struct typed *task_typed(const struct task *t)
{
    return t->typed;
}

void task_go_on(struct task *t)
{
    if (vm_stopped(t->vm) && t->budgets < BUDGETS_MOST && vm_go_on(t->vm))
        t->budgets++;
}

struct world *task_world(struct task *t)
{
    return t->world;
}

struct bytes run_sender_domain(const struct run_facts *run)
{
    return run->sender_domain.n > 0 ? run->sender_domain : run->mail_domain;
}

const struct task_facts *task_facts(struct task *t)
{
    return t->facts;
}

bool task_time_is_up(const struct task *t)
{
    return t->time_is_up;
}

struct await *task_await_begin(struct task *t, await_step step, await_push push, double seconds)
{
    double most = 3600;
    span limit = (span)((seconds > most ? most : seconds > 0 ? seconds : 0) * (double)SPAN_SECOND);
    t->await.step = step;
    t->await.push = push;
    t->await.used = 0;
    t->await.deadline = world_deadline(t->world, limit);
    return &t->await;
}

int task_await(struct lua_State *L, struct task *t)
{
    struct fail fail;
    unsigned line = world_line(t->world);
    enum world_state state = t->await.step(t, &t->await, &fail);
    if (state == WORLD_PENDING)
        return lua_yield(L, 0);
    /* Where something was waited for: on replay no wait yields, and the budget is that of the script's whole life. */
    if (world_line(t->world) != line)
        vm_budget_renew(t->vm);
    count_wait(t, state, &fail);
    stop_waiting(t);
    return push_results(L, t, state, &fail);
}

int task_push_fail(struct lua_State *L, const struct fail *fail)
{
    lua_pushnil(L);
    lua_pushstring(L, fail->text);
    lua_pushstring(L, fail->code);
    return 3;
}

bool task_token(struct task *t, struct token *out, struct fail *fail)
{
    if (!world_token(t->world, &t->token, fail))
        return false;
    t->tokens++;
    token_text(&t->token, t->token_text);
    *out = t->token;
    return true;
}

bool task_owns_token(const struct task *t, const struct token *token)
{
    return t->tokens > 0 &&
           bytes_equal(bytes_at(token->b, TOKEN_JOB), bytes_at(t->token.b, TOKEN_JOB));
}

bool task_owns_token_text(const struct task *t, struct bytes text)
{
    struct token token;
    return bytes_equal_text(text, t->token_text)
               ? t->tokens > 0
               : token_parse(text, &token) && task_owns_token(t, &token);
}

struct lookups *task_lookups(struct task *t)
{
    if (!t->lookups && (t->lookups = malloc(sizeof *t->lookups)))
        *t->lookups = (struct lookups){.may_ask = host_names_new()};
    return t->lookups;
}

struct receipt *task_receipt(struct task *t)
{
    if (!t->receipt)
        t->receipt = calloc(1, sizeof *t->receipt);
    return t->receipt;
}

struct conduct *task_conduct(struct task *t)
{
    return &t->conduct;
}

void task_step(struct task *t, unsigned line, struct bytes say, struct step_finding finding)
{
    steps_put(&t->steps, line ? line : world_line(t->world), say, finding);
}

struct bytes task_steps(struct task *t)
{
    return buf_view(&t->steps);
}
