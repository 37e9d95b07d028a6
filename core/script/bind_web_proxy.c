/* Web servers whose pages fetch what their own URL names. */
#include "script/bind.h"

#include "script/own_page.h"

enum { TARGET_LIMIT = 2048, REQUEST_LIMIT = 4096 };

static bool put_request(struct task *t, const char *place, struct own_sink where,
                        const struct token *token, struct buf *out, struct fail *fail)
{
    struct buf target = buf_new(TARGET_LIMIT);
    bool ok = own_page_put(t, place, where, token, &target, fail);
    if (ok && !bind_put_page(t, "GET", buf_view(&target), "Connection: close\r\n", out))
        ok = fail_set(fail, "EARGUMENT", "the scope's info can't stand in an HTTP header");
    buf_free(&target);
    return ok;
}

/* web_proxy_send(conn, place, where, token): asks for this place of own_page.h, with the sink's URL in it. */
static int l_web_proxy_send(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    const char *place = own_page_find(bind_check_bytes(L, 2));
    luaL_argcheck(L, place, 2, "none of the known places of web proxies");
    struct own_sink where = own_sink_check(L, 3);
    struct token token = bind_check_token(L, 4);
    struct buf out = buf_new(REQUEST_LIMIT);
    bool built = put_request(t, place, where, &token, &out, &fail);
    return bind_send(L, conn, built, &out, &fail);
}

const luaL_Reg bind_web_proxy[] = {{"web_proxy_send", l_web_proxy_send}, {NULL, NULL}};
