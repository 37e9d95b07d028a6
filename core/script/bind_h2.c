/* HTTP/2: one tunnel on a connection, whose only destination is our own sink, or the control. */
#include "script/bind.h"

#include "proto/h2.h"
#include "script/h2_wire.h"
#include "script/own_udp.h"

#include <string.h>

enum { LINE_LIMIT = 4096, PATH_TEXT = TOKEN_TEXT + 1 };

/* What a wait is for. */
enum goal { GOAL_SETTINGS, GOAL_ANSWER, GOAL_LINE, GOAL_DATAGRAM };

static bool has_line(struct h2 *h)
{
    struct buf *heard = h2_heard(h);
    return bytes_index(buf_view(heard), '\n', 0) != BYTES_NOT_FOUND || heard->n > LINE_LIMIT;
}

/* What is passed over is dropped at once. */
static bool has_datagram(struct h2 *h)
{
    struct bytes data;
    const char *why = "";
    size_t used = 0;
    enum parse p = capsule_udp_parse(buf_view(h2_heard(h)), &data, &used, &why);
    if (p == PARSE_MORE)
        buf_drop(h2_heard(h), used);
    return p != PARSE_MORE;
}

static bool is_reached(struct h2 *h, enum goal goal)
{
    struct h2_answer answer = h2_answer(h);
    switch (goal) {
    case GOAL_SETTINGS:
        return h2_has_settings(h);
    case GOAL_ANSWER:
        return answer.code != 0 || answer.ended;
    case GOAL_LINE:
        return has_line(h) || answer.ended;
    case GOAL_DATAGRAM:
        return has_datagram(h) || answer.ended;
    }
    return true;
}

static enum world_state goal_step(struct task *t, struct await *a, struct fail *fail)
{
    struct h2 *h = h2_wire_of(t);
    for (;;) {
        if (!h2_wire_pump(t, a->conn, h, fail))
            return WORLD_FAILED;
        if (is_reached(h, (enum goal)a->number))
            return WORLD_READY;
        enum world_state state = world_receive(task_world(t), a->conn, a->deadline, fail);
        if (state != WORLD_READY)
            return state;
    }
}

static int await_goal(lua_State *L, unsigned conn, enum goal goal, await_push push, double seconds)
{
    struct task *t = task_of(L);
    struct await *a = task_await_begin(t, goal_step, push, seconds);
    a->conn = conn;
    a->number = goal;
    return task_await(L, t);
}

static int push_settings(lua_State *L, struct task *t, const struct await *a)
{
    (void)a;
    lua_createtable(L, 0, 2);
    lua_pushboolean(L, h2_is_extended(h2_wire_of(t)));
    lua_setfield(L, -2, "extended");
    bind_number_field(L, "line", world_line(task_world(t)));
    return 1;
}

/* h2_begin(conn, seconds): the preface, and the server's settings: {extended=, line=}. */
static int l_h2_begin(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    if (!h2_wire_begin(t, conn, h2_new(), &fail))
        return task_push_fail(L, &fail);
    return await_goal(L, conn, GOAL_SETTINGS, push_settings, seconds);
}

/* {code=, fields={}, ended=, error=, line=} */
static int push_answer(lua_State *L, struct task *t, const struct await *a)
{
    struct h2_answer answer = h2_answer(h2_wire_of(t));
    (void)a;
    lua_createtable(L, 0, 6);
    bind_number_field(L, "code", answer.code);
    bind_number_field(L, "error", answer.error);
    bind_number_field(L, "line", world_line(task_world(t)));
    lua_pushboolean(L, answer.ended);
    lua_setfield(L, -2, "ended");
    bind_field(L, "reason", bytes_of(""));
    bind_push_http_fields(L, answer.fields);
    lua_setfield(L, -2, "fields");
    return 1;
}

/* Asks, and waits for the answer. Who we are, as in HTTP/1 (bind_http_request.c). */
static int ask(lua_State *L, unsigned conn, struct h2_request *r, double seconds)
{
    struct task *t = task_of(L);
    struct fail fail;
    char agent[BIND_AGENT];
    struct h2 *h = h2_wire_check(L);
    r->user_agent = bytes_of(bind_agent(t, agent));
    bool ok = (h2_connect(h, r) ||
               fail_set(&fail, "EPROTO", "this HTTP/2 connection takes no request")) &&
              h2_wire_send(t, conn, h, &fail);
    if (!ok)
        return task_push_fail(L, &fail);
    return await_goal(L, conn, GOAL_ANSWER, push_answer, seconds);
}

