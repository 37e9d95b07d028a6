#include "script/bind.h"

#include "script/sandbox.h"

static void add(lua_State *L, const luaL_Reg *functions)
{
    for (; functions->name; functions++) {
        lua_pushcfunction(L, functions->func);
        lua_setfield(L, -2, functions->name);
    }
}

void bind_push(lua_State *L)
{
    lua_newtable(L);
    add(L, bind_net);
    add(L, bind_smtp);
    add(L, bind_exchanges);
    add(L, bind_http);
    add(L, bind_http_request);
    add(L, bind_http_udp);
    add(L, bind_own_host);
    add(L, bind_web_proxy);
    add(L, bind_form);
    add(L, bind_gateway);
    add(L, bind_h2);
    add(L, bind_socks);
    add(L, bind_udp);
    add(L, bind_turn);
    add(L, bind_token);
    add(L, bind_dns);
    add(L, bind_note);
    add(L, bind_probe);
    add(L, bind_typed);
    sandbox_push_xpcall(L);
    lua_setfield(L, -2, "xpcall");
}

struct bytes bind_input(struct task *t, const struct await *a)
{
    struct buf *input = world_input(task_world(t), a->conn);
    return input ? buf_view(input) : bytes_at(NULL, 0);
}

enum world_state bind_receive(struct task *t, struct await *a, bind_parser parse, struct fail *fail)
{
    bool ended = false;
    for (;;) {
        const char *why = "";
        struct buf *input = world_input(task_world(t), a->conn);
        if (!input)
            return fail_set(fail, "EBADF", "this connection is closed"), WORLD_FAILED;
        bool nothing = input->n == 0 && !ended; /* which is enough for nobody */
        enum parse p = nothing ? PARSE_MORE : parse(t, a, buf_view(input), ended, &why);
        if (p == PARSE_OK)
            return WORLD_READY;
        if (p == PARSE_BAD)
            return fail_set(fail, "EPROTO", "%s", why), WORLD_FAILED;
        if (ended)
            return fail_set(fail, "EOF", "the server closed the connection"), WORLD_FAILED;
        enum world_state state = world_receive(task_world(t), a->conn, a->deadline, fail);
        if (state == WORLD_PENDING)
            return state;
        ended = state == WORLD_FAILED && bytes_equal_text(bytes_of(fail->code), "EOF");
        if (state == WORLD_FAILED && !ended)
            return state;
    }
}

unsigned bind_check_conn(lua_State *L, int index)
{
    lua_Integer n = luaL_checkinteger(L, index);
    luaL_argcheck(L, n > 0 && n <= WORLD_DIALS, index, "not a connection");
    return (unsigned)n;
}

struct bytes bind_check_bytes(lua_State *L, int index)
{
    size_t n = 0;
    const char *p = luaL_checklstring(L, index, &n);
    return bytes_at(p, n);
}

double bind_seconds(lua_State *L, int index, double otherwise)
{
    double seconds = luaL_optnumber(L, index, otherwise);
    luaL_argcheck(L, seconds >= 0 && seconds <= 3600, index, "seconds from 0 to 3600 expected");
    return seconds;
}

struct token bind_check_token(lua_State *L, int index)
{
    struct token token;
    luaL_argcheck(L, token_parse(bind_check_bytes(L, index), &token), index, "not a token");
    luaL_argcheck(L, task_owns_token(task_of(L), &token), index, "not a token of this probe");
    return token;
}

const struct token *bind_token_or_none(lua_State *L, int index, struct token *out)
{
    if (lua_isnoneornil(L, index))
        return NULL;
    *out = bind_check_token(L, index);
    return out;
}

int bind_send(lua_State *L, unsigned conn, bool built, struct buf *out, struct fail *fail)
{
    bool ok = built && world_send(task_world(task_of(L)), conn, buf_view(out), fail);
    buf_free(out);
    if (!ok)
        return task_push_fail(L, fail);
    lua_pushboolean(L, 1);
    return 1;
}

int bind_push_true(lua_State *L, struct task *t, const struct await *a)
{
    (void)t;
    (void)a;
    lua_pushboolean(L, 1);
    return 1;
}

void bind_push_bytes(lua_State *L, struct bytes b)
{
    lua_pushlstring(L, b.n ? (const char *)b.p : "", b.n);
}

void bind_field(lua_State *L, const char *name, struct bytes value)
{
    bind_push_bytes(L, value);
    lua_setfield(L, -2, name);
}

void bind_number_field(lua_State *L, const char *name, double value)
{
    lua_pushnumber(L, value);
    lua_setfield(L, -2, name);
}

void bind_push_ports(lua_State *L, const struct run_facts *f)
{
    unsigned n = f->ways.port_count;
    lua_createtable(L, n > 0 ? (int)n : 1, 0);
    for (unsigned i = 0; i < n || i == 0; i++) {
        lua_pushinteger(L, n > 0 ? f->ways.ports[i] : f->sink.port);
        lua_rawseti(L, -2, (int)i + 1);
    }
}
