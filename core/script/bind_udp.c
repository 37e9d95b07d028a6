/* Datagrams to the target, and through a SOCKS 5 proxy to our own sink and nobody else (RFC 1928, section 7). */
#include "script/bind.h"

#include "proto/socks5_udp.h"
#include "script/own_sink.h"

enum { QUESTION_LIMIT = 512 };

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

/* datagrams(port or nil, seconds): a UDP socket to the target, and to nobody else. */
static int l_datagrams(lua_State *L)
{
    struct task *t = task_of(L);
    struct addr to = task_facts(t)->target;
    struct fail fail;
    unsigned conn = 0;
    lua_Integer port = luaL_optinteger(L, 1, to.port);
    luaL_argcheck(L, port > 0 && port < 65536, 1, "a port from 1 to 65535 expected");
    to.port = (uint16_t)port;
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    if (!world_open_datagrams(task_world(t), &to, &conn, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, open_step, push_conn, seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* Sends the buffer and frees it; true, or nil, text, code. */
static int send_off(lua_State *L, unsigned conn, struct buf *out, bool built)
{
    struct fail fail;
    bool sent = (built || fail_set(&fail, "EARGUMENT", "the sink's address can't be written")) &&
                world_send(task_world(task_of(L)), conn, buf_view(out), &fail);
    buf_free(out);
    if (!sent)
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* socks5_request(conn, "udp" or "bind"): UDP ASSOCIATE, for datagrams from any port of ours; or BIND, for a
 * connection from the sink's address. */
static int l_socks5_request(lua_State *L)
{
    static const char *const names[] = {"udp", "bind", NULL};
    static const enum socks_command commands[] = {SOCKS_UDP, SOCKS_BIND};
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    int which = luaL_checkoption(L, 2, NULL, names);
    struct socks_destination to = {.addr = {.family = ADDR_IPV4}};
    if (which == 1 && !own_sink_destination(task_of(L), OWN_SINK_ADDRESS, &to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(QUESTION_LIMIT);
    bool built = socks5_request_put(&out, commands[which], &to);
    return send_off(L, conn, &out, built);
}

/* socks4_bind(conn): BIND for a connection from the sink's address. */
static int l_socks4_bind(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct socks4_request request = {.command = SOCKS_BIND, .user = bytes_of("ajar")};
    if (!own_sink_destination(task_of(L), OWN_SINK_ADDRESS, &request.to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(QUESTION_LIMIT);
    bool built = socks4_request_put(&out, &request);
    return send_off(L, conn, &out, built);
}

static enum parse parse_reply(struct task *t, struct await *a, struct bytes in, bool ended,
                              const char **why)
{
    struct socks5_reply reply;
    struct socks4_reply old;
    (void)t;
    (void)ended;
    return a->number == 5 ? socks5_reply_parse(in, &reply, &a->used, why)
                          : socks4_reply_parse(in, &old, &a->used, why);
}

static enum world_state reply_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_reply, fail);
}

/* {code=, text=, line=, address= (nil: a name), port=} */
static int push_reply(lua_State *L, struct task *t, const struct await *a)
{
    struct socks5_reply reply = {0};
    struct socks4_reply old = {0};
    char text[ADDR_IP_TEXT];
    const char *why = "";
    size_t used = 0;
    struct bytes in = bind_input(t, a);
    if (a->number == 5) {
        socks5_reply_parse(in, &reply, &used, &why);
    } else {
        socks4_reply_parse(in, &old, &used, &why);
        reply = (struct socks5_reply){.code = old.code,
                                      .bound = {.addr = old.bound, .port = old.bound.port}};
    }
    lua_createtable(L, 0, 5);
    bind_number_field(L, "code", reply.code);
    bind_field(
        L, "text",
        bytes_of(a->number == 5 ? socks5_code_text(reply.code) : socks4_code_text(reply.code)));
    bind_number_field(L, "line", world_line(task_world(t)));
    bind_number_field(L, "port", reply.bound.port);
    if (reply.bound.name.n == 0)
        bind_field(L, "address", bytes_of(addr_ip_text(&reply.bound.addr, text)));
    return 1;
}

/* socks_bound(conn, version, seconds): the next reply, with the address that it names. */
static int l_socks_bound(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    lua_Integer version = luaL_checkinteger(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct await *a = task_await_begin(task_of(L), reply_step, push_reply, seconds);
    a->conn = conn;
    a->number = version == 4 ? 4 : 5;
    return task_await(L, task_of(L));
}

/* socks5_udp_ask(conn, token): the sink's question, addressed to the sink. */
static int l_socks5_udp_ask(lua_State *L)
{
    struct fail fail;
    struct socks_destination to;
    char text[TOKEN_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    if (!own_sink_destination(task_of(L), OWN_SINK_ADDRESS, &to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(QUESTION_LIMIT);
    bool built = socks5_udp_put(&out, &to);
    buf_printf(&out, "AJAR %s\r\n", token_text(&token, text));
    return send_off(L, conn, &out, built);
}

/* Whole datagrams that are no such are passed over. */
static enum parse parse_datagram(struct task *t, struct await *a, struct bytes in, bool ended,
                                 const char **why)
{
    struct socks_destination from;
    struct bytes data;
    (void)t;
    (void)ended;
    a->used = in.n;
    return socks5_udp_parse(in, &from, &data, why) == PARSE_OK ? PARSE_OK : PARSE_MORE;
}

static enum world_state datagram_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_datagram, fail);
}

static int push_datagram(lua_State *L, struct task *t, const struct await *a)
{
    struct socks_destination from;
    struct bytes data = {0};
    const char *why = "";
    socks5_udp_parse(bind_input(t, a), &from, &data, &why);
    bind_push_bytes(L, data);
    return 1;
}

/* socks5_udp_answer(conn, seconds): the data of the next datagram that came through the proxy. */
static int l_socks5_udp_answer(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    struct await *a = task_await_begin(task_of(L), datagram_step, push_datagram, seconds);
    a->conn = conn;
    return task_await(L, task_of(L));
}

const luaL_Reg bind_udp[] = {
    {"datagrams", l_datagrams},
    {"socks5_request", l_socks5_request},
    {"socks4_bind", l_socks4_bind},
    {"socks_bound", l_socks_bound},
    {"socks5_udp_ask", l_socks5_udp_ask},
    {"socks5_udp_answer", l_socks5_udp_answer},
    {NULL, NULL},
};
