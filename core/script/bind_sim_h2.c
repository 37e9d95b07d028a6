/* HTTP/2 for simulated servers: one request of a client, and the tunnel that it may ask for. */
#include "script/bind.h"
#include "script/bind_sim.h"

#include "proto/h2_server.h"
#include "proto/http_head.h"
#include "script/h2_wire.h"

#include <lauxlib.h>

enum { REQUEST_SECONDS = 30, ERROR_MOST = 255 };

static bool is_asked(struct h2 *h)
{
    struct bytes fields;
    return h2_asked(h, &fields);
}

static bool has_heard(struct h2 *h)
{
    return h2_heard(h)->n > 0 || h2_answer(h).ended;
}

static enum world_state until(struct task *t, struct await *a, bool (*reached)(struct h2 *h),
                              struct fail *fail)
{
    struct h2 *h = h2_wire_of(t);
    for (;;) {
        if (!h2_wire_pump(t, a->conn, h, fail))
            return WORLD_FAILED;
        if (reached(h))
            return WORLD_READY;
        enum world_state state = world_receive(task_world(t), a->conn, a->deadline, fail);
        if (state != WORLD_READY)
            return state;
    }
}

static enum world_state request_step(struct task *t, struct await *a, struct fail *fail)
{
    return until(t, a, is_asked, fail);
}

static enum world_state read_step(struct task *t, struct await *a, struct fail *fail)
{
    return until(t, a, has_heard, fail);
}

static int push_request(lua_State *L, struct task *t, const struct await *a)
{
    static const char *const names[] = {"method", "authority", "protocol", "scheme", "path"};
    struct bytes fields;
    (void)a;
    h2_asked(h2_wire_of(t), &fields);
    lua_createtable(L, 0, 5);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bytes value;
        if (http_field(fields, names[i], 0, &value))
            bind_field(L, names[i], value);
    }
    return 1;
}

/* h2_serve(conn, extended, seconds): our settings, and the client's first request: {method=, authority=, protocol=,
 * scheme=, path=}. */
