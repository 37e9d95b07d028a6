/* Datagrams through a SOCKS 5 proxy to our own sink and nobody else (RFC 1928, section 7). */
#include "script/bind.h"

#include "proto/socks5_udp.h"
#include "script/own_sink.h"

enum { QUESTION_LIMIT = 512 };

/* socks5_udp_ask(conn, token, where): the sink's question, addressed to the sink. */
static int l_socks5_udp_ask(lua_State *L)
{
    struct fail fail;
    struct socks_destination to;
    char text[TOKEN_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    struct own_sink where = own_sink_check(L, 3);
    if (!own_sink_destination(task_of(L), where, &to, &fail))
        return task_push_fail(L, &fail);
    struct buf out = buf_new(QUESTION_LIMIT);
    bool built =
        socks5_udp_put(&out, &to) && buf_printf(&out, "AJAR %s\r\n", token_text(&token, text));
    built = built || fail_set(&fail, "EARGUMENT", "the sink's address can't be written");
    return bind_send(L, conn, built, &out, &fail);
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
    {"socks5_udp_ask", l_socks5_udp_ask},
    {"socks5_udp_answer", l_socks5_udp_answer},
    {NULL, NULL},
};
