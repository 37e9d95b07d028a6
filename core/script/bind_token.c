/* Tokens, what comes back for them, and the question put to the sink through a tunnel. */
#include "script/bind.h"

static int l_token(lua_State *L)
{
    struct token token;
    struct fail fail;
    char text[TOKEN_TEXT];
    if (!task_token(task_of(L), &token, &fail))
        return task_push_fail(L, &fail);
    lua_pushstring(L, token_text(&token, text));
    return 1;
}

static enum world_state receipt_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_receipt(task_world(t), &a->got.back.token, a->deadline, a->got.back.receipt, fail);
}

/* {kind=, peer=, at=, digest=, answer=, line=, port=}; without port, where it is not known which of the sink's it was */
static int push_receipt(lua_State *L, struct task *t, const struct await *a)
{
    const struct receipt *r = a->got.back.receipt;
    char peer[ADDR_TEXT];
    char at[TIME_TEXT];
    lua_createtable(L, 0, 7);
    bind_field(L, "kind", bytes_of(receipt_kind_name(r->kind)));
    bind_field(L, "peer", bytes_of(addr_text(&r->peer, peer)));
    bind_field(L, "at", bytes_of(time_text(r->at, at)));
    bind_field(L, "digest", bytes_of(r->digest));
    bind_field(L, "answer", bytes_of(r->answer));
    bind_number_field(L, "line", world_line(task_world(t)));
    if (r->port > 0)
        bind_number_field(L, "port", r->port);
    return 1;
}

/* receipt(token, seconds or nil): waits until the sink got the token; nil seconds: the run's --wait. */
static int l_receipt(lua_State *L)
{
    struct task *t = task_of(L);
    struct token token = bind_check_token(L, 1);
    double wait = (double)task_facts(t)->run->wait / (double)SPAN_SECOND;
    struct await *a = task_await_begin(t, receipt_step, push_receipt, bind_seconds(L, 2, wait));
    a->got.back.token = token;
    a->got.back.receipt = task_receipt(t);
    if (!a->got.back.receipt)
        return luaL_error(L, "not enough memory");
    return task_await(L, t);
}

/* ask(conn, token): sends the sink's question, "AJAR TOKEN", through what should be a tunnel. */
static int l_ask(lua_State *L)
{
    struct fail fail;
    char text[TOKEN_TEXT];
    char line[TOKEN_TEXT + 8];
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    int n = snprintf(line, sizeof line, "AJAR %s\r\n", token_text(&token, text));
    if (!world_send(task_world(task_of(L)), conn, bytes_at(line, (size_t)n), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

const luaL_Reg bind_token[] = {
    {"token", l_token}, {"receipt", l_receipt}, {"ask", l_ask}, {NULL, NULL}};
