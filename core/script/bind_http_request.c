/* HTTP requests whose only destination is our own sink, or the control. */
#include "script/bind.h"

#include "proto/http_head.h"
#include "script/own_sink.h"

#include <ctype.h>
#include <string.h>

enum { TARGET_TEXT = OWN_SINK_TEXT + 64, METHOD_TEXT = 13, MORE_TEXT = 200 };

/* How a request names the sink. */
enum form { FORM_ABSOLUTE, FORM_AUTHORITY, FORM_ORIGIN, FORM_AT };

/* METHOD_NONSENSE: letters of the token, a method that nobody can know. */
enum method { METHOD_GET, METHOD_HEAD, METHOD_CONNECT, METHOD_POST, METHOD_PUT, METHOD_NONSENSE };

struct request {
    enum method method;
    enum form form;
    struct own_sink where;
    bool old; /* HTTP/1.0, without Host */
    char token[TOKEN_TEXT];
};

static bool has_body(const struct request *r)
{
    return r->method == METHOD_POST || r->method == METHOD_PUT;
}

/* A body says the token itself, and then the path does not: what came back must have passed as a body. */
static void target_text(const struct request *r, const char *sink, char out[TARGET_TEXT])
{
    static const char *const before[] = {"http://", "", "", "@"};
    const char *path = has_body(r) ? "" : r->token;
    const char *named = r->form == FORM_ORIGIN ? "" : sink;
    if (r->form == FORM_AUTHORITY)
        snprintf(out, TARGET_TEXT, "%s", sink);
    else
        snprintf(out, TARGET_TEXT, "%s%s/%s", before[r->form], named, path);
}

static const char *method_text(const struct request *r, char nonsense[METHOD_TEXT])
{
    static const char *const methods[] = {"GET", "HEAD", "CONNECT", "POST", "PUT"};
    if (r->method != METHOD_NONSENSE)
        return methods[r->method];
    snprintf(nonsense, METHOD_TEXT, "%.*s", METHOD_TEXT - 1, r->token);
    for (char *c = nonsense; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return nonsense;
}

const char *bind_agent(struct task *t, char out[BIND_AGENT])
{
    struct bytes info = task_facts(t)->run->info;
    snprintf(out, BIND_AGENT, "ajar (%.*s)", (int)(info.n > 200 ? 200 : info.n),
             (const char *)info.p);
    return out;
}

struct bytes bind_target_host(struct task *t, char out[ADDR_TEXT])
{
    const struct task_facts *facts = task_facts(t);
    return facts->target_name.n > 0 ? facts->target_name : bytes_of(addr_text(&facts->target, out));
}

bool bind_put_page(struct task *t, const char *method, struct bytes target, const char *more,
                   struct buf *out)
{
    char agent[BIND_AGENT];
    char host[ADDR_TEXT];
    return http_request_put(out, bytes_of(method), target, bind_target_host(t, host),
                            bytes_of(bind_agent(t, agent)), bytes_of(more));
}

static bool put_head(struct task *t, const struct request *r, const char *sink, const char *more,
                     struct buf *out)
{
    char target[TARGET_TEXT];
    char nonsense[METHOD_TEXT];
    char agent[BIND_AGENT];
    struct bytes method = bytes_of(method_text(r, nonsense));
    target_text(r, sink, target);
    bind_agent(t, agent);
    if (r->old)
        return http_request10_put(out, method, bytes_of(target), bytes_of(agent), bytes_of(more));
    return http_request_put(out, method, bytes_of(target), bytes_of(sink), bytes_of(agent),
                            bytes_of(more));
}

static bool put_request(struct task *t, const struct request *r, struct buf *out, struct fail *fail)
{
    char sink[OWN_SINK_TEXT];
    char body[TOKEN_TEXT + 8] = "";
    char more[MORE_TEXT] = "";
    if (!own_sink_text(t, r->where, sink, fail))
        return false;
    if (has_body(r)) {
        snprintf(body, sizeof body, "AJAR %s\r\n", r->token);
        snprintf(more, sizeof more,
                 "Content-Type: text/plain\r\nContent-Length: %zu\r\nConnection: close\r\n",
                 strlen(body));
    }
    return (put_head(t, r, sink, more, out) && buf_put_text(out, body)) ||
           fail_set(fail, "EARGUMENT", "the scope's info can't stand in an HTTP header");
}

/* http_send(conn, method, form, where, token, old): a request, with its body. */
static int l_http_send(lua_State *L)
{
    static const char *const methods[] = {"GET", "HEAD",     "CONNECT", "POST",
                                          "PUT", "nonsense", NULL};
    static const char *const forms[] = {"absolute", "authority", "origin", "at", NULL};
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct request r = {.method = (enum method)luaL_checkoption(L, 2, NULL, methods),
                        .form = (enum form)luaL_checkoption(L, 3, NULL, forms),
                        .where = own_sink_check(L, 4),
                        .old = lua_toboolean(L, 6)};
    struct token token = bind_check_token(L, 5);
    struct buf out = buf_new(4096);
    token_text(&token, r.token);
    return bind_send(L, conn, put_request(t, &r, &out, &fail), &out, &fail);
}

/* http_line(conn): an empty line, which some proxies want apart from the request. */
static int l_http_line(lua_State *L)
{
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    if (!world_send(task_world(task_of(L)), conn, bytes_of("\r\n"), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

const luaL_Reg bind_http_request[] = {
    {"http_send", l_http_send}, {"http_line", l_http_line}, {NULL, NULL}};
