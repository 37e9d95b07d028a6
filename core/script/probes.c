#include "script/probes.h"

#include "base/embedded.h"
#include "script/bind.h"
#include "script/declaration.h"
#include "script/forms.h"
#include "script/powers.h"
#include "script/sandbox.h"
#include "script/target.h"

#include <stdlib.h>
#include <string.h>

enum { ARGS_MOST = 4096 };

struct entry {
    struct probe_info info;
    int ref;
    int args_ref;        /* target.args, once it was wanted, */
    struct buf args;     /* for these values */
    unsigned dials_most; /* connections that one of its runs may have; 0: as all */
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
        "scripts/lib/ajar.lua",
        "scripts/lib/smtp.lua",
        "scripts/lib/tunnel.lua",
        "scripts/lib/answers.lua",
        "scripts/lib/datagrams.lua",
        "scripts/lib/http.lua",
        "scripts/lib/socks.lua",
        "scripts/lib/socks_bind.lua",
        "scripts/lib/gateway.lua",
        "scripts/lib/telnet.lua",
        "scripts/lib/h2.lua",
        "scripts/lib/turn.lua",
        "scripts/lib/dns.lua",
        "scripts/lib/relay_forms.lua",
        "scripts/lib/relay_guard.lua",
        "scripts/lib/relay_attempt.lua",
        "scripts/lib/relay_screen.lua",
        "scripts/lib/relay_verdict.lua",
        "scripts/lib/relay.lua",
        "scripts/lib/web_form.lua",
        "scripts/lib/local_service.lua",
        "scripts/lib/web_proxy.lua",
        "scripts/lib/http_udp.lua",
        "scripts/lib/session.lua",
    };
    for (size_t i = 0; i < PROBES_API; i++) {
        const struct embedded *file = embedded_find(paths[i]);
        if (!file)
            return fail_set(fail, "EBUILD", "%s is not built into this program", paths[i]);
        out[i] = (struct script_source){.name = paths[i], .pack = "", .text = file->content};
    }
    return true;
}

/* The API: ajar.lua, then what completes it; then the raw bindings are out of reach. */
static bool load_api(struct probes *p, const struct script_source *api, size_t parts,
                     struct fail *fail)
{
    int ref = 0;
    if (!vm_protected(p->vm, set_raw, NULL, fail) ||
        !vm_load(p->vm, api[0].text, api[0].name, &p->run, fail))
        return false;
    vm_set_global(p->vm, "ajar", p->run);
    for (size_t i = 1; i < parts; i++) {
        if (!vm_load(p->vm, api[i].text, api[i].name, &ref, fail))
            return false;
        vm_release(p->vm, ref);
    }
    return vm_protected(p->vm, find_run, p, fail) && vm_protected(p->vm, unset_raw, NULL, fail);
}

/* Reads what the probe says of itself from the table that its script returned. */
static int read_entry(lua_State *L)
{
    struct entry *e = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->ref);
    declaration_read(L, 2, &e->info);
    lua_getfield(L, 2, "run");
    if (!lua_isfunction(L, -1))
        return luaL_error(L, "the probe has no function probe.run(target)");
    return 0;
}

static bool add(struct probes *p, const struct script_source *source, struct fail *fail)
{
    struct entry e = {.info.source_name = source->name,
                      .info.pack = source->pack,
                      .args = buf_new(ARGS_MOST),
                      .dials_most = source->limits.connections};
    unsigned withheld = source->withheld;
    if (!vm_load_prepared(p->vm, source->text, source->name, powers_withhold, &withheld, &e.ref,
                          fail))
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
    return probes_api(api, fail) ? probes_new_with(api, PROBES_API, sources, n, limits, fail)
                                 : NULL;
}

struct probes *probes_new_with(const struct script_source *api, size_t parts,
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
    bool ok = p->vm && load_api(p, api, parts, fail);
    for (size_t i = 0; ok && i < n; i++)
        ok = add(p, &sources[i], fail);
    if (ok) {
        vm_collect(p->vm); /* what loading has left behind */
        return p;
    }
    probes_free(p);
    return NULL;
}

