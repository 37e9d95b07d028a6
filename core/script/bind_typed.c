/* Lines that a person types, for scripts/lib/session.lua. */
#include "script/bind.h"

#include "script/traceback.h"

static const char scope_key[] = "ajar.session";

static enum world_state step(struct task *t, struct await *a, struct fail *fail)
{
    const struct typed *s = task_typed(t);
    (void)a;
    (void)fail;
    return s->given || s->over ? WORLD_READY : WORLD_PENDING;
}

/* The function, nothing at the end; or nil and why not. */
static int push(lua_State *L, struct task *t, const struct await *a)
{
    struct typed *s = task_typed(t);
    (void)a;
    s->asked = false;
    if (!s->given)
        return 0;
    s->given = false;
    const char *text = s->line.n > 0 ? (const char *)s->line.p : "";
    bool ok = luaL_loadbufferx(L, text, s->line.n, "@" TYPED_SCRIPT, "t") == 0;
    buf_clear(&s->line);
    if (ok) {
        lua_getfield(L, LUA_REGISTRYINDEX, scope_key);
        lua_setfenv(L, -2);
        ok = lua_pcall(L, 0, 1, 0) == 0;
    }
    if (ok)
        return 1;
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
}

/* next_line(f): waits until a person has typed one: a function that sees the globals that f sees. */
static int l_next_line(lua_State *L)
{
    struct task *t = task_of(L);
    struct typed *s = task_typed(t);
    luaL_checktype(L, 1, LUA_TFUNCTION);
    if (!s)
        return luaL_error(L, "nobody types here: lines come in `ajar repl` alone");
    lua_getfenv(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, scope_key);
    s->asked = true;
    s->said(s->arg, TYPED_READY, bytes_at(NULL, 0));
    task_await_begin(t, step, push, 0);
    return task_await(L, t);
}

/* said(text, failed): what a line gave, or failed with. Where nobody types, nobody hears. */
static int l_said(lua_State *L)
{
    struct typed *s = task_typed(task_of(L));
    struct bytes text = bytes_slice(bind_check_bytes(L, 1), 0, TYPED_SAID);
    if (s)
        s->said(s->arg, lua_toboolean(L, 2) ? TYPED_ERROR : TYPED_VALUE, text);
    return 0;
}

/* caught(problem): for the handler of xpcall: an error with its calls; all else as it is. After a spent budget a session
 * goes on, some times. */
static int l_caught(lua_State *L)
{
    task_go_on(task_of(L));
    if (lua_type(L, 1) != LUA_TSTRING)
        return 1;
    traceback_push(L, L, lua_tostring(L, 1), 1);
    return 1;
}

const luaL_Reg bind_typed[] = {
    {"next_line", l_next_line},
    {"said", l_said},
    {"caught", l_caught},
    {NULL, NULL},
};

/* ---- completion ---- */

enum { NAMES_MOST = 200 };

struct wish {
    struct bytes begun;
    struct buf *names;
    unsigned count;
};

static bool is_name(unsigned char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* In place of the value on top, the table in which what it has not itself is looked up; nil where that is none. */
static void push_behind(lua_State *L)
{
    if (lua_getmetatable(L, -1)) {
        lua_pushliteral(L, "__index");
        lua_rawget(L, -2);
        lua_replace(L, -3);
        lua_pop(L, 1);
    } else {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

enum { BEHIND_MOST = 8 };

/* In place of the value on top, its field; without running anything. */
static void push_part(lua_State *L, struct bytes name)
{
    for (unsigned i = 0; i < BEHIND_MOST && !lua_isnil(L, -1); i++) {
        if (lua_istable(L, -1)) {
            bind_push_bytes(L, name);
            lua_rawget(L, -2);
            if (!lua_isnil(L, -1)) {
                lua_remove(L, -2);
                return;
            }
            lua_pop(L, 1);
        }
        push_behind(L);
    }
    lua_pop(L, 1);
    lua_pushnil(L);
}

static void put_names(lua_State *L, struct wish *w, struct bytes begun)
{
    for (lua_pushnil(L); lua_next(L, -2) != 0 && w->count < NAMES_MOST; lua_pop(L, 1)) {
        size_t n = 0;
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, &n) : NULL;
        bool fits = name && n >= begun.n &&
                    memcmp(name, begun.p ? begun.p : (const unsigned char *)"", begun.n) == 0;
        for (size_t i = 0; fits && i < n; i++)
            fits = is_name((unsigned char)name[i]);
        if (!fits || (n > 1 && name[0] == '_' && begun.n == 0))
            continue;
        buf_put(w->names, bytes_at(name, n));
        buf_put_byte(w->names, '\n');
        w->count++;
    }
}

static int complete(lua_State *L)
{
    struct wish *w = lua_touserdata(L, 1);
    size_t from = 0;
    lua_getfield(L, LUA_REGISTRYINDEX, scope_key);
    for (size_t at = 0; at < w->begun.n; at++) {
        if (is_name(w->begun.p[at]))
            continue;
        push_part(L, bytes_slice(w->begun, from, at));
        from = at + 1;
    }
    for (unsigned i = 0; i < BEHIND_MOST && !lua_isnil(L, -1); i++) {
        if (lua_istable(L, -1))
            put_names(L, w, bytes_slice(w->begun, from, w->begun.n));
        push_behind(L);
    }
    return 0;
}

void typed_complete(struct typed *s, struct vm *vm, struct bytes begun)
{
    struct fail ignored;
    struct buf names = buf_new(TYPED_SAID);
    struct wish wish = {.begun = begun, .names = &names};
    vm_protected(vm, complete, &wish, &ignored);
    s->said(s->arg, TYPED_NAMES, buf_view(&names));
    buf_free(&names);
}
