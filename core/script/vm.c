#include "script/vm.h"

#include "base/text.h"
#include "script/coverage.h"
#include "script/overtime.h"
#include "script/pool.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lua.h>
#include <luajit.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOOK_EVERY = 10000, SPARES = 64, C_STACK = 512 * 1024 };

/* Per cent of what was left by one collection at which the next begins. Little memory may grow fourfold, as most of it is
 * the scripts themselves, which each collection goes through; where thousands of probes wait, garbage is to be little. */
enum { GC_PAUSE = 120, GC_PAUSE_SMALL = 400, GC_SMALL = 4 * 1024 * 1024 };

/* What a VM may hold beyond its limit once that was met, until the next entry: whoever says so needs memory too. */
enum { MEMORY_RESERVE = 256 * 1024 };

/* What garbage may be left, beside half of what was in use before, when a script has ended. */
enum { BURST = 16 * 1024 * 1024, SHRUNK = 1024 * 1024 };

/* Bytes of memory that cost as much of the budget as one instruction: a C function that copies much is
 * no instruction, and a stack that overflows again and again is grown anew each time. */
enum { BYTES_AN_INSTRUCTION = 64 };

/* Behind the place where a script was ended. */
static const char *const stop_words[] = {
    [VM_STOP_SPENT] =
        ": instruction budget spent: the script ran too long without waiting for anything",
    [VM_STOP_VAIN] = (": the script waits again and again, though the probe's time is up or the "
                      "run was stopped"),
    [VM_STOP_WAITS] = ": the script waits more often than any probe has to",
};

struct vm {
    lua_State *L;
    struct pool *pool;
    struct buf scratch;
    struct vm_limits limits;
    size_t memory;
    size_t settled; /* the least that it was since the last burst */
    bool was_full;  /* in this entry */
    unsigned long times_full;
    unsigned long spent; /* instructions since the last entry */
    enum vm_stop why;    /* it is ended, once the budget is spent */
    char stopped[240];   /* where that came to pass, as an error message; empty: it did not */
    uintptr_t entered;   /* where the C stack was then; it grows downwards */
    /* Counting costs a third of the interpreter's time. With `overtime` it begins when an entry is found at work. */
    struct overtime *overtime;
    void (*also)(void *arg); /* when it tells; NULL: nothing */
    void *also_arg;
    volatile sig_atomic_t counting;
    volatile sig_atomic_t changing; /* the hook: not to be changed from the signal handler too */
    struct task *running;
    int pause; /* one of the two */
    struct {
        lua_State *co;
        int anchor;
    } spares[SPARES];
    unsigned spare_count;
    /* Functions made once: each making is an object more, and there may be no memory for it. 0: not yet. */
    int collector; /* collect() */
    int entrance;  /* enter() */
};

/* What vm_protected hands to enter(). */
struct entry {
    struct vm *vm;
    int (*fn)(lua_State *L);
    void *arg;
};

struct vm_limits vm_limits_default(void)
{
    return (struct vm_limits){
        .memory = (size_t)512 * 1024 * 1024,
        .instructions = 20 * 1000 * 1000,
        .source = 256 * 1024,
    };
}

static void on_hook(lua_State *L, lua_Debug *at);

/* Calls on_count after each `every` instructions; 0: no more. */
static void count(struct vm *vm, int every)
{
    int mask = (every ? LUA_MASKCOUNT : 0) | (vm->limits.coverage ? LUA_MASKLINE : 0);
    vm->changing = 1;
    lua_sethook(vm->L, mask ? on_hook : NULL, mask, every);
    vm->counting = every != 0;
    vm->changing = 0;
}

/* In a signal handler. lua_sethook may be called from one, but not in the middle of itself. */
static void on_overtime(void *arg)
{
    struct vm *vm = arg;
    if (!vm->counting && !vm->changing)
        count(vm, HOOK_EVERY);
    if (vm->also)
        vm->also(vm->also_arg);
}

bool vm_count_overtime(struct vm *vm, void (*also)(void *arg), void *arg)
{
    vm->also = also;
    vm->also_arg = arg;
    vm->overtime = overtime_new(on_overtime, vm);
    return vm->overtime != NULL;
}

