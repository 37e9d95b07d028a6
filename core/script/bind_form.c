/* Web forms that send mail. */
#include "script/bind.h"

#include "script/own_form.h"

enum { TARGET_TEXT = OWN_FORM_PATH + OWN_FORM_LIMIT, MORE_TEXT = 128 };

/* By GET the fields stand in the target, by POST in the body. */
static bool put_request(struct task *t, struct bytes path, bool get, struct bytes fields,
                        struct buf *out)
{
    char more[MORE_TEXT] = "Connection: close\r\n";
    struct buf target = buf_new(TARGET_TEXT);
    buf_put(&target, path);
    if (get) {
        buf_put_byte(&target, '?');
        buf_put(&target, fields);
    } else {
        snprintf(more, sizeof more,
                 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n"
                 "Connection: close\r\n",
                 fields.n);
    }
    bool ok = bind_put_page(t, get ? "GET" : "POST", buf_view(&target), more, out) &&
              (get || buf_put(out, fields));
    buf_free(&target);
    return ok;
}

/* form_send(conn, path, token, get, again): asks the page at this path to mail the token's own mailbox. */
static int l_form_send(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct bytes path = bind_check_bytes(L, 2);
    struct token token = bind_check_token(L, 3);
    bool get = lua_toboolean(L, 4);
    luaL_argcheck(L, own_form_path_is(path), 2, "the path of a page expected");
    struct buf fields = buf_new(OWN_FORM_LIMIT);
    struct buf out = buf_new(2 * TARGET_TEXT);
    bool ok = world_may_message(task_world(t), &fail) &&
              own_form_put(t, &token, lua_toboolean(L, 5), &fields, &fail);
    if (ok && !put_request(t, path, get, buf_view(&fields), &out))
        ok = fail_set(&fail, "EARGUMENT", "the scope's info can't stand in an HTTP header");
    buf_free(&fields);
    return bind_send(L, conn, ok, &out, &fail);
}

/* form_mailed(again): the form has mailed, and so a test message was handed over. */
static int l_form_mailed(lua_State *L)
{
    struct fail fail;
    if (!world_message(task_world(task_of(L)), lua_toboolean(L, 1), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

const luaL_Reg bind_form[] = {
    {"form_send", l_form_send}, {"form_mailed", l_form_mailed}, {NULL, NULL}};
