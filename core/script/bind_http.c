/* Responses of HTTP/1.x; what asks for them is in bind_http_request.c. */
#include "script/bind.h"

#include "proto/http_chunk.h"
#include "proto/http_coding.h"
#include "proto/http_head.h"

#include <string.h>

enum { BODY_LIMIT = 65536 };

/* Skips interim answers (1xx but 101) and parses the head of the final one. */
static enum parse final_head(struct bytes in, struct http_response *head, size_t *used,
                             const char **why)
{
    *used = 0;
    for (;;) {
        size_t n = 0;
        enum parse p = http_response_parse(bytes_slice(in, *used, in.n), head, &n, why);
        if (p != PARSE_OK)
            return p;
        *used += n;
        if (head->code >= 200 || head->code == 101)
            return PARSE_OK;
    }
}

/* The methods whose responses have bodies of their own kind; "" stands for all others. */
static const char *const METHODS[] = {"", "HEAD", "CONNECT", NULL};

static struct bytes method_of(const struct await *a)
{
    return bytes_of(METHODS[a->number]);
}

/* How many bytes the body takes, and the body decoded where `out` is given. A body that the peer cut
 * short counts as it is: it is evidence, not a page to be shown. */
static enum parse body(const struct http_response *head, struct bytes method, struct bytes in,
                       bool ended, struct buf *out, size_t *used, const char **why)
{
    struct http_chunks chunks = {0};
    size_t want = head->length > BODY_LIMIT ? BODY_LIMIT : head->length;
    *used = 0;
    switch (http_body_of(head, method)) {
    case HTTP_BODY_NONE:
        return PARSE_OK;
    case HTTP_BODY_CHUNKED: {
        enum parse p = http_chunks_parse(&chunks, in, out, used, why);
        return p == PARSE_MORE && ended ? PARSE_OK : p;
    }
    case HTTP_BODY_TO_END:
        want = BODY_LIMIT;
        break;
    case HTTP_BODY_LENGTH:
        break;
    }
    *used = in.n < want ? in.n : want;
    if (*used < want && !ended)
        return PARSE_MORE;
    buf_put(out, bytes_slice(in, 0, *used));
    return PARSE_OK;
}

static enum parse parse_response(struct task *t, struct await *a, struct bytes in, bool ended,
                                 const char **why)
{
    (void)t;
    struct http_response head;
    size_t at = 0;
    size_t n = 0;
    enum parse p = final_head(in, &head, &at, why);
    if (p != PARSE_OK)
        return p;
    struct buf decoded = buf_new(BODY_LIMIT);
    p = body(&head, method_of(a), bytes_slice(in, at, in.n), ended, &decoded, &n, why);
    buf_free(&decoded);
    a->used = at + n;
    return p;
}

static enum world_state response_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_response, fail);
}

/* Who does not read all that was sent resets the connection behind his answer. */
static enum world_state response_or_reset_step(struct task *t, struct await *a, struct fail *fail)
{
    enum world_state state = bind_receive(t, a, parse_response, fail);
    const char *why = "";
    bool reset = state == WORLD_FAILED && bytes_equal_text(bytes_of(fail->code), "ECONNRESET");
    if (reset && parse_response(t, a, bind_input(t, a), true, &why) == PARSE_OK)
        return WORLD_READY;
    return state;
}

/* What is no whole answer stays unread. */
static enum world_state whole_response_step(struct task *t, struct await *a, struct fail *fail)
{
    enum world_state state = response_or_reset_step(t, a, fail);
    if (state == WORLD_FAILED)
        a->used = 0;
    return state;
}

void bind_push_http_fields(lua_State *L, struct bytes fields)
{
    static const char *const names[] = {"server",
                                        "via",
                                        "proxy-authenticate",
                                        "content-type",
                                        "content-length",
                                        "transfer-encoding",
                                        "proxy-agent",
                                        "x-squid-error",
                                        "location",
                                        "upgrade"};
    lua_createtable(L, 0, 4);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bytes value;
        if (http_field(fields, names[i], 0, &value))
            bind_field(L, names[i], value);
    }
}

/* {code=, reason=, fields={}, body=, line=} */
static int push_response(lua_State *L, struct task *t, const struct await *a)
{
    struct http_response head;
    const char *why = "";
    size_t at = 0;
    size_t n = 0;
    struct bytes in = bind_input(t, a);
    struct buf decoded = buf_new(BODY_LIMIT);
    final_head(in, &head, &at, &why);
    body(&head, method_of(a), bytes_slice(in, at, in.n), true, &decoded, &n, &why);
    /* On the stack first: what raises below must not leak the buffer. */
    int pushed = lua_checkstack(L, 4);
    if (pushed)
        bind_push_bytes(L, buf_view(&decoded));
    buf_free(&decoded);
    if (!pushed)
        return luaL_error(L, "out of memory");
    lua_createtable(L, 0, 5);
    lua_insert(L, -2);
    lua_setfield(L, -2, "body");
    bind_number_field(L, "code", head.code);
    bind_number_field(L, "line", world_line(task_world(t)));
    bind_field(L, "reason", head.reason);
    bind_push_http_fields(L, head.fields);
    lua_setfield(L, -2, "fields");
    return 1;
}

static await_step response_steps(bool reset, bool keep)
{
    if (keep)
        return whole_response_step;
    return reset ? response_or_reset_step : response_step;
}

/* http_response(conn, method, seconds, reset, keep): the response to a request with this method, "" for any other. With
 * reset = true a reset ends a body as an end in good order does. With keep = true (then reset goes without saying) what came
 * of an answer that is not valid, or not whole in time, stays unread, and can be waited for again. */
static int l_http_response(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    unsigned method = (unsigned)luaL_checkoption(L, 2, "", METHODS);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    await_step step = response_steps(lua_toboolean(L, 4), lua_toboolean(L, 5));
    struct await *a = task_await_begin(t, step, push_response, seconds);
    a->conn = conn;
    a->number = method;
    return task_await(L, t);
}

/* http_decoded(body): the body without its content coding, at most BODY_LIMIT bytes; nil where it has none that is known. */
static int l_http_decoded(lua_State *L)
{
    size_t n = 0;
    const char *body = luaL_checklstring(L, 1, &n);
    struct buf decoded = buf_new(BODY_LIMIT);
    bool ok = http_coding_undo(bytes_at(body, n), &decoded);
    if (ok)
        bind_push_bytes(L, buf_view(&decoded));
    else
        lua_pushnil(L);
    buf_free(&decoded);
    return 1;
}

const luaL_Reg bind_http[] = {
    {"http_response", l_http_response}, {"http_decoded", l_http_decoded}, {NULL, NULL}};
