/* HTTP requests that ask a proxy for the machine on which it stands. */
#include "script/bind.h"

#include "proto/http_head.h"
#include "script/own_host.h"

enum { TARGET_TEXT = ADDR_TEXT + 16, REQUEST_LIMIT = 1024 };

static bool put_request(struct task *t, bool connect, const char *host, struct buf *out)
{
    char agent[BIND_AGENT];
    char target[TARGET_TEXT];
    snprintf(target, sizeof target, connect ? "%s" : "http://%s/", host);
    return http_request_put(out, bytes_of(connect ? "CONNECT" : "GET"), bytes_of(target),
                            bytes_of(host), bytes_of(bind_agent(t, agent)),
                            bytes_of(connect ? "" : "Connection: close\r\n"));
}

/* own_host_send(conn, "CONNECT" or "GET", "loopback" or "self", port): asks for a port of the target's own machine. */
static int l_own_host_send(lua_State *L)
{
    static const char *const methods[] = {"CONNECT", "GET", NULL};
    static const char *const hosts[] = {"loopback", "self", NULL};
    struct task *t = task_of(L);
    struct fail fail;
    char host[ADDR_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    bool connect = luaL_checkoption(L, 2, NULL, methods) == 0;
    enum own_host_kind kind = (enum own_host_kind)luaL_checkoption(L, 3, NULL, hosts);
    lua_Number port = luaL_checknumber(L, 4);
    luaL_argcheck(L, port >= 1 && port <= 65535 && port == (uint16_t)port, 4, "not a port");
    own_host_text(task_facts(t), kind, (uint16_t)port, host);
    struct buf out = buf_new(REQUEST_LIMIT);
    bool ok = put_request(t, connect, host, &out) ||
              fail_set(&fail, "EARGUMENT", "the scope's info can't stand in an HTTP header");
    ok = ok && world_send(task_world(t), conn, buf_view(&out), &fail);
    buf_free(&out);
    if (!ok)
        return task_push_fail(L, &fail);
    lua_pushstring(L, host);
    return 1;
}

const luaL_Reg bind_own_host[] = {{"own_host_send", l_own_host_send}, {NULL, NULL}};