void probes_free(struct probes *p)
{
    if (!p)
        return;
    vm_free(p->vm);
    for (size_t i = 0; i < p->count; i++)
        buf_free(&p->entries[i].args);
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

struct forms_wanted {
    const struct entry *of;
    struct buf *out;
};

static int read_forms(lua_State *L)
{
    const struct forms_wanted *w = lua_touserdata(L, 1);
    unsigned usual = PROBE_SAFE;
    while (!(w->of->info.categories & 1U << usual))
        usual++;
    lua_rawgeti(L, LUA_REGISTRYINDEX, w->of->ref);
    forms_read(L, 2, probe_category_name((enum probe_category)usual), w->out);
    return 0;
}

bool probes_forms(struct probes *p, size_t index, struct buf *out, struct fail *fail)
{
    struct forms_wanted wanted = {&p->entries[index], out};
    return vm_protected(p->vm, read_forms, &wanted, fail) ||
           fail_prefix(fail, "%s", wanted.of->info.source_name);
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

/* target.args: one table as long as the values stay the same; scripts can't change it. */
static void push_args(lua_State *L, struct entry *e, struct bytes values)
{
    if (e->args_ref && !e->args.overflow && bytes_equal(buf_view(&e->args), values)) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, e->args_ref);
        return;
    }
    target_push_args(L, &e->info.arguments, values);
    luaL_unref(L, LUA_REGISTRYINDEX, e->args_ref ? e->args_ref : LUA_NOREF);
    e->args_ref = 0;
    lua_pushvalue(L, -1);
    e->args_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    buf_clear(&e->args);
    buf_put(&e->args, values);
}

static int arguments(lua_State *L, struct task *t, void *arg)
{
    struct probe_run *run = arg;
    struct entry *e = &run->probes->entries[run->index];
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->ref);
    target_push(L, task_facts(t));
    push_args(L, e, task_facts(t)->run->args);
    lua_setfield(L, -2, "args");
    return 2;
}

static struct bytes reason_at(lua_State *L, int index)
{
    size_t n = 0;
    const char *p = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &n) : "";
    return bytes_at(p, n > CONCLUSION_REASON ? CONCLUSION_REASON : n);
}

/* What the probe says of tokens that come later: true, false (or nothing at all, as scripts did before interface 2), or
 * "nothing". */
static enum late_token late_at(lua_State *L, int index)
{
    if (lua_type(L, index) == LUA_TSTRING && strcmp(lua_tostring(L, index), "nothing") == 0)
        return LATE_TOKEN_NOTHING;
    return lua_toboolean(L, index) ? LATE_TOKEN_ANY : LATE_TOKEN_SUSPECT;
}

/* Reads verdict, reason, proof, reach, and what a late token does, from the stack of a task that has ended well. */
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
    c->reach = top >= 4 ? reason_at(L, 4) : bytes_of("");
    c->late = top >= 5 ? late_at(L, 5) : LATE_TOKEN_SUSPECT;
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
    world->dials_most = p->entries[index].dials_most;
    run->task = task_new(p->vm, world, facts, on_end, run, fail);
    if (run->task) {
        task_limit_waits(run->task);
        return run;
    }
    free(run);
    return NULL;
}

void probe_run_start(struct probe_run *run)
{
    task_start(run->task, run->probes->run, arguments, run);
}

void probe_run_attend(struct probe_run *run, struct typed *typed)
{
    task_attend(run->task, typed);
}

void probe_run_wake(void *run)
{
    task_wake(((struct probe_run *)run)->task);
}

unsigned probe_run_line(const struct probe_run *run)
{
    return task_script_line(run->task, probes_at(run->probes, run->index)->source_name);
}

void probe_run_free(struct probe_run *run)
{
    if (!run)
        return;
    task_free(run->task);
    free(run);
}