/* Memory counts too: see BYTES_AN_INSTRUCTION. */
static void spend_bytes(struct vm *vm, size_t bytes)
{
    bool was_left = vm->spent < vm->limits.instructions;
    vm->spent += bytes / BYTES_AN_INSTRUCTION;
    if (was_left && vm->spent >= vm->limits.instructions && vm->L)
        count(vm, 1);
}

/* The allocator that holds a VM to its limit. Shrinking never fails. */
static void *allocate(void *user, void *old, size_t old_size, size_t new_size)
{
    struct vm *vm = user;
    size_t had = old ? old_size : 0;
    spend_bytes(vm, new_size > had ? new_size : 0);
    size_t most = vm->limits.memory + (vm->was_full ? MEMORY_RESERVE : 0);
    if (new_size > had && vm->memory - had + new_size > most) {
        vm->was_full = true;
        vm->times_full++;
        return NULL;
    }
    void *p = pool_resize(vm->pool, old, had, new_size);
    if (!p && new_size > 0)
        return new_size <= had ? old : NULL;
    vm->memory = vm->memory - had + new_size;
    return p;
}

/* The place that runs, or the script's own that called the library there. */
static void find_place(lua_State *L, lua_Debug *at)
{
    static const char library[] = "@scripts/lib/";
    lua_Debug call;
    lua_getinfo(L, "Sl", at);
    for (int level = 1;
         strncmp(at->source, library, sizeof library - 1) == 0 && lua_getstack(L, level, &call);
         level++)
        if (lua_getinfo(L, "Sl", &call) && call.source[0] == '@' &&
            strncmp(call.source, library, sizeof library - 1) != 0)
            *at = call;
}

/* Once the budget is spent the hook fires at each instruction: a pcall in the script catches the
 * error, and the next instruction outside of it raises it again, in the same words. */
static void on_count(lua_State *L, lua_Debug *at)
{
    struct vm *vm = vm_of(L);
    vm->spent += HOOK_EVERY;
    if (vm->spent < vm->limits.instructions)
        return;
    count(vm, 1);
    if (vm->stopped[0] == '\0') {
        find_place(L, at);
        snprintf(vm->stopped, sizeof vm->stopped, "%s:%d%s", at->short_src, at->currentline,
                 stop_words[vm->why]);
    }
    lua_pushstring(L, vm->stopped);
    lua_error(L);
}

static void on_hook(lua_State *L, lua_Debug *at)
{
    struct coverage *coverage = vm_of(L)->limits.coverage;
    if (at->event == LUA_HOOKCOUNT)
        on_count(L, at);
    else if (coverage && lua_getinfo(L, "S", at))
        coverage_note(coverage, at->source, at->currentline);
}

const char *vm_stopped(const struct vm *vm)
{
    return vm->stopped[0] != '\0' ? vm->stopped : NULL;
}

bool vm_says_stopped(struct bytes text)
{
    bool found = false;
    for (unsigned i = 0; i < sizeof stop_words / sizeof stop_words[0]; i++) {
        struct bytes words = bytes_of(stop_words[i]);
        found = found || (text.n > words.n && bytes_find(text, words) == text.n - words.n);
    }
    return found;
}

void vm_stop(struct vm *vm, enum vm_stop why)
{
    if (vm->spent >= vm->limits.instructions)
        return;
    vm->why = why;
    vm->spent = vm->limits.instructions;
    count(vm, 1);
}

void vm_budget_reset(struct vm *vm)
{
    if (vm->overtime && vm->counting)
        count(vm, 0);
    else if (vm->spent >= vm->limits.instructions)
        count(vm, HOOK_EVERY);
    vm->spent = 0;
    vm->was_full = false;
    vm->why = VM_STOP_SPENT;
    vm->stopped[0] = '\0';
    vm->entered = (uintptr_t)__builtin_frame_address(0);
}

void vm_budget_renew(struct vm *vm)
{
    if (vm->spent < vm->limits.instructions)
        vm->spent = 0;
}

