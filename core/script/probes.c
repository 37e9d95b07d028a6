#include "script/probes.h"

#include "base/embedded.h"
#include "base/text.h"
#include "script/bind.h"
#include "script/sandbox.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    struct probe_info info;
    int ref;
};

struct probes {
    struct vm *vm;
    int run; /* ajar.run_probe */
    struct entry *entries;
    size_t count;
};

struct probe_run {
    struct probes *probes;
    size_t index;
    struct task *task;
    probe_done done;
    void *arg;
};

static const char *const verdict_names[] = {"open",        "suspect",      "closed",
                                            "unreachable", "inconclusive", "error"};

const char *verdict_name(enum verdict v)
{
    return verdict_names[v];
}

bool verdict_parse(struct bytes text, enum verdict *out)
{
    for (unsigned i = 0; i < sizeof verdict_names / sizeof verdict_names[0]; i++)
        if (bytes_equal_text(text, verdict_names[i])) {
            *out = (enum verdict)i;
            return true;
        }
    return false;
}

static int set_raw(lua_State *L)
{
    bind_push(L);
    sandbox_set_global(L, "raw");
    return 0;
}

static int unset_raw(lua_State *L)
{
    lua_pushnil(L);
    sandbox_set_global(L, "raw");
    sandbox_freeze(L, "ajar");
    return 0;
}

static int find_run(lua_State *L)
{
    struct probes *p = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, p->run);
    lua_getfield(L, -1, "run_probe");
    lua_pushnil(L);
    lua_setfield(L, -3, "run_probe");
    lua_pushnil(L);
    lua_setfield(L, -3, "internal");
    p->run = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

bool probes_api(struct script_source out[PROBES_API], struct fail *fail)
{
    /* In the order of loading: what comes later builds on what came before. */
    static const char *const paths[PROBES_API] = {
        "scripts/lib/ajar.lua",          "scripts/lib/smtp.lua",
        "scripts/lib/tunnel.lua",        "scripts/lib/http.lua",
        "scripts/lib/socks.lua",         "scripts/lib/gateway.lua",
        "scripts/lib/relay_forms.lua",   "scripts/lib/relay_attempt.lua",
        "scripts/lib/relay_verdict.lua", "scripts/lib/relay.lua"};
    for (size_t i = 0; i < PROBES_API; i++) {
        const struct embedded *file = embedded_find(paths[i]);
        if (!file)
            return fail_set(fail, "EBUILD", "%s is not built into this program", paths[i]);
        out[i] = (struct script_source){.name = paths[i], .pack = "", .text = file->content};
    }
    return true;
}

/* The API: ajar.lua, then what completes it; then the raw bindings are out of reach. */
static bool load_api(struct probes *p, const struct script_source *api, struct fail *fail)
{
    int ref = 0;
    if (!vm_protected(p->vm, set_raw, NULL, fail) ||
        !vm_load(p->vm, api[0].text, api[0].name, &p->run, fail))
        return false;
    vm_set_global(p->vm, "ajar", p->run);
    for (size_t i = 1; i < PROBES_API; i++) {
        if (!vm_load(p->vm, api[i].text, api[i].name, &ref, fail))
            return false;
        vm_release(p->vm, ref);
    }
    return vm_protected(p->vm, find_run, p, fail) && vm_protected(p->vm, unset_raw, NULL, fail);
}

/* A text of the probe's table; views into it. Whoever made the table, nothing unfit to be shown passes. */
static struct bytes text_field(lua_State *L, const char *name, size_t most)
{
    size_t n = 0;
    lua_getfield(L, 2, name);
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (!text || n > most || !text_is_printable(bytes_at(text, n)))
        luaL_error(L, "the script must return ajar.probe { … }");
    return bytes_at(text, n);
}

static void copy_text(char *to, struct bytes from)
{
    memcpy(to, from.p ? (const char *)from.p : "", from.n);
    to[from.n] = '\0';
}

