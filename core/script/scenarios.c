#include "script/scenarios.h"

#include "base/embedded.h"
#include "script/bind.h"
#include "script/bind_sim.h"
#include "script/sandbox.h"

#include <stdlib.h>
#include <string.h>

enum { SCENARIOS_MOST = 1000 };

struct entry {
    struct scenario_info info;
    int ref;   /* its function serve */
    int state; /* its table for what connections leave behind for each other */
};

struct scenarios {
    struct vm *vm;
    const struct sim_hooks *hooks;
    int serve; /* sim.serve */
    struct entry *entries;
    size_t count;
};

struct serving {
    struct scenarios *scenarios;
    size_t index;
    unsigned conn;
    struct task *task;
    serving_done done;
    void *arg;
};

static int set_raw(lua_State *L)
{
    const struct scenarios *s = lua_touserdata(L, 1);
    bind_sim_push(L, s->hooks);
    sandbox_set_global(L, "raw");
    return 0;
}

static int find_serve(lua_State *L)
{
    struct scenarios *s = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->serve);
    lua_getfield(L, -1, "serve");
    lua_pushnil(L);
    lua_setfield(L, -3, "serve"); /* it is ours to call, and no scenario's */
    s->serve = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushnil(L);
    sandbox_set_global(L, "raw");
    sandbox_freeze(L, "sim");
    return 0;
}

static bool load_api(struct scenarios *s, struct fail *fail)
{
    static const char path[] = "scripts/lib/sim.lua";
    const struct embedded *file = embedded_find(path);
    if (!file)
        return fail_set(fail, "EBUILD", "%s is not built into this program", path);
    if (!vm_protected(s->vm, set_raw, s, fail) ||
        !vm_load(s->vm, file->content, path, &s->serve, fail))
        return false;
    vm_set_global(s->vm, "sim", s->serve);
    return vm_protected(s->vm, find_serve, s, fail);
}

static const char *text_field(lua_State *L, int table, const char *name)
{
    lua_getfield(L, table, name);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "a scenario has id, summary, port, expects and serve");
    return lua_tostring(L, -1);
}

/* Lua's own order differs from one run to the next. */
static int by_probe(const void *a, const void *b)
{
    return strcmp(((const struct scenario_expect *)a)->probe,
                  ((const struct scenario_expect *)b)->probe);
}

static void read_expects(lua_State *L, int table, struct scenario_info *info)
{
    lua_getfield(L, table, "expects");
    luaL_checktype(L, -1, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        const char *verdict = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
        if (lua_type(L, -2) != LUA_TSTRING || info->expect_count == SCENARIO_EXPECTS)
            luaL_error(L, "%s: expects probe ids with verdicts, %d at most", info->id,
                       SCENARIO_EXPECTS);
        if (!verdict_parse(bytes_of(verdict), &info->expects[info->expect_count].verdict))
            luaL_error(L, "%s: expects[\"%s\"]: \"%s\" is no verdict", info->id,
                       lua_tostring(L, -2), verdict);
        strncat(info->expects[info->expect_count++].probe, luaL_checkstring(L, -2), PROBE_ID - 1);
    }
    lua_pop(L, 1);
    qsort(info->expects, info->expect_count, sizeof info->expects[0], by_probe);
}

/* It stands in lists of targets, so that it may be no more than a name. */
static void read_name(lua_State *L, int table, struct scenario_info *info)
{
    lua_getfield(L, table, "name");
    const char *name = luaL_optstring(L, -1, "");
    size_t length = strlen(name);
    if (length >= sizeof info->name ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length)
        luaL_error(L, "%s: a name has letters a-z, digits, dots and hyphens", info->id);
    memcpy(info->name, name, length);
}

