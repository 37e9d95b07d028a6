/*
 * TURN (RFC 8656) without a name or password: a relay address, and datagrams from it to our own sink and nobody else.
 *
 * Transactions are made from the probe's own token, so that nobody else can guess them and a replay has the same.
 */
#include "script/bind.h"

#include "base/hash.h"
#include "proto/stun.h"
#include "script/own_sink.h"

enum {
    TRANSPORT_UDP = 17,
    FAMILY_IPV6 = 2,
    QUESTION_LIMIT = 64,
    PHRASE_MOST = 100,
    TIMES_MOST = 99
};

enum turn { TURN_ALLOCATE, TURN_PERMIT, TURN_RELEASE };

/* What a wait is for, in await.number: what was asked, how, for the how-manieth time, and the sink's port that data comes
 * from. */
enum { WANT_WHAT = 0x3, WANT_UDP = 0x4, WANT_TIMES_SHIFT = 8, WANT_PORT_SHIFT = 16 };

static enum stun_method method_of(enum turn what)
{
    static const enum stun_method methods[] = {STUN_ALLOCATE, STUN_CREATE_PERMISSION, STUN_REFRESH};
    return methods[what];
}

static void transaction_of(const struct token *token, unsigned n,
                           unsigned char out[STUN_TRANSACTION])
{
    unsigned char digest[SHA256_SIZE];
    unsigned char what[TOKEN_SIZE + 1];
    memcpy(what, token->b, TOKEN_SIZE);
    what[TOKEN_SIZE] = (unsigned char)n;
    sha256_of(bytes_at(what, sizeof what), digest);
    memcpy(out, digest, STUN_TRANSACTION);
}

/* The answer to our request: its method, its transaction, and no request itself, which an echo would be. */
static bool is_answer(struct task *t, const struct await *a, const struct stun_message *m)
{
    unsigned char transaction[STUN_TRANSACTION];
    (void)t;
    transaction_of(&a->got.back.token, a->number >> WANT_TIMES_SHIFT, transaction);
    return m->method == method_of((enum turn)(a->number & WANT_WHAT)) &&
           (m->class == STUN_SUCCESS || m->class == STUN_ERROR) &&
           memcmp(m->transaction, transaction, STUN_TRANSACTION) == 0;
}

/* What our sink has sent to the relay address. */
static bool is_data(struct task *t, const struct await *a, const struct stun_message *m)
{
    struct socks_destination sink;
    struct fail ignored;
    struct addr peer;
    struct bytes data;
    struct own_sink where = {.port = (uint16_t)(a->number >> WANT_PORT_SHIFT)};
    return m->method == STUN_DATA && m->class == STUN_INDICATION &&
           own_sink_destination(t, where, &sink, &ignored) &&
           stun_find_address(m, STUN_XOR_PEER_ADDRESS, &peer) && addr_equal(&peer, &sink.addr) &&
           stun_find(m, STUN_DATA_BYTES, &data);
}

typedef bool (*wanted)(struct task *t, const struct await *a, const struct stun_message *m);

/* Passes over whole messages that are not wanted; by UDP also over what is none. */
static enum parse parse_wanted(struct task *t, struct await *a, wanted is_wanted, const char **why)
{
    struct buf *input = world_input(task_world(t), a->conn);
    bool udp = a->number & WANT_UDP;
    for (;;) {
        struct stun_message m;
        size_t used = 0;
        enum parse p = stun_parse(buf_view(input), &m, &used, why);
        bool whole = p == PARSE_OK && (!udp || used == input->n);
        if (whole && is_wanted(t, a, &m)) {
            a->used = used;
            return PARSE_OK;
        }
        if (udp)
            return PARSE_MORE; /* the next datagram takes the place of this one */
        if (p != PARSE_OK)
            return p;
        buf_drop(input, used);
    }
}

static enum parse parse_answer(struct task *t, struct await *a, struct bytes in, bool ended,
                               const char **why)
{
    (void)in;
    (void)ended;
    return parse_wanted(t, a, is_answer, why);
}

static enum parse parse_data(struct task *t, struct await *a, struct bytes in, bool ended,
                             const char **why)
{
    (void)in;
    (void)ended;
    return parse_wanted(t, a, is_data, why);
}

static enum world_state answer_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_answer, fail);
}

static enum world_state data_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_data, fail);
}

static struct stun_message message_in(struct task *t, const struct await *a)
{
    struct stun_message m = {0};
    const char *why = "";
    size_t used = 0;
    stun_parse(bind_input(t, a), &m, &used, &why);
    return m;
}

/* {code=0 or the error's, text=, line=, relayed= ("ADDR:PORT")} */
static int push_answer(lua_State *L, struct task *t, const struct await *a)
{
    struct stun_message m = message_in(t, a);
    struct bytes phrase = bytes_of("");
    struct addr relayed;
    char text[ADDR_TEXT];
    unsigned code = m.class == STUN_ERROR ? stun_find_error(&m, &phrase) : 0;
    if (m.class == STUN_ERROR && code == 0)
        phrase = bytes_of("an error without a code");
    lua_createtable(L, 0, 5);
    bind_number_field(L, "code", code);
    lua_pushboolean(L, m.class == STUN_SUCCESS);
    lua_setfield(L, -2, "yes");
    bind_field(L, "text", bytes_slice(phrase, 0, PHRASE_MOST));
    bind_number_field(L, "line", world_line(task_world(t)));
    if (stun_find_address(&m, STUN_XOR_RELAYED_ADDRESS, &relayed))
        bind_field(L, "relayed", bytes_of(addr_text(&relayed, text)));
    return 1;
}