/* "relay/third-party" */
static bool is_id(struct bytes id)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t slash = bytes_index(id, '/', 0);
    if (slash == BYTES_NOT_FOUND || slash == 0 || slash + 1 == id.n)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (i != slash && !memchr(letters, id.p[i], sizeof letters - 1))
            return false;
    return true;
}

static void read_ports(lua_State *L, struct probe_info *info)
{
    lua_getfield(L, 2, "ports");
    int n = lua_istable(L, -1) ? (int)lua_objlen(L, -1) : 0;
    if (n > PROBE_PORTS)
        luaL_error(L, "a probe may name %d ports", PROBE_PORTS);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        lua_Number port = lua_tonumber(L, -1);
        if (!(port >= 1 && port <= UINT16_MAX))
            luaL_error(L, "a port is a number from 1 to 65535");
        info->ports[info->port_count++] = (uint16_t)port;
        lua_pop(L, 1);
    }
}

/* Reads what the probe says of itself from the table that its script returned. */
static int read_entry(lua_State *L)
{
    struct entry *e = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->ref);
    if (!lua_istable(L, 2))
        return luaL_error(L, "the script must return ajar.probe { … }");
    copy_text(e->info.id, text_field(L, "id", sizeof e->info.id - 1));
    copy_text(e->info.summary, text_field(L, "summary", sizeof e->info.summary - 1));
    struct bytes kind = text_field(L, "kind", 5);
    e->info.relay = bytes_equal_text(kind, "relay");
    if (!is_id(bytes_of(e->info.id)) || !(e->info.relay || bytes_equal_text(kind, "proxy")))
        return luaL_error(L, "the script must return ajar.probe { … }");
    read_ports(L, &e->info);
    lua_getfield(L, 2, "run");
    if (!lua_isfunction(L, -1))
        return luaL_error(L, "the probe has no function probe.run(target)");
    return 0;
}

static bool add(struct probes *p, const struct script_source *source, struct fail *fail)
{
    struct entry e = {.info.source_name = source->name, .info.pack = source->pack};
    if (!vm_load(p->vm, source->text, source->name, &e.ref, fail))
        return false;
    if (!vm_protected(p->vm, read_entry, &e, fail))
        return fail_prefix(fail, "%s", source->name);
    int same = probes_find(p, bytes_of(e.info.id));
    if (same >= 0)
        return fail_set(fail, "EEXIST", "%s: the probe %s is already defined by %s", source->name,
                        e.info.id, p->entries[same].info.source_name);
    p->entries[p->count++] = e;
    return true;
}

struct probes *probes_new(const struct script_source *sources, size_t n,
                          const struct vm_limits *limits, struct fail *fail)
{
    struct script_source api[PROBES_API];
    return probes_api(api, fail) ? probes_new_with(api, sources, n, limits, fail) : NULL;
}

struct probes *probes_new_with(const struct script_source api[PROBES_API],
                               const struct script_source *sources, size_t n,
                               const struct vm_limits *limits, struct fail *fail)
{
    struct probes *p = calloc(1, sizeof *p);
    if (!p || !(p->entries = calloc(n ? n : 1, sizeof *p->entries))) {
        free(p);
        fail_set(fail, "ENOMEM", "out of memory for the probes");
        return NULL;
    }
    p->vm = vm_new(limits, fail);
    bool ok = p->vm && load_api(p, api, fail);
    for (size_t i = 0; ok && i < n; i++)
        ok = add(p, &sources[i], fail);
    if (ok)
        return p;
    probes_free(p);
    return NULL;
}

void probes_free(struct probes *p)
{
    if (!p)
        return;
    vm_free(p->vm);
    free(p->entries);
    free(p);
}

size_t probes_count(const struct probes *p)
{
    return p->count;
}

const struct probe_info *probes_at(const struct probes *p, size_t index)
{
    return &p->entries[index].info;
}

