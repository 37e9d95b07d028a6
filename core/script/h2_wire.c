#include "script/h2_wire.h"

#include <lauxlib.h>

static void free_h2(void *h)
{
    h2_free(h);
}

bool h2_wire_begin(struct task *t, unsigned conn, struct h2 *h, struct fail *fail)
{
    task_keep(t, h, free_h2);
    if (!h)
        return fail_set(fail, "ENOMEM", "out of memory for HTTP/2");
    return h2_wire_send(t, conn, h, fail);
}

struct h2 *h2_wire_of(const struct task *t)
{
    return task_kept(t, free_h2);
}

struct h2 *h2_wire_check(struct lua_State *L)
{
    struct h2 *h = h2_wire_of(task_of(L));
    if (!h)
        luaL_error(L, "HTTP/2 has not begun");
    return h;
}

bool h2_wire_send(struct task *t, unsigned conn, struct h2 *h, struct fail *fail)
{
    struct buf *out = h2_output(h);
    bool ok = out->n == 0 || world_send(task_world(t), conn, buf_view(out), fail);
    buf_clear(out);
    return ok;
}

bool h2_wire_pump(struct task *t, unsigned conn, struct h2 *h, struct fail *fail)
{
    const char *why = "";
    struct buf *input = world_input(task_world(t), conn);
    if (!input)
        return fail_set(fail, "EBADF", "this connection is closed");
    bool ok = input->n == 0 || h2_feed(h, buf_view(input), &why);
    buf_clear(input);
    if (!ok)
        return fail_set(fail, "EPROTO", "%s", why);
    return h2_wire_send(t, conn, h, fail);
}
