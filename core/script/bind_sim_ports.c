/* Ports that a simulated server opens beside the connection that it serves. */
#include "script/bind.h"
#include "script/bind_sim.h"

enum { HANDLES_MOST = 64, ARRIVAL_SECONDS = 30 };

static unsigned check_handle(lua_State *L, int index)
{
    lua_Integer n = luaL_checkinteger(L, index);
    luaL_argcheck(L, n > 0 && n <= HANDLES_MOST, index, "not a port");
    return (unsigned)n;
}

static int open_port(lua_State *L, bool datagrams)
{
    struct fail fail;
    uint16_t port = 0;
    unsigned handle = bind_sim_hooks(L)->open_port(bind_sim_owner(L), datagrams, &port, &fail);
    if (handle == 0)
        return task_push_fail(L, &fail);
    lua_pushinteger(L, (lua_Integer)handle);
    lua_pushinteger(L, port);
    return 2;
}

/* listen(): a handle and its port. */
static int l_listen(lua_State *L)
{
    return open_port(L, false);
}

/* udp(): the same for a UDP socket. */
static int l_udp(lua_State *L)
{
    return open_port(L, true);
}

static enum world_state arrival_step(struct task *t, struct await *a, struct fail *fail)
{
    const struct sim_hooks *hooks = a->got.with;
    if (hooks->arrived(task_world(t)->owner, a->number))
        return WORLD_READY;
    enum world_state state = world_pause(task_world(t), a->deadline, fail);
    if (state == WORLD_READY)
        fail_set(fail, "ETIMEDOUT", "nothing came to the port in time");
    return state == WORLD_READY ? WORLD_FAILED : state;
}

static int await_arrival(lua_State *L, await_push push)
{
    struct task *t = task_of(L);
    unsigned handle = check_handle(L, 1);
    struct await *a = task_await_begin(t, arrival_step, push, bind_seconds(L, 2, ARRIVAL_SECONDS));
    a->number = handle;
    a->got.with = bind_sim_hooks(L);
    return task_await(L, t);
}

static int push_connection(lua_State *L, struct task *t, const struct await *a)
{
    const struct sim_hooks *hooks = a->got.with;
    unsigned conn = hooks->take_connection(task_world(t)->owner, a->number);
    if (conn > 0)
        lua_pushinteger(L, (lua_Integer)conn);
    else
        lua_pushnil(L);
    return 1;
}

/* accept(handle, seconds): a connection that has come. */
static int l_accept(lua_State *L)
{
    return await_arrival(L, push_connection);
}

static int push_datagram(lua_State *L, struct task *t, const struct await *a)
{
    const struct sim_hooks *hooks = a->got.with;
    struct addr from;
    struct bytes what;
    char text[ADDR_TEXT];
    if (!hooks->take_datagram(task_world(t)->owner, a->number, &from, &what)) {
        lua_pushnil(L);
        return 1;
    }
    bind_push_bytes(L, what);
    lua_pushstring(L, addr_text(&from, text));
    return 2;
}

/* receive(handle, seconds): a datagram, and who sent it. */
static int l_receive(lua_State *L)
{
    return await_arrival(L, push_datagram);
}

/* send(handle, data, "ADDR:PORT" or nil): a datagram, to the peer that is served when nobody is named. */
static int l_send(lua_State *L)
{
    struct addr to;
    unsigned handle = check_handle(L, 1);
    struct bytes what = bind_check_bytes(L, 2);
    bool named = !lua_isnoneornil(L, 3);
    if (named && !addr_parse(bind_check_bytes(L, 3), &to)) {
        lua_pushboolean(L, 0); /* what a client asked for, perhaps */
        return 1;
    }
    lua_pushboolean(
        L, bind_sim_hooks(L)->send_datagram(bind_sim_owner(L), handle, named ? &to : NULL, what));
    return 1;
}

void bind_sim_push_ports(lua_State *L, const struct sim_hooks *hooks)
{
    bind_sim_add(L, hooks, "listen", l_listen);
    bind_sim_add(L, hooks, "udp", l_udp);
    bind_sim_add(L, hooks, "accept", l_accept);
    bind_sim_add(L, hooks, "receive", l_receive);
    bind_sim_add(L, hooks, "send", l_send);
}
