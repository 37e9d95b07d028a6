/* SOCKS 4, 4a and 5: requests whose only destination is our own sink, or the control. */
#include "script/bind.h"

#include "proto/socks.h"
#include "script/own_sink.h"

enum { SOCKS5_METHOD_SIZE = 2 };

static int await_reply(lua_State *L, unsigned conn, await_step step, await_push push,
                       double seconds)
{
    struct await *a = task_await_begin(task_of(L), step, push, seconds);
    a->conn = conn;
    return task_await(L, task_of(L));
}

/* Sends what was built, then waits for the answer. */
static int ask(lua_State *L, unsigned conn, struct buf *out, bool built, await_step step,
               await_push push, double seconds)
{
    struct task *t = task_of(L);
    struct fail fail;
    bool ok = built || fail_set(&fail, "EARGUMENT",
                                "this SOCKS version can't name the sink's "
                                "address (SOCKS 4 has no IPv6)");
    ok = ok && world_send(task_world(t), conn, buf_view(out), &fail);
    buf_free(out);
    if (!ok)
        return task_push_fail(L, &fail);
    return await_reply(L, conn, step, push, seconds);
}

static int push_code(lua_State *L, struct task *t, unsigned code, const char *text)
{
    lua_createtable(L, 0, 3);
    bind_number_field(L, "code", code);
    bind_number_field(L, "line", world_line(task_world(t)));
    bind_field(L, "text", bytes_of(text));
    return 1;
}

static enum parse parse_socks4(struct task *t, struct await *a, struct bytes in, bool ended,
                               const char **why)
{
    struct socks4_reply reply;
    (void)t;
    (void)ended;
    enum parse p = socks4_reply_parse(in, &reply, &a->used, why);
    a->number = p == PARSE_OK ? reply.code : 0;
    return p;
}

static enum world_state socks4_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_socks4, fail);
}

static int push_socks4(lua_State *L, struct task *t, const struct await *a)
{
    return push_code(L, t, a->number, socks4_code_text(a->number));
}

/* A request for our sink. */
static int ask_socks4(lua_State *L, enum socks_command command, struct own_sink where,
                      await_push push, double seconds)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct socks4_request request = {.command = command, .user = bytes_of("ajar")};
    if (!own_sink_destination(task_of(L), where, &request.to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(1024);
    bool built = socks4_request_put(&out, &request);
    return ask(L, conn, &out, built, socks4_step, push, seconds);
}

/* socks4(conn, where, seconds): CONNECT to the sink; {code=90…, text=, line=}. */
static int l_socks4(lua_State *L)
{
    struct own_sink where = own_sink_check(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    return ask_socks4(L, SOCKS_CONNECT, where, push_socks4, seconds);
}

static enum parse parse_method(struct task *t, struct await *a, struct bytes in, bool ended,
                               const char **why)
{
    (void)t;
    (void)ended;
    *why = "more than a method came back: no SOCKS 5 server";
    if (in.n > SOCKS5_METHOD_SIZE)
        return PARSE_BAD;
    return socks5_method_parse(in, &a->number, &a->used, why);
}

static enum world_state method_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_method, fail);
}

static int push_method(lua_State *L, struct task *t, const struct await *a)
{
    const char *text = a->number == SOCKS5_NO_AUTH     ? "no authentication needed"
                       : a->number == SOCKS5_PASSWORD  ? "asks for username and password"
                       : a->number == SOCKS5_GSSAPI    ? "asks for GSSAPI"
                       : a->number == SOCKS5_NO_METHOD ? "no acceptable method"
                                                       : "an unknown method";
    return push_code(L, t, a->number, text);
}

/* socks5_greet(conn, with_password, seconds): offers "no authentication" and, with_password, also
 * "username/password" to see whether it is asked for; none is ever sent. {code=method, …} */
static int l_socks5_greet(lua_State *L)
{
    static const unsigned char methods[] = {SOCKS5_NO_AUTH, SOCKS5_PASSWORD};
    unsigned conn = bind_check_conn(L, 1);
    bool with_password = lua_toboolean(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct buf out = buf_new(64);
    bool built = socks5_greeting_put(&out, methods, with_password ? 2 : 1);
    return ask(L, conn, &out, built, method_step, push_method, seconds);
}

static enum parse parse_socks5(struct task *t, struct await *a, struct bytes in, bool ended,
                               const char **why)
{
    struct socks5_reply reply;
    (void)t;
    (void)ended;
    enum parse p = socks5_reply_parse(in, &reply, &a->used, why);
    a->number = p == PARSE_OK ? reply.code : 0;
    return p;
}

static enum world_state socks5_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_socks5, fail);
}