static void read_entry(lua_State *L, int table, struct entry *e)
{
    strncat(e->info.id, text_field(L, table, "id"), SCENARIO_ID - 1);
    strncat(e->info.summary, text_field(L, table, "summary"), sizeof e->info.summary - 1);
    lua_getfield(L, table, "port");
    e->info.port = (uint16_t)luaL_checkinteger(L, -1);
    lua_getfield(L, table, "ipv6");
    e->info.ipv6 = lua_toboolean(L, -1);
    lua_getfield(L, table, "udp");
    e->info.udp = lua_toboolean(L, -1);
    read_name(L, table, &e->info);
    read_expects(L, table, &e->info);
    lua_newtable(L);
    e->state = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_getfield(L, table, "serve");
    luaL_checktype(L, -1, LUA_TFUNCTION);
    e->ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

struct reading {
    struct scenarios *scenarios;
    const struct script_source *source;
    int ref;
};

/* A script gives one scenario, or a list of them. */
static int read_script(lua_State *L)
{
    struct reading *r = lua_touserdata(L, 1);
    struct scenarios *s = r->scenarios;
    lua_rawgeti(L, LUA_REGISTRYINDEX, r->ref);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_getfield(L, 2, "id");
    bool one = !lua_isnil(L, -1);
    int n = one ? 1 : (int)lua_objlen(L, 2);
    for (int i = 1; i <= n; i++) {
        if (s->count == SCENARIOS_MOST)
            return luaL_error(L, "there are more than %d scenarios", SCENARIOS_MOST);
        if (one)
            lua_pushvalue(L, 2);
        else
            lua_rawgeti(L, 2, i);
        luaL_checktype(L, -1, LUA_TTABLE);
        memset(&s->entries[s->count], 0, sizeof *s->entries);
        read_entry(L, lua_gettop(L), &s->entries[s->count]);
        s->entries[s->count].info.source_name = r->source->name;
        s->entries[s->count].info.own = !bytes_equal_text(bytes_of(r->source->pack), "builtin");
        s->count++;
        lua_settop(L, 2);
    }
    return 0;
}

static bool add(struct scenarios *s, const struct script_source *source, struct fail *fail)
{
    struct reading reading = {.scenarios = s, .source = source};
    if (!vm_load(s->vm, source->text, source->name, &reading.ref, fail))
        return false;
    return vm_protected(s->vm, read_script, &reading, fail) ||
           fail_prefix(fail, "%s", source->name);
}

struct scenarios *scenarios_new(const struct script_source *sources, size_t n,
                                const struct sim_hooks *hooks, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    struct scenarios *s = calloc(1, sizeof *s);
    if (!s || !(s->entries = calloc(SCENARIOS_MOST, sizeof *s->entries))) {
        free(s);
        fail_set(fail, "ENOMEM", "out of memory for the scenarios");
        return NULL;
    }
    s->hooks = hooks;
    s->vm = vm_new(&limits, fail);
    bool ok = s->vm && load_api(s, fail);
    for (size_t i = 0; ok && i < n; i++)
        ok = add(s, &sources[i], fail);
    if (ok)
        return s;
    scenarios_free(s);
    return NULL;
}

void scenarios_free(struct scenarios *s)
{
    if (!s)
        return;
    vm_free(s->vm);
    free(s->entries);
    free(s);
}

size_t scenarios_count(const struct scenarios *s)
{
    return s->count;
}

const struct scenario_info *scenarios_at(const struct scenarios *s, size_t index)
{
    return &s->entries[index].info;
}

struct vm *scenarios_vm(struct scenarios *s)
{
    return s->vm;
}

int scenarios_find(const struct scenarios *s, struct bytes id)
{
    for (size_t i = 0; i < s->count; i++)
        if (bytes_equal_text(id, s->entries[i].info.id))
            return (int)i;
    return -1;
}

/* sim.serve(number, serve, state) makes a connection of the number and serves it. */
static int arguments(lua_State *L, struct task *t, void *arg)
{
    const struct serving *serving = arg;
    const struct entry *e = &serving->scenarios->entries[serving->index];
    (void)t;
    lua_pushinteger(L, (lua_Integer)serving->conn);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->ref);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->state);
    return 3;
}

static void on_end(void *arg, struct task *t, lua_State *L, const struct task_end *end)
{
    struct serving *serving = arg;
    (void)t;
    (void)L;
    serving->done(serving->arg, end->ok ? NULL : end->fail.text);
}

struct serving *serving_new(struct scenarios *s, size_t index, struct world *world,
                            const struct task_facts *facts, unsigned conn, serving_done done,
                            void *arg, struct fail *fail)
{
    struct serving *serving = calloc(1, sizeof *serving);
    if (!serving) {
        fail_set(fail, "ENOMEM", "out of memory for a connection");
        return NULL;
    }
    *serving =
        (struct serving){.scenarios = s, .index = index, .conn = conn, .done = done, .arg = arg};
    serving->task = task_new(s->vm, world, facts, on_end, serving, fail);
    if (serving->task)
        return serving;
    free(serving);
    return NULL;
}

void serving_start(struct serving *serving)
{
    task_start(serving->task, serving->scenarios->serve, arguments, serving);
}

void serving_wake(void *serving)
{
    task_wake(((struct serving *)serving)->task);
}

void serving_free(struct serving *serving)
{
    if (!serving)
        return;
    task_free(serving->task);
    free(serving);
}