int probes_find(const struct probes *p, struct bytes id)
{
    for (size_t i = 0; i < p->count; i++)
        if (bytes_equal_text(id, p->entries[i].info.id))
            return (int)i;
    return -1;
}

struct vm *probes_vm(struct probes *p)
{
    return p->vm;
}

static int target_tostring(lua_State *L)
{
    char text[ADDR_TEXT];
    lua_pushstring(L, addr_text(&task_facts(task_of(L))->target, text));
    return 1;
}

/* {address=, port=, name=, address_literal=, family=} */
static void push_target(lua_State *L, const struct task_facts *facts)
{
    char text[ADDR_TEXT];
    const struct addr *a = &facts->target;
    lua_createtable(L, 0, facts->target_name.n > 0 ? 5 : 4);
    bind_field(L, "address", bytes_of(addr_ip_text(a, text)));
    bind_field(L, "address_literal", bytes_of(addr_literal(a, text)));
    bind_number_field(L, "port", a->port);
    bind_number_field(L, "family", a->family);
    if (facts->target_name.n > 0)
        bind_field(L, "name", facts->target_name);
    if (luaL_newmetatable(L, "ajar.target")) {
        lua_pushcfunction(L, target_tostring);
        lua_setfield(L, -2, "__tostring");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, -2);
}

static int arguments(lua_State *L, struct task *t, void *arg)
{
    struct probe_run *run = arg;
    lua_rawgeti(L, LUA_REGISTRYINDEX, run->probes->entries[run->index].ref);
    push_target(L, task_facts(t));
    return 2;
}

static struct bytes reason_at(lua_State *L, int index)
{
    size_t n = 0;
    const char *p = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &n) : "";
    return bytes_at(p, n > CONCLUSION_REASON ? CONCLUSION_REASON : n);
}

/* Reads verdict, reason, proof from the stack of a task that has ended well. */
static void conclude(lua_State *L, struct conclusion *c)
{
    int top = lua_gettop(L);
    size_t n = 0;
    const char *name = top >= 1 && lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &n) : "";
    if (!verdict_parse(bytes_at(name, n), &c->verdict)) {
        c->verdict = VERDICT_ERROR;
        c->reason = bytes_of("the probe returned a verdict that there is not");
        return;
    }
    c->reason = top >= 2 ? reason_at(L, 2) : bytes_of("");
    if (top >= 3 && lua_type(L, 3) == LUA_TSTRING) {
        const char *proof = lua_tolstring(L, 3, &n);
        c->has_proof = token_parse(bytes_at(proof, n), &c->proof);
    }
}

static void on_end(void *arg, struct task *t, lua_State *L, const struct task_end *end)
{
    struct probe_run *run = arg;
    struct conclusion c = {.verdict = VERDICT_ERROR};
    if (end->ok)
        conclude(L, &c);
    else
        c.reason = bytes_of(end->fail.text);
    c.steps = task_steps(t);
    run->done(run->arg, &c);
}

struct probe_run *probe_run_new(struct probes *p, size_t index, struct world *world,
                                const struct task_facts *facts, probe_done done, void *arg,
                                struct fail *fail)
{
    struct probe_run *run = calloc(1, sizeof *run);
    if (!run) {
        fail_set(fail, "ENOMEM", "out of memory for a probe");
        return NULL;
    }
    *run = (struct probe_run){.probes = p, .index = index, .done = done, .arg = arg};
    run->task = task_new(p->vm, world, facts, on_end, run, fail);
    if (run->task)
        return run;
    free(run);
    return NULL;
}

void probe_run_start(struct probe_run *run)
{
    task_start(run->task, run->probes->run, arguments, run);
}

void probe_run_wake(void *run)
{
    task_wake(((struct probe_run *)run)->task);
}

void probe_run_free(struct probe_run *run)
{
    if (!run)
        return;
    task_free(run->task);
    free(run);
}
