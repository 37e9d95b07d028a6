/* HTTP/2: one tunnel on a connection, whose only destination is our own sink, or the control. */
#include "script/bind.h"

#include "proto/h2.h"
#include "script/h2_wire.h"
#include "script/own_sink.h"

#include <string.h>

enum { LINE_LIMIT = 4096, AGENT_TEXT = 300, PATH_TEXT = TOKEN_TEXT + 1 };

/* What a wait is for. */
enum goal { GOAL_SETTINGS, GOAL_ANSWER, GOAL_LINE };

static bool has_line(struct h2 *h)
{
    struct buf *heard = h2_heard(h);
    return bytes_index(buf_view(heard), '\n', 0) != BYTES_NOT_FOUND || heard->n > LINE_LIMIT;
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

/* Who we are, as in HTTP/1 (bind_http_request.c). */
static bool request(struct task *t, struct h2 *h, const char *sink, bool websocket,
                    const struct token *token)
{
    char agent[AGENT_TEXT];
    char text[TOKEN_TEXT];
    char path[PATH_TEXT];
    struct bytes info = bytes_slice(task_facts(t)->run->info, 0, 200);
    snprintf(agent, sizeof agent, "ajar (%.*s)", (int)info.n, (const char *)info.p);
    snprintf(path, sizeof path, "/%s", token_text(token, text));
    struct h2_request r = {.authority = bytes_of(sink),
                           .user_agent = bytes_of(agent),
                           .protocol = bytes_of(websocket ? "websocket" : ""),
                           .path = bytes_of(path)};
    return h2_connect(h, &r);
}

/* h2_connect(conn, "plain" or "websocket", where, token, seconds): asks for the tunnel. */
static int l_h2_connect(lua_State *L)
{
    static const char *const kinds[] = {"plain", "websocket", NULL};
    struct task *t = task_of(L);
    struct fail fail;
    char sink[OWN_SINK_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    bool websocket = luaL_checkoption(L, 2, NULL, kinds) == 1;
    struct own_sink where = own_sink_check(L, 3);
    struct token token = bind_check_token(L, 4);
    double seconds = bind_seconds(L, 5, BIND_SECONDS);
    struct h2 *h = h2_wire_check(L);
    bool ok = own_sink_text(t, where, sink, &fail) &&
              (request(t, h, sink, websocket, &token) ||
               fail_set(&fail, "EPROTO", "this HTTP/2 connection takes no request")) &&
              h2_wire_send(t, conn, h, &fail);
    if (!ok)
        return task_push_fail(L, &fail);
    return await_goal(L, conn, GOAL_ANSWER, push_answer, seconds);
}

/* h2_ask(conn, token): the sink's question into the tunnel. */
static int l_h2_ask(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    char text[TOKEN_TEXT];
    char line[TOKEN_TEXT + 8];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    struct h2 *h = h2_wire_check(L);
    snprintf(line, sizeof line, "AJAR %s\r\n", token_text(&token, text));
    bool ok =
        (h2_say(h, bytes_of(line)) || fail_set(&fail, "EPROTO", "the server closed the tunnel")) &&
        h2_wire_send(t, conn, h, &fail);
    if (!ok)
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* The line, or nothing where the tunnel has ended. */
static int push_line(lua_State *L, struct task *t, const struct await *a)
{
    struct buf *heard = h2_heard(h2_wire_of(t));
    size_t end = bytes_index(buf_view(heard), '\n', 0);
    struct bytes line = bytes_slice(buf_view(heard), 0, end);
    (void)a;
    if (end == BYTES_NOT_FOUND) {
        lua_pushnil(L);
        lua_pushliteral(L, "the server closed the tunnel");
        lua_pushliteral(L, "EOF");
        return 3;
    }
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

const luaL_Reg bind_h2[] = {{"h2_begin", l_h2_begin},
                            {"h2_connect", l_h2_connect},
                            {"h2_ask", l_h2_ask},
                            {"h2_line", l_h2_line},
                            {NULL, NULL}};