bool vm_go_on(struct vm *vm)
{
    if (vm->why != VM_STOP_SPENT)
        return false;
    count(vm, vm->overtime ? 0 : HOOK_EVERY);
    vm->spent = 0;
    vm->stopped[0] = '\0';
    return true;
}

void vm_check_depth(struct lua_State *L)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t entered = vm_of(L)->entered;
    if (here < entered && entered - here > C_STACK)
        luaL_error(L, "calls nested too deeply");
}

static int collect(lua_State *L)
{
    lua_gc(L, LUA_GCCOLLECT, 0);
    return 0;
}

void vm_collect(struct vm *vm)
{
    lua_rawgeti(vm->L, LUA_REGISTRYINDEX, vm->collector);
    if (lua_pcall(vm->L, 0, 0, 0) != 0)
        lua_pop(vm->L, 1);
}

void vm_shrink(struct vm *vm)
{
    size_t before;
    do { /* the interpreter's own buffers shrink by half each time */
        before = vm->memory;
        vm_collect(vm);
    } while (before > vm->memory + SHRUNK);
    pool_trim(vm->pool);
    vm->settled = vm->memory;
}

void vm_settle(struct vm *vm)
{
    if (vm->memory > vm->settled + vm->settled / 2 + BURST)
        vm_shrink(vm);
    vm->settled = vm->memory < vm->settled ? vm->memory : vm->settled;
}

static int enter(lua_State *L)
{
    struct entry *e = lua_touserdata(L, 1);
    lua_settop(L, 0);
    lua_pushlightuserdata(L, e->arg);
    return e->fn(L);
}