static int l_h2_serve(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 3, REQUEST_SECONDS);
    if (!h2_wire_begin(t, conn, h2_serve(lua_toboolean(L, 2)), &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, request_step, push_request, seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* Sends what was put into the connection, and says whether all went well. */
static int sent(lua_State *L, unsigned conn, struct h2 *h, bool put)
{
    struct fail fail;
    bool ok = put || fail_set(&fail, "EPROTO", "this HTTP/2 connection takes no more");
    if (!ok || !h2_wire_send(task_of(L), conn, h, &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* The fields of a response, from a table of names and values. */
static size_t check_fields(lua_State *L, int index, struct h2_field out[H2_RESPONSE_FIELDS])
{
    size_t n = 0;
    if (lua_isnoneornil(L, index))
        return 0;
    luaL_checktype(L, index, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING, index,
                      "names and values expected, all text");
        luaL_argcheck(L, n < H2_RESPONSE_FIELDS, index, "six fields at most");
        out[n++] = (struct h2_field){bind_check_bytes(L, -2), bind_check_bytes(L, -1)};
    }
    return n;
}

/* h2_respond(conn, status, fields or nil): the head of the response. */
static int l_h2_respond(lua_State *L)
{
    struct h2_field fields[H2_RESPONSE_FIELDS];
    unsigned conn = bind_check_conn(L, 1);
    struct bytes status = bind_check_bytes(L, 2);
    struct h2 *h = h2_wire_check(L);
    size_t n = check_fields(L, 3, fields);
    return sent(L, conn, h, h2_respond(h, status, fields, n));
}

/* h2_write(conn, text): into the tunnel, or as the body. */
static int l_h2_write(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    struct bytes text = bind_check_bytes(L, 2);
    struct h2 *h = h2_wire_check(L);
    return sent(L, conn, h, h2_say(h, text));
}

/* h2_finish(conn): our half ends. */
static int l_h2_finish(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    struct h2 *h = h2_wire_check(L);
    return sent(L, conn, h, h2_finish(h));
}

static uint32_t check_error(lua_State *L, int index)
{
    lua_Integer error = luaL_checkinteger(L, index);
    luaL_argcheck(L, error >= 0 && error <= ERROR_MOST, index, "a code of HTTP/2 expected");
    return (uint32_t)error;
}

/* h2_reset(conn, code): ends the request. */
static int l_h2_reset(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    uint32_t error = check_error(L, 2);
    struct h2 *h = h2_wire_check(L);
    return sent(L, conn, h, h2_reset(h, error));
}

/* h2_go_away(conn, code): takes no requests. */
static int l_h2_go_away(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    uint32_t error = check_error(L, 2);
    struct h2 *h = h2_wire_check(L);
    return sent(L, conn, h, h2_go_away(h, error));
}

static int push_heard(lua_State *L, struct task *t, const struct await *a)
{
    struct buf *heard = h2_heard(h2_wire_of(t));
    (void)a;
    if (heard->n == 0) {
        lua_pushnil(L);
        return 1;
    }
    bind_push_bytes(L, buf_view(heard));
    buf_clear(heard);
    return 1;
}

/* h2_read(conn, seconds): what came out of the tunnel; nil: it has ended. */
static int l_h2_read(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    h2_wire_check(L);
    struct await *a = task_await_begin(t, read_step, push_heard, seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* What the client has put into the tunnel goes to the other connection, and the other way round. */
static bool move(struct task *t, struct h2 *h, unsigned conn, unsigned other, struct fail *fail)
{
    struct buf *heard = h2_heard(h);
    struct buf *input = world_input(task_world(t), other);
    bool ok = true;
    if (heard->n > 0)
        ok = world_send(task_world(t), other, buf_view(heard), fail);
    buf_clear(heard);
    if (input && input->n > 0) {
        ok = ok && h2_say(h, buf_view(input)) && h2_wire_send(t, conn, h, fail);
        buf_clear(input);
    }
    return ok;
}

/* Until one side ends; as in bind_sim.c two things are waited for at once. */
static enum world_state pipe_step(struct task *t, struct await *a, struct fail *fail)
{
    struct world *w = task_world(t);
    struct h2 *h = h2_wire_of(t);
    for (;;) {
        if (!h2_wire_pump(t, a->conn, h, fail) || !move(t, h, a->conn, a->number, fail) ||
            h2_answer(h).ended)
            return WORLD_READY;
        enum world_state near = world_receive(w, a->conn, a->deadline, fail);
        enum world_state far = world_receive(w, a->number, a->deadline, fail);
        if (near == WORLD_FAILED || far == WORLD_FAILED) {
            move(t, h, a->conn, a->number, fail);
            return WORLD_READY;
        }
        if (near == WORLD_PENDING && far == WORLD_PENDING)
            return WORLD_PENDING;
    }
}

/* h2_pipe(conn, other): joins the tunnel to another connection. */
static int l_h2_pipe(lua_State *L)
{
    h2_wire_check(L);
    return bind_sim_await_pipe(L, pipe_step);
}

void bind_sim_push_h2(lua_State *L, const struct sim_hooks *hooks)
{
    bind_sim_add(L, hooks, "h2_serve", l_h2_serve);
    bind_sim_add(L, hooks, "h2_respond", l_h2_respond);
    bind_sim_add(L, hooks, "h2_write", l_h2_write);
    bind_sim_add(L, hooks, "h2_finish", l_h2_finish);
    bind_sim_add(L, hooks, "h2_reset", l_h2_reset);
    bind_sim_add(L, hooks, "h2_go_away", l_h2_go_away);
    bind_sim_add(L, hooks, "h2_read", l_h2_read);
    bind_sim_add(L, hooks, "h2_pipe", l_h2_pipe);
}
