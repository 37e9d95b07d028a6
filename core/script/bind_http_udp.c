/* UDP through HTTP/1.1 (RFC 9298, section 3.2): an upgrade, and datagrams to our own sink and nobody else. Through HTTP/2:
 * bind_h2.c. */
#include "script/bind.h"

#include "script/own_udp.h"

enum { REQUEST_LIMIT = 4096 };

static bool put_request(struct task *t, struct own_sink where, const struct token *control,
                        struct buf *out, struct fail *fail)
{
    static const char upgrade[] =
        "Connection: Upgrade\r\nUpgrade: " OWN_UDP_PROTOCOL "\r\nCapsule-Protocol: ?1\r\n";
    char path[OWN_UDP_PATH];
    return own_udp_path(t, where, control, path, fail) &&
           (bind_put_page(t, "GET", bytes_of(path), upgrade, out) ||
            fail_set(fail, "EARGUMENT", "the scope's info can't stand in an HTTP header"));
}

/* http_udp_send(conn, where, control): asks for datagrams to the sink; control: a token of which the control is made, or
 * nil. */
static int l_http_udp_send(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct own_sink where = own_sink_check(L, 2);
    struct token room;
    const struct token *control = bind_token_or_none(L, 3, &room);
    struct buf out = buf_new(REQUEST_LIMIT);
    bool built = put_request(task_of(L), where, control, &out, &fail);
    return bind_send(L, conn, built, &out, &fail);
}

/* http_udp_ask(conn, token): the sink's question. */
static int l_http_udp_ask(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    struct buf out = buf_new(OWN_UDP_QUESTION);
    bool built = own_udp_put_question(&token, &out) ||
                 fail_set(&fail, "ENOMEM", "out of memory for a datagram");
    return bind_send(L, conn, built, &out, &fail);
}

/* What is passed over is dropped at once: a server may send much of it. */
static enum parse parse_datagram(struct task *t, struct await *a, struct bytes in, bool ended,
                                 const char **why)
{
    struct bytes data;
    (void)ended;
    size_t used = 0;
    enum parse p = capsule_udp_parse(in, &data, &used, why);
    if (p == PARSE_MORE)
        buf_drop(world_input(task_world(t), a->conn), used);
    a->used = p == PARSE_OK ? used : 0;
    return p;
}

static enum world_state datagram_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_datagram, fail);
}

static int push_datagram(lua_State *L, struct task *t, const struct await *a)
{
    struct bytes data = {0};
    const char *why = "";
    size_t used = 0;
    capsule_udp_parse(bind_input(t, a), &data, &used, &why);
    bind_push_bytes(L, data);
    return 1;
}

/* http_udp_hear(conn, seconds): the data of the next datagram. */
static int l_http_udp_hear(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    struct await *a = task_await_begin(task_of(L), datagram_step, push_datagram, seconds);
    a->conn = conn;
    return task_await(L, task_of(L));
}

const luaL_Reg bind_http_udp[] = {{"http_udp_send", l_http_udp_send},
                                  {"http_udp_ask", l_http_udp_ask},
                                  {"http_udp_hear", l_http_udp_hear},
                                  {NULL, NULL}};