static int set_up(lua_State *L)
{
    struct vm *vm = lua_touserdata(L, 1);
    sandbox_open(L);
    lua_pushcfunction(L, collect);
    vm->collector = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushcfunction(L, enter);
    vm->entrance = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static void pace_collector(struct vm *vm)
{
    int pause = vm->memory < GC_SMALL ? GC_PAUSE_SMALL : GC_PAUSE;
    if (pause != vm->pause)
        lua_gc(vm->L, LUA_GCSETPAUSE, pause);
    vm->pause = pause;
}

struct vm *vm_new(const struct vm_limits *limits, struct fail *fail)
{
    struct vm *vm = calloc(1, sizeof *vm);
    if (vm) {
        vm->limits = *limits;
        vm->scratch = buf_new(VM_SCRATCH);
        vm->pool = pool_new();
        vm->L = vm->pool ? lua_newstate(allocate, vm) : NULL;
    }
    if (!vm || !vm->L) {
        vm_free(vm);
        fail_set(fail, "ENOMEM",
                 "no Lua state could be made: out of memory, or this LuaJIT was "
                 "built without GC64");
        return NULL;
    }
    pace_collector(vm);
    luaJIT_setmode(vm->L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    count(vm, HOOK_EVERY);
    if (!vm_protected(vm, set_up, vm, fail)) {
        vm_free(vm);
        return NULL;
    }
    return vm;
}

void vm_free(struct vm *vm)
{
    if (!vm)
        return;
    overtime_free(vm->overtime);
    if (vm->L)
        lua_close(vm->L);
    pool_free(vm->pool);
    buf_free(&vm->scratch);
    free(vm);
}

struct lua_State *vm_state(struct vm *vm)
{
    return vm->L;
}

struct vm *vm_of(struct lua_State *L)
{
    void *user = NULL;
    lua_getallocf(L, &user);
    return user;
}

unsigned long vm_times_full(const struct vm *vm)
{
    return vm->times_full;
}

struct buf *vm_scratch(struct vm *vm)
{
    buf_clear(&vm->scratch);
    return &vm->scratch;
}

size_t vm_memory(const struct vm *vm)
{
    return vm->memory;
}

int vm_spare_take(struct vm *vm, struct lua_State **co)
{
    pace_collector(vm); /* each task begins here */
    if (vm->spare_count == 0)
        return 0;
    vm->spare_count--;
    *co = vm->spares[vm->spare_count].co;
    return vm->spares[vm->spare_count].anchor;
}

bool vm_spare_keep(struct vm *vm, struct lua_State *co, int anchor)
{
    if (vm->spare_count == SPARES)
        return false;
    vm->spares[vm->spare_count].co = co;
    vm->spares[vm->spare_count].anchor = anchor;
    vm->spare_count++;
    return true;
}

struct task *vm_running(const struct vm *vm)
{
    return vm->running;
}

void vm_set_running(struct vm *vm, struct task *task)
{
    vm->running = task;
}

/* On one line, as a fail is one sentence. */
void vm_error(struct lua_State *L, struct fail *fail)
{
    char line[sizeof fail->text];
    const char *text = lua_tostring(L, -1);
    snprintf(line, sizeof line, "%s", text ? text : "the script raised an error that is no text");
    for (char *c = line; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    fail_set(fail, "ESCRIPT", "%s", line);
    lua_pop(L, 1);
}

/* Calls enter(&e) as lua_cpcall does. */
static int enter_protected(struct vm *vm, struct entry *e)
{
    if (vm->entrance == 0)
        return lua_cpcall(vm->L, enter, e);
    lua_rawgeti(vm->L, LUA_REGISTRYINDEX, vm->entrance);
    lua_pushlightuserdata(vm->L, e);
    return lua_pcall(vm->L, 1, 0, 0);
}

bool vm_protected(struct vm *vm, int (*fn)(struct lua_State *L), void *arg, struct fail *fail)
{
    struct entry e = {.vm = vm, .fn = fn, .arg = arg};
    vm_budget_reset(vm);
    int status = enter_protected(vm, &e);
    if (status == 0)
        return true;
    vm_error(vm->L, fail);
    if (status == LUA_ERRMEM && vm->collector != 0) {
        fail->code = "ENOMEM";
        vm_collect(vm);
    }
    return false;
}

struct load {
    struct bytes source;
    const char *name;
    void (*prepare)(struct lua_State *L, void *arg);
    void *arg;
    int ref;
};

static int load_protected(lua_State *L)
{
    struct load *load = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, (const char *)load->source.p, load->source.n, load->name, "t") != 0)
        return lua_error(L);
    sandbox_environment(L);
    load->prepare(L, load->arg);
    if (lua_pcall(L, 0, 1, 0) != 0)
        return lua_error(L);
    if (lua_isnil(L, -1))
        return luaL_error(L,
                          "%s: the script must return what it defines: end it with `return probe`",
                          load->name + 1);
    load->ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static void prepare_nothing(struct lua_State *L, void *arg)
{
    (void)L;
    (void)arg;
}

bool vm_load(struct vm *vm, struct bytes source, const char *name, int *ref, struct fail *fail)
{
    return vm_load_prepared(vm, source, name, prepare_nothing, NULL, ref, fail);
}

bool vm_load_prepared(struct vm *vm, struct bytes source, const char *name,
                      void (*prepare)(struct lua_State *L, void *arg), void *arg, int *ref,
                      struct fail *fail)
{
    if (source.n > vm->limits.source)
        return fail_set(fail, "ELIMIT", "%s: a script may have %zu bytes, this one has %zu", name,
                        vm->limits.source, source.n);
    char chunk[256] = "@";
    strncat(chunk, name, sizeof chunk - 2);
    struct load load = {
        .source = source, .name = chunk, .prepare = prepare, .arg = arg, .ref = LUA_NOREF};
    if (!vm_protected(vm, load_protected, &load, fail))
        return strstr(fail->text, name) ? false : fail_prefix(fail, "%s", name);
    *ref = load.ref;
    return true;
}

static int compile_protected(lua_State *L)
{
    const struct load *load = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, (const char *)load->source.p, load->source.n, load->name, "t") != 0)
        return lua_error(L);
    return 0;
}

bool vm_compiles(struct vm *vm, struct bytes source)
{
    struct fail ignored;
    struct load load = {.source = source, .name = "=script"};
    return vm_protected(vm, compile_protected, &load, &ignored);
}

void vm_release(struct vm *vm, int ref)
{
    luaL_unref(vm->L, LUA_REGISTRYINDEX, ref);
}

void vm_set_global(struct vm *vm, const char *name, int ref)
{
    lua_rawgeti(vm->L, LUA_REGISTRYINDEX, ref);
    sandbox_set_global(vm->L, name);
}