static int push_data(lua_State *L, struct task *t, const struct await *a)
{
    struct stun_message m = message_in(t, a);
    struct bytes data = {0};
    stun_find(&m, STUN_DATA_BYTES, &data);
    bind_push_bytes(L, data);
    return 1;
}

static void put_request(struct buf *out, enum turn what, const struct addr *sink)
{
    static const unsigned char transport[] = {TRANSPORT_UDP, 0, 0, 0};
    static const unsigned char family[] = {FAMILY_IPV6, 0, 0, 0};
    static const unsigned char now[4];
    if (what == TURN_ALLOCATE)
        stun_put(out, STUN_REQUESTED_TRANSPORT, bytes_at(transport, sizeof transport));
    if (what == TURN_ALLOCATE && sink->family == ADDR_IPV6)
        stun_put(out, STUN_REQUESTED_FAMILY, bytes_at(family, sizeof family));
    if (what == TURN_PERMIT)
        stun_put_address(out, STUN_XOR_PEER_ADDRESS, sink);
    if (what == TURN_RELEASE)
        stun_put(out, STUN_LIFETIME, bytes_at(now, sizeof now));
}

static bool send_message(struct task *t, unsigned conn, struct buf *out, struct fail *fail)
{
    bool ok = stun_end(out) ? world_send(task_world(t), conn, buf_view(out), fail)
                            : fail_set(fail, "ENOMEM", "out of memory for a message");
    buf_free(out);
    return ok;
}

/* turn_ask(conn, udp, token, what, n, seconds): a request without credentials. "allocate": a relay address for UDP;
 * "permit": what our sink sends there may come to us; "release": the relay address is no longer wanted. n: its number
 * (1 to 99); the same number asks the same again. */
static int l_turn_ask(lua_State *L)
{
    static const char *const names[] = {"allocate", "permit", "release", NULL};
    struct task *t = task_of(L);
    struct fail fail;
    struct socks_destination sink;
    unsigned char transaction[STUN_TRANSACTION];
    unsigned conn = bind_check_conn(L, 1);
    bool udp = lua_toboolean(L, 2);
    struct token token = bind_check_token(L, 3);
    enum turn what = (enum turn)luaL_checkoption(L, 4, NULL, names);
    lua_Integer n = luaL_checkinteger(L, 5);
    double seconds = bind_seconds(L, 6, BIND_SECONDS);
    luaL_argcheck(L, n > 0 && n <= TIMES_MOST, 5, "a number from 1 to 99 expected");
    if (!own_sink_destination(t, (struct own_sink){0}, &sink, &fail))
        return task_push_fail(L, &fail);
    transaction_of(&token, (unsigned)n, transaction);
    struct buf out = buf_new(STUN_LIMIT);
    stun_begin(&out, method_of(what), STUN_REQUEST, transaction);
    put_request(&out, what, &sink.addr);
    if (!send_message(t, conn, &out, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, answer_step, push_answer, seconds);
    a->conn = conn;
    a->number = (unsigned)what | (udp ? WANT_UDP : 0) | (unsigned)n << WANT_TIMES_SHIFT;
    a->got.back.token = token;
    return task_await(L, t);
}

/* One of the sink's ports, by its address. */
static struct own_sink check_peer(lua_State *L, int index)
{
    struct own_sink where = own_sink_check(L, index);
    luaL_argcheck(L, where.kind == OWN_SINK_ADDRESS && !where.closed, index,
                  "a port of the sink's expected, by its address");
    return where;
}

/* turn_say(conn, token, n, where): the sink's question, to be sent to the sink from the relay address. */
static int l_turn_say(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    struct socks_destination sink;
    unsigned char transaction[STUN_TRANSACTION];
    char text[TOKEN_TEXT];
    char question[QUESTION_LIMIT];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    lua_Integer n = luaL_checkinteger(L, 3);
    luaL_argcheck(L, n > 0 && n <= TIMES_MOST, 3, "a number from 1 to 99 expected");
    if (!own_sink_destination(t, check_peer(L, 4), &sink, &fail))
        return task_push_fail(L, &fail);
    transaction_of(&token, (unsigned)n, transaction);
    snprintf(question, sizeof question, "AJAR %s\r\n", token_text(&token, text));
    struct buf out = buf_new(STUN_LIMIT);
    stun_begin(&out, STUN_SEND, STUN_INDICATION, transaction);
    stun_put_address(&out, STUN_XOR_PEER_ADDRESS, &sink.addr);
    stun_put(&out, STUN_DATA_BYTES, bytes_of(question));
    if (!send_message(t, conn, &out, &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* turn_hear(conn, udp, seconds, where): what our sink has sent to the relay address. */
static int l_turn_hear(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    bool udp = lua_toboolean(L, 2);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct own_sink where = check_peer(L, 4);
    struct await *a = task_await_begin(task_of(L), data_step, push_data, seconds);
    a->conn = conn;
    a->number = (udp ? WANT_UDP : 0) | (unsigned)where.port << WANT_PORT_SHIFT;
    return task_await(L, task_of(L));
}

const luaL_Reg bind_turn[] = {
    {"turn_ask", l_turn_ask},
    {"turn_say", l_turn_say},
    {"turn_hear", l_turn_hear},
    {NULL, NULL},
};