static int push_socks5(lua_State *L, struct task *t, const struct await *a)
{
    return push_code(L, t, a->number, socks5_code_text(a->number));
}

/* The same by SOCKS 5. */
static int ask_socks5(lua_State *L, enum socks_command command, struct own_sink where,
                      await_push push, double seconds)
{
    struct fail fail;
    struct socks_destination to;
    unsigned conn = bind_check_conn(L, 1);
    if (!own_sink_destination(task_of(L), where, &to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(1024);
    bool built = socks5_request_put(&out, command, &to);
    return ask(L, conn, &out, built, socks5_step, push, seconds);
}

/* socks5_connect(conn, where, seconds): CONNECT to the sink; {code=0…, text=, line=}. */
static int l_socks5_connect(lua_State *L)
{
    struct own_sink where = own_sink_check(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    return ask_socks5(L, SOCKS_CONNECT, where, push_socks5, seconds);
}

static int push_bound(lua_State *L, struct task *t, const struct await *a)
{
    struct socks5_reply reply;
    char text[ADDR_IP_TEXT];
    const char *why;
    size_t used;
    push_socks5(L, t, a);
    socks5_reply_parse(bind_input(t, a), &reply, &used, &why);
    bind_number_field(L, "port", reply.bound.port);
    if (reply.bound.name.n == 0)
        bind_field(L, "address", bytes_of(addr_ip_text(&reply.bound.addr, text)));
    return 1;
}

/* socks5_associate(conn, seconds): UDP ASSOCIATE for datagrams from any port of ours; {code=0…, text=, line=,
 * port=, address= (nil: a name)}: where they go. */
static int l_socks5_associate(lua_State *L)
{
    struct socks_destination any = {.addr = {.family = ADDR_IPV4}};
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    struct buf out = buf_new(1024);
    bool built = socks5_request_put(&out, SOCKS_UDP, &any);
    return ask(L, conn, &out, built, socks5_step, push_bound, seconds);
}

/* BIND (RFC 1928, section 4): the first reply says where the target waits, the second who has come. */

static int push_bound4(lua_State *L, struct task *t, const struct await *a)
{
    struct socks4_reply reply;
    char text[ADDR_IP_TEXT];
    const char *why;
    size_t used;
    push_socks4(L, t, a);
    socks4_reply_parse(bind_input(t, a), &reply, &used, &why);
    bind_number_field(L, "port", reply.bound.port);
    bind_field(L, "address", bytes_of(addr_ip_text(&reply.bound, text)));
    return 1;
}

/* The port becomes one that the sink may be sent to. */
static int push_waiting(lua_State *L, struct task *t, int pushed)
{
    lua_getfield(L, -1, "port");
    task_conduct(t)->waits_at = (uint16_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return pushed;
}

static int push_waiting4(lua_State *L, struct task *t, const struct await *a)
{
    int pushed = push_bound4(L, t, a);
    return a->number == SOCKS4_GRANTED ? push_waiting(L, t, pushed) : pushed;
}

static int push_waiting5(lua_State *L, struct task *t, const struct await *a)
{
    int pushed = push_bound(L, t, a);
    return a->number == 0 ? push_waiting(L, t, pushed) : pushed;
}

/* socks4_bind(conn, seconds): BIND for our sink; {code=90…, text=, line=, port=, address=}. */
static int l_socks4_bind(lua_State *L)
{
    struct own_sink sink = {0};
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    return ask_socks4(L, SOCKS_BIND, sink, push_waiting4, seconds);
}

/* socks4_bound(conn, seconds): the second reply. */
static int l_socks4_bound(lua_State *L)
{
    return await_reply(L, bind_check_conn(L, 1), socks4_step, push_bound4,
                       bind_seconds(L, 2, BIND_SECONDS));
}

/* socks5_bind(conn, seconds), socks5_bound(conn, seconds): the same; {code=0…, …, address= (nil: a name)}. */
static int l_socks5_bind(lua_State *L)
{
    struct own_sink sink = {0};
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    return ask_socks5(L, SOCKS_BIND, sink, push_waiting5, seconds);
}

static int l_socks5_bound(lua_State *L)
{
    return await_reply(L, bind_check_conn(L, 1), socks5_step, push_bound,
                       bind_seconds(L, 2, BIND_SECONDS));
}

const luaL_Reg bind_socks[] = {
    {"socks4", l_socks4},
    {"socks5_greet", l_socks5_greet},
    {"socks5_connect", l_socks5_connect},
    {"socks5_associate", l_socks5_associate},
    {"socks4_bind", l_socks4_bind},
    {"socks4_bound", l_socks4_bound},
    {"socks5_bind", l_socks5_bind},
    {"socks5_bound", l_socks5_bound},
    {NULL, NULL},
};