/* h2_connect(conn, "plain" or "websocket", where, token, seconds): asks for the tunnel. */
static int l_h2_connect(lua_State *L)
{
    static const char *const kinds[] = {"plain", "websocket", NULL};
    struct fail fail;
    char sink[OWN_SINK_TEXT];
    char text[TOKEN_TEXT];
    char path[PATH_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    bool websocket = luaL_checkoption(L, 2, NULL, kinds) == 1;
    struct own_sink where = own_sink_check(L, 3);
    struct token token = bind_check_token(L, 4);
    double seconds = bind_seconds(L, 5, BIND_SECONDS);
    h2_wire_check(L);
    if (!own_sink_text(task_of(L), where, sink, &fail))
        return task_push_fail(L, &fail);
    snprintf(path, sizeof path, "/%s", token_text(&token, text));
    struct h2_request r = {.authority = bytes_of(sink),
                           .protocol = bytes_of(websocket ? "websocket" : ""),
                           .path = bytes_of(path)};
    return ask(L, conn, &r, seconds);
}

/* h2_udp_connect(conn, where, control, secure, seconds): asks the target for datagrams to the sink (RFC 9298, section
 * 3.4). control: a token of which the control is made, or nil; secure: the connection is inside TLS. */
static int l_h2_udp_connect(lua_State *L)
{
    struct fail fail;
    char host[ADDR_TEXT];
    char path[OWN_UDP_PATH];
    unsigned conn = bind_check_conn(L, 1);
    struct own_sink where = own_sink_check(L, 2);
    struct token room;
    const struct token *control = bind_token_or_none(L, 3, &room);
    double seconds = bind_seconds(L, 5, BIND_SECONDS);
    h2_wire_check(L);
    if (!own_udp_path(task_of(L), where, control, path, &fail))
        return task_push_fail(L, &fail);
    struct h2_request r = {.authority = bind_target_host(task_of(L), host),
                           .protocol = bytes_of(OWN_UDP_PROTOCOL),
                           .path = bytes_of(path),
                           .secure = lua_toboolean(L, 4),
                           .capsules = true};
    return ask(L, conn, &r, seconds);
}

/* Puts bytes into the tunnel; code: of the failure where it has ended. */
static bool say(struct task *t, unsigned conn, struct bytes what, const char *code,
                struct fail *fail)
{
    struct h2 *h = h2_wire_of(t);
    return (h2_say(h, what) || fail_set(fail, code, "the server closed the tunnel")) &&
           h2_wire_send(t, conn, h, fail);
}

static int push_said(lua_State *L, bool said, const struct fail *fail)
{
    if (!said)
        return task_push_fail(L, fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* h2_ask(conn, token): the sink's question into the tunnel. */
static int l_h2_ask(lua_State *L)
{
    struct fail fail;
    char text[TOKEN_TEXT];
    char line[TOKEN_TEXT + 8];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    h2_wire_check(L);
    snprintf(line, sizeof line, "AJAR %s\r\n", token_text(&token, text));
    return push_said(L, say(task_of(L), conn, bytes_of(line), "EPROTO", &fail), &fail);
}

static int push_end(lua_State *L)
{
    lua_pushnil(L);
    lua_pushliteral(L, "the server closed the tunnel");
    lua_pushliteral(L, "EOF");
    return 3;
}

/* The line, or nothing where the tunnel has ended. */
static int push_line(lua_State *L, struct task *t, const struct await *a)
{
    struct buf *heard = h2_heard(h2_wire_of(t));
    size_t end = bytes_index(buf_view(heard), '\n', 0);
    struct bytes line = bytes_slice(buf_view(heard), 0, end);
    (void)a;
    if (end == BYTES_NOT_FOUND)
        return push_end(L);
    bind_push_bytes(L, bytes_trim(line));
    buf_drop(heard, end + 1);
    return 1;
}

/* h2_line(conn, seconds): the next line out of the tunnel. */
static int l_h2_line(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    h2_wire_check(L);
    return await_goal(L, conn, GOAL_LINE, push_line, seconds);
}

/* h2_udp_ask(conn, token): the sink's question as a datagram. */
static int l_h2_udp_ask(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    h2_wire_check(L);
    struct buf out = buf_new(OWN_UDP_QUESTION);
    bool said = (own_udp_put_question(&token, &out) ||
                 fail_set(&fail, "ENOMEM", "out of memory for a datagram")) &&
                say(task_of(L), conn, buf_view(&out), "EOF", &fail);
    buf_free(&out);
    return push_said(L, said, &fail);
}

/* The datagram, or nothing where the tunnel has ended or carries no capsules. */
static int push_datagram(lua_State *L, struct task *t, const struct await *a)
{
    struct buf *heard = h2_heard(h2_wire_of(t));
    struct bytes data = {0};
    const char *why = "";
    size_t used = 0;
    (void)a;
    switch (capsule_udp_parse(buf_view(heard), &data, &used, &why)) {
    case PARSE_MORE:
        return push_end(L);
    case PARSE_BAD:
        lua_pushnil(L);
        lua_pushstring(L, why);
        lua_pushliteral(L, "EPROTO");
        return 3;
    case PARSE_OK:
        break;
    }
    bind_push_bytes(L, data);
    buf_drop(heard, used);
    return 1;
}

/* h2_udp_hear(conn, seconds): the data of the next datagram. */
static int l_h2_udp_hear(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    h2_wire_check(L);
    return await_goal(L, conn, GOAL_DATAGRAM, push_datagram, seconds);
}

const luaL_Reg bind_h2[] = {{"h2_begin", l_h2_begin},
                            {"h2_connect", l_h2_connect},
                            {"h2_ask", l_h2_ask},
                            {"h2_line", l_h2_line},
                            {"h2_udp_connect", l_h2_udp_connect},
                            {"h2_udp_ask", l_h2_udp_ask},
                            {"h2_udp_hear", l_h2_udp_hear},
                            {NULL, NULL}};
