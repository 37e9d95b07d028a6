/* Gateways that are told in a line where to go: telnet gateways and FTP proxies. Nothing logs in. */
#include "script/bind.h"

#include "proto/telnet.h"
#include "script/own_sink.h"

#include <string.h>

enum { COMMAND_TEXT = OWN_SINK_TEXT + 64, PROMPT_LIMIT = 4096 };

/* How a gateway is told: "HOST:PORT", "HOST PORT", a command and "HOST PORT", "USER TOKEN@HOST:PORT". */
enum form {
    FORM_COLON,
    FORM_BLANK,
    FORM_TELNET,
    FORM_OPEN,
    FORM_USER,
    FORM_CONNECT,
    FORM_NC,
};

static void command_text(enum form form, const char *sink, const struct token *token,
                         char out[COMMAND_TEXT])
{
    static const char *const words[] = {
        [FORM_COLON] = "",     [FORM_BLANK] = "",           [FORM_TELNET] = "telnet ",
        [FORM_OPEN] = "open ", [FORM_CONNECT] = "connect ", [FORM_NC] = "nc ",
    };
    char text[TOKEN_TEXT];
    if (form == FORM_USER) {
        snprintf(out, COMMAND_TEXT, "USER %s@%s\r\n", token_text(token, text), sink);
        return;
    }
    snprintf(out, COMMAND_TEXT, "%s%s\r\n", words[form], sink);
    char *colon = strrchr(out, ':');
    if (colon && form != FORM_COLON)
        *colon = ' ';
}

/* gateway(conn, form, where, token): the line that names the sink. */
static int l_gateway(lua_State *L)
{
    static const char *const forms[] = {"colon", "blank",   "telnet", "open",
                                        "user",  "connect", "nc",     NULL};
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
    command_text(form, sink, &token, command);
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

/* prompt(conn, seconds): the next text, without telnet's commands. */
static int l_prompt(lua_State *L)
{
    struct task *t = task_of(L);
    unsigned conn = bind_check_conn(L, 1);
    struct await *a =
        task_await_begin(t, prompt_step, push_prompt, bind_seconds(L, 2, BIND_SECONDS));
    a->conn = conn;
    return task_await(L, t);
}

const luaL_Reg bind_gateway[] = {{"gateway", l_gateway}, {"prompt", l_prompt}, {NULL, NULL}};
