#include "script/bind_sim.h"

#include "script/bind.h"

#include <string.h>

enum { READ_MOST = 65536, PIPE_SECONDS = 60 };

static enum parse parse_some(struct task *t, struct await *a, struct bytes in, bool ended,
                             const char **why)
{
    (void)t;
    (void)ended;
    (void)why;
    size_t want = a->number;
    if (in.n == 0 || (want > 0 && in.n < want))
        return PARSE_MORE;
    a->used = want > 0 ? want : in.n < READ_MOST ? in.n : READ_MOST;
    return PARSE_OK;
}

static enum world_state some_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_some, fail);
}

static int push_some(lua_State *L, struct task *t, const struct await *a)
{
    bind_push_bytes(L, bytes_slice(bind_input(t, a), 0, a->used));
    return 1;
}

/* read(conn, n or nil, seconds): n bytes, or what is there. */
static int l_read(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    lua_Integer n = luaL_optinteger(L, 2, 0);
    luaL_argcheck(L, n >= 0 && n <= READ_MOST, 2, "0 to 65536 bytes expected");
    struct await *a = task_await_begin(t, some_step, push_some, bind_seconds(L, 3, BIND_SECONDS));
    a->conn = conn;
    a->number = (unsigned)n;
    return task_await(L, t);
}

static int l_write(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    if (!world_send(task_world(task_of(L)), conn, bind_check_bytes(L, 2), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

static enum world_state dial_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_opened(task_world(t), a->conn, a->deadline, fail);
}

static int push_conn(lua_State *L, struct task *t, const struct await *a)
{
    (void)t;
    lua_pushinteger(L, (lua_Integer)a->conn);
    return 1;
}

const struct sim_hooks *bind_sim_hooks(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

void *bind_sim_owner(lua_State *L)
{
    return task_world(task_of(L))->owner;
}

static enum world_state secure_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_secured(task_world(t), a->conn, a->deadline, fail);
}

/* secure(conn, certificate, h2, seconds): TLS from here on, as the server. */
static int l_secure(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 4, 10);
    if (!bind_sim_hooks(L)->secure(bind_sim_owner(L), conn, bind_check_bytes(L, 2),
                                   lua_toboolean(L, 3), &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, secure_step, push_conn, seconds);
    a->conn = conn;
    return task_await(L, t);
}

static int l_shutdown(lua_State *L)
{
    bind_sim_hooks(L)->shutdown(bind_sim_owner(L), bind_check_conn(L, 1));
    return 0;
}

static int l_reset(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    bind_sim_hooks(L)->reset(bind_sim_owner(L), conn);
    world_close(task_world(task_of(L)), conn);
    return 0;
}

/* unsent(conn): whether what was written still waits for the client to take it; nil when he is gone. */
static int l_unsent(lua_State *L)
{
    enum world_state state = bind_sim_hooks(L)->unsent(bind_sim_owner(L), bind_check_conn(L, 1));
    if (state == WORLD_FAILED)
        lua_pushnil(L);
    else
        lua_pushboolean(L, state == WORLD_PENDING);
    return 1;
}

/* The address that a connection is to come from, if one is named: loopback too. */
static const struct addr *check_from(lua_State *L, int index, struct addr *from)
{
    if (lua_isnoneornil(L, index))
        return NULL;
    luaL_argcheck(L, addr_parse(bind_check_bytes(L, index), from) && addr_is_loopback(from), index,
                  "an address of loopback expected");
    return from;
}

/* dial("ADDR:PORT", seconds, from): the world's dialer sees to it that it is loopback. */
static int l_dial(lua_State *L)
{
    struct task *t = task_of(L);
    struct addr to;
    struct addr from;
    struct fail fail;
    unsigned conn = 0;
    if (!addr_parse(bind_check_bytes(L, 1), &to) || to.port == 0) {
        fail_set(&fail, "EARGUMENT", "not an ADDR:PORT"); /* what a client asked for, perhaps */
        return task_push_fail(L, &fail);
    }
    double seconds = bind_seconds(L, 2, 10);
    bind_sim_hooks(L)->from(bind_sim_owner(L), check_from(L, 3, &from));
    if (!world_open(task_world(t), &to, &conn, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, dial_step, push_conn, seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* Moves what stands in the input of one connection to the other. */
static void move(struct world *w, unsigned from, unsigned to)
{
    struct buf *input = world_input(w, from);
    struct fail ignored;
    if (!input || input->n == 0)
        return;
    world_send(w, to, buf_view(input), &ignored);
    buf_clear(input);
}

/* Both ways until one side ends. Here alone two things are waited for at once: a live world's connections
 * each wake the task. */
static enum world_state pipe_step(struct task *t, struct await *a, struct fail *fail)
{
    struct world *w = task_world(t);
    unsigned sides[] = {a->conn, a->number};
    for (int i = 0; i < 2; i++) {
        enum world_state state;
        do {
            move(w, sides[i], sides[1 - i]);
            state = world_receive(w, sides[i], a->deadline, fail);
        } while (state == WORLD_READY);
        if (state == WORLD_FAILED)
            return WORLD_READY;
    }
    return WORLD_PENDING;
}

int bind_sim_await_pipe(struct lua_State *L, await_step step)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    unsigned other = bind_check_conn(L, 2);
    struct await *a = task_await_begin(t, step, bind_push_true, PIPE_SECONDS);
    a->conn = conn;
    a->number = other;
    return task_await(L, t);
}

static int l_pipe(lua_State *L)
{
    return bind_sim_await_pipe(L, pipe_step);
}

/* sink(): where relays deliver mail, "ADDR:PORT". */
static int l_sink(lua_State *L)
{
    char text[ADDR_TEXT];
    lua_pushstring(L, addr_text(&task_facts(task_of(L))->run->sink, text));
    return 1;
}

void bind_sim_add(lua_State *L, const struct sim_hooks *hooks, const char *name,
                  int (*function)(lua_State *L))
{
    union {
        const void *lent;
        void *pushed; /* Lua knows no const; nobody writes there */
    } as = {.lent = hooks};
    lua_pushlightuserdata(L, as.pushed);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

/* sink_ports(): the ports that it listens on. */
static int l_sink_ports(lua_State *L)
{
    bind_push_ports(L, task_facts(task_of(L))->run);
    return 1;
}

void bind_sim_push(struct lua_State *L, const struct sim_hooks *hooks)
{
    static const luaL_Reg own[] = {{"read", l_read},     {"write", l_write},
                                   {"dial", l_dial},     {"pipe", l_pipe},
                                   {"sink", l_sink},     {"secure", l_secure},
                                   {"reset", l_reset},   {"shutdown", l_shutdown},
                                   {"unsent", l_unsent}, {"sink_ports", l_sink_ports},
                                   {NULL, NULL}};
    static const char *const shared[] = {"line", "close", "pause"};
    lua_newtable(L);
    for (const luaL_Reg *f = own; f->name; f++)
        bind_sim_add(L, hooks, f->name, f->func);
    bind_sim_push_ports(L, hooks);
    bind_sim_push_h2(L, hooks);
    for (const luaL_Reg *f = bind_net; f->name; f++)
        for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++)
            if (strcmp(f->name, shared[i]) == 0) {
                lua_pushcfunction(L, f->func);
                lua_setfield(L, -2, f->name);
            }
}
