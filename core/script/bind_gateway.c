/* Gateways that are told in a line where to go: telnet gateways and FTP proxies. Nothing logs in. */
#include "script/bind.h"

#include "proto/telnet.h"
#include "script/own_sink.h"

#include <string.h>

enum { COMMAND_TEXT = OWN_SINK_TEXT + 64, PROMPT_LIMIT = 4096 };

/* How a gateway is told: "HOST:PORT", "HOST PORT", a command and "HOST PORT", "HOST" and then "PORT", "USER TOKEN@HOST:PORT";
 * and "USER TOKEN", which is for our sink behind it. */
enum form {
    FORM_COLON,
    FORM_BLANK,
    FORM_TELNET,
    FORM_OPEN,
    FORM_USER,
    FORM_CONNECT,
    FORM_NC,
    FORM_HOST,
    FORM_PORT,
    FORM_TOKEN,
};

/* `bare`: an IPv6 address stands without its brackets where the port stands apart, as telnet and nc want it. */
static void command_text(enum form form, const char *sink, const struct token *token, bool bare,
                         char out[COMMAND_TEXT])
{
    static const char *const words[] = {
        [FORM_BLANK] = "",           [FORM_TELNET] = "telnet ", [FORM_OPEN] = "open ",
        [FORM_CONNECT] = "connect ", [FORM_NC] = "nc ",
    };
    char text[TOKEN_TEXT];
    if (form == FORM_USER) {
        snprintf(out, COMMAND_TEXT, "USER %s@%s\r\n", token_text(token, text), sink);
        return;
    }
    if (form == FORM_TOKEN) {
        snprintf(out, COMMAND_TEXT, "USER %s\r\n", token_text(token, text));
        return;
    }
    if (form == FORM_COLON) {
        snprintf(out, COMMAND_TEXT, "%s\r\n", sink);
        return;
    }
    const char *colon = strrchr(sink, ':');
    bool in_brackets = bare && sink[0] == '[';
    const char *host = in_brackets ? sink + 1 : sink;
    int n = (int)(colon - host) - in_brackets;
    if (form == FORM_HOST)
        snprintf(out, COMMAND_TEXT, "%.*s\r\n", n, host);
    else if (form == FORM_PORT)
        snprintf(out, COMMAND_TEXT, "%s\r\n", colon + 1);
    else
        snprintf(out, COMMAND_TEXT, "%s%.*s %s\r\n", words[form], n, host, colon + 1);
}

/* gateway(conn, form, where, token, bare): the line that names the sink, or a part of it. */
static int l_gateway(lua_State *L)
{
    static const char *const forms[] = {"colon", "blank", "telnet", "open",  "user", "connect",
                                        "nc",    "host",  "port",   "token", NULL};
    struct task *t = task_of(L);
    struct fail fail;
    char sink[OWN_SINK_TEXT];
    char command[COMMAND_TEXT];
    unsigned conn = bind_check_conn(L, 1);
    enum form form = (enum form)luaL_checkoption(L, 2, NULL, forms);
    struct own_sink where = own_sink_check(L, 3);
    struct token token = bind_check_token(L, 4);
    if (!own_sink_text(t, where, sink, &fail))
        return task_push_fail(L, &fail);
    command_text(form, sink, &token, lua_toboolean(L, 5), command);
    if (!world_send(task_world(t), conn, bytes_of(command), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* Whatever is there: a prompt has no line end. */
static enum parse parse_prompt(struct task *t, struct await *a, struct bytes in, bool ended,
                               const char **why)
{
    (void)t;
    (void)ended;
    (void)why;
    a->used = in.n < PROMPT_LIMIT ? in.n : PROMPT_LIMIT;
    return in.n > 0 ? PARSE_OK : PARSE_MORE;
}

static enum world_state prompt_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_prompt, fail);
}

/* The same, but no command that is cut off: its end is waited for. */
static enum parse parse_whole(struct task *t, struct await *a, struct bytes in, bool ended,
                              const char **why)
{
    (void)t;
    (void)why;
    struct bytes piece = bytes_slice(in, 0, PROMPT_LIMIT);
    a->used = telnet_whole(piece);
    if (a->used == 0 && (ended || piece.n == PROMPT_LIMIT))
        a->used = piece.n;
    return a->used > 0 ? PARSE_OK : PARSE_MORE;
}

static enum world_state whole_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_whole, fail);
}

static int push_prompt(lua_State *L, struct task *t, const struct await *a)
{
    struct buf text = buf_new(PROMPT_LIMIT);
    telnet_text(bytes_slice(bind_input(t, a), 0, a->used), &text);
    /* On the stack first: what raises must not leak the buffer. */
    int pushed = lua_checkstack(L, 2);
    if (pushed)
        bind_push_bytes(L, buf_view(&text));
    buf_free(&text);
    return pushed ? 1 : luaL_error(L, "out of memory");
}

/* Behind the text what refuses all that was negotiated in it, or nil. */
static int push_whole(lua_State *L, struct task *t, const struct await *a)
{
    unsigned char room[TELNET_ANSWER];
    struct buf refusal = {.p = room, .cap = sizeof room, .limit = sizeof room};
    push_prompt(L, t, a);
    telnet_refuse(bytes_slice(bind_input(t, a), 0, a->used), &refusal);
    if (refusal.n > 0)
        bind_push_bytes(L, buf_view(&refusal));
    else
        lua_pushnil(L);
    return 2;
}

/* prompt(conn, seconds, whole): the next text, without telnet's commands. With whole = true a command that comes in two
 * pieces is one, and telnet_refuse's argument stands behind the text where something is negotiated. */
static int l_prompt(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    bool whole = lua_toboolean(L, 3);
    struct await *a =
        task_await_begin(t, whole ? whole_step : prompt_step, whole ? push_whole : push_prompt,
                         bind_seconds(L, 2, BIND_SECONDS));
    a->conn = conn;
    return task_await(L, t);
}

/* telnet_refuse(conn, refusal): nothing can be said so but that an option is not used. */
static int l_telnet_refuse(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    struct bytes refusal = bind_check_bytes(L, 2);
    luaL_argcheck(L, telnet_is_refusal(refusal), 2, "what prompt gave behind a text expected");
    if (!world_send(task_world(t), conn, refusal, &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

const luaL_Reg bind_gateway[] = {
    {"gateway", l_gateway}, {"prompt", l_prompt}, {"telnet_refuse", l_telnet_refuse}, {NULL, NULL}};
