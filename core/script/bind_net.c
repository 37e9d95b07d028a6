/* Connections to the target, time, and lines of text. */
#include "script/bind.h"

enum { LINE_LIMIT = 4096 };

static enum world_state open_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_opened(task_world(t), a->conn, a->deadline, fail);
}

static int push_conn(lua_State *L, struct task *t, const struct await *a)
{
    (void)t;
    lua_pushinteger(L, (lua_Integer)a->conn);
    return 1;
}

typedef bool (*opener)(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail);

static int open_at(lua_State *L, opener open, const struct addr *to, double seconds)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = 0;
    if (!open(task_world(t), to, &conn, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, open_step, push_conn, seconds);
    a->conn = conn;
    return task_await(L, t);
}

static int open_by(lua_State *L, opener open)
{
    struct addr to = task_facts(task_of(L))->target;
    if (!lua_isnoneornil(L, 1)) {
        lua_Integer port = luaL_checkinteger(L, 1);
        luaL_argcheck(L, port > 0 && port < 65536, 1, "a port from 1 to 65535 expected");
        to.port = (uint16_t)port;
    }
    return open_at(L, open, &to, bind_seconds(L, 2, BIND_SECONDS));
}

/* open(port or nil, seconds): a connection to the target, and to nobody else. */
static int l_open(lua_State *L)
{
    return open_by(L, world_open);
}

/* datagrams(port or nil, seconds): the same for a UDP socket. */
static int l_datagrams(lua_State *L)
{
    return open_by(L, world_open_datagrams);
}

/* visit(seconds): the sink connects to the port at which the target has said that it waits for it. */
static int l_visit(lua_State *L)
{
    struct task *t = task_of(L);
    struct addr to = task_facts(t)->target;
    struct fail fail;
    to.port = task_conduct(t)->waits_at;
    if (to.port > 0)
        return open_at(L, world_visit, &to, bind_seconds(L, 1, BIND_SECONDS));
    fail_set(&fail, "ECONDUCT", "the target has named no port at which it waits for our sink");
    return task_push_fail(L, &fail);
}

/* control(seconds): a connection to the address at which nobody listens, at the target's port; nothing where none was
 * named, or where it is the target itself. */
static int l_control(lua_State *L)
{
    const struct task_facts *f = task_facts(task_of(L));
    struct addr to = f->run->ways.control;
    if (to.family == ADDR_NONE || addr_equal_ip(&to, &f->target))
        return 0;
    to.port = f->target.port;
    return open_at(L, world_open, &to, bind_seconds(L, 1, BIND_SECONDS));
}

static enum world_state secure_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_secured(task_world(t), a->conn, a->deadline, fail);
}

/* Ahead of the handshake, which may fail at once. */
static void note_offer(struct world *w, struct bytes protocol)
{
    char text[80];
    int n = snprintf(text, sizeof text, "TLS offers the protocol %.*s",
                     (int)(protocol.n < 40 ? protocol.n : 40), (const char *)protocol.p);
    struct fail ignored;
    world_note(w, bytes_at(text, (size_t)n), &ignored);
}

/* secure(conn, name, seconds, protocol or nil): TLS from here on; it offers the protocol, "h2". */
static int l_secure(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct bytes name = bind_check_bytes(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct bytes protocol = lua_isnoneornil(L, 4) ? bytes_of("") : bind_check_bytes(L, 4);
    if (protocol.n > 0)
        note_offer(task_world(t), protocol);
    if (!world_secure(task_world(t), conn, name, &fail))
        return task_push_fail(L, &fail);
    if (protocol.n > 0)
        world_offer(task_world(t), conn, protocol);
    struct await *a = task_await_begin(t, secure_step, push_conn, seconds);
    a->conn = conn;
    return task_await(L, t);
}

static int l_close(lua_State *L)
{
    world_close(task_world(task_of(L)), bind_check_conn(L, 1));
    return 0;
}

static enum parse parse_line(struct task *t, struct await *a, struct bytes in, bool ended,
                             const char **why)
{
    (void)t;
    size_t end = bytes_index(in, '\n', 0);
    *why = "a line over 4096 bytes";
    if (end == BYTES_NOT_FOUND && in.n <= LINE_LIMIT && !(ended && in.n > 0))
        return PARSE_MORE;
    a->used = end == BYTES_NOT_FOUND ? in.n : end + 1;
    return a->used > LINE_LIMIT ? PARSE_BAD : PARSE_OK;
}

static enum world_state line_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_line, fail);
}

static int push_line(lua_State *L, struct task *t, const struct await *a)
{
    struct bytes line = bytes_slice(bind_input(t, a), 0, a->used);
    while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
        line.n--;
    bind_push_bytes(L, line);
    return 1;
}

/* line(conn, seconds): the next line, without its end. */
static int l_line(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    struct await *a = task_await_begin(t, line_step, push_line, bind_seconds(L, 2, BIND_SECONDS));
    a->conn = conn;
    return task_await(L, t);
}

static enum world_state pause_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_pause(task_world(t), a->deadline, fail);
}

static int l_pause(lua_State *L)
{
    struct task *t = task_of(L);
    task_await_begin(t, pause_step, bind_push_true, bind_seconds(L, 1, 1));
    return task_await(L, t);
}

/* now(): seconds since 1970, and the same as text. */
static int l_now(lua_State *L)
{
    struct fail fail;
    instant now = 0;
    char text[TIME_TEXT];
    if (!world_now(task_world(task_of(L)), &now, &fail))
        return task_push_fail(L, &fail);
    lua_pushnumber(L, (double)now / (double)SPAN_SECOND);
    lua_pushstring(L, time_text(now, text));
    return 2;
}

const luaL_Reg bind_net[] = {
    {"open", l_open},       {"datagrams", l_datagrams}, {"visit", l_visit},
    {"control", l_control}, {"secure", l_secure},       {"close", l_close},
    {"line", l_line},       {"pause", l_pause},         {"now", l_now},
    {NULL, NULL},
};
