/* SMTP: commands out, replies in. */
#include "script/bind.h"

#include "proto/smtp_command.h"
#include "proto/smtp_extension.h"
#include "script/own_command.h"
#include "script/own_message.h"

#include <ctype.h>
#include <string.h>

static enum parse parse_reply(struct task *t, struct await *a, struct bytes in, bool ended,
                              const char **why)
{
    (void)t;
    (void)ended;
    return smtp_reply_parse(in, &a->got.smtp, &a->used, why);
}

static enum world_state reply_step(struct task *t, struct await *a, struct fail *fail)
{
    return bind_receive(t, a, parse_reply, fail);
}

/* code, what was said, line of the tape: three values, of which the library makes a table; that is cheaper
 * there. */
static int push_reply(lua_State *L, struct task *t, const struct await *a)
{
    const struct smtp_reply *r = &a->got.smtp;
    lua_pushinteger(L, (lua_Integer)r->code);
    bind_push_bytes(L, r->said);
    lua_pushinteger(L, (lua_Integer)world_line(task_world(t)));
    return 3;
}

/* part(code, said): the enhanced code or nil, and the text behind it. */
static int l_part(lua_State *L)
{
    struct bytes enhanced;
    struct bytes text;
    smtp_reply_part((unsigned)luaL_checkinteger(L, 1), bind_check_bytes(L, 2), &enhanced, &text);
    if (enhanced.n > 0)
        bind_push_bytes(L, enhanced);
    else
        lua_pushnil(L);
    bind_push_bytes(L, text);
    return 2;
}

static void flag(lua_State *L, const char *name, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, name);
}

/* The name that the server gives itself. With a->number it is also learnt: envelopes may hold it then. */
static void push_name(lua_State *L, struct task *t, const struct await *a)
{
    struct bytes name = smtp_server_name(&a->got.smtp);
    bool is_greeting = a->got.smtp.code == 220 || a->got.smtp.code == 250;
    if (a->number && is_greeting && !conduct_learn(task_conduct(t), name))
        name = bytes_slice(name, 0, 0);
    bind_push_bytes(L, name);
}

/* A banner: also that name. */
static int push_banner(lua_State *L, struct task *t, const struct await *a)
{
    int n = push_reply(L, t, a);
    push_name(L, t, a);
    return n + 1;
}

/* A reply to EHLO: also that name, and what it offers. */
static int push_ehlo(lua_State *L, struct task *t, const struct await *a)
{
    struct smtp_extensions ext = smtp_extensions_of(&a->got.smtp);
    int n = push_reply(L, t, a);
    push_name(L, t, a);
    lua_createtable(L, 0, 5);
    flag(L, "pipelining", ext.pipelining);
    flag(L, "starttls", ext.starttls);
    flag(L, "smtputf8", ext.smtputf8);
    flag(L, "auth", ext.auth);
    flag(L, "xclient", ext.xclient);
    return n + 2;
}

static int await_reply(lua_State *L, unsigned conn, await_push push, double seconds)
{
    struct task *t = task_of(L);
    struct await *a = task_await_begin(t, reply_step, push, seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* The same; `learns`: the name in the reply is kept as the target's own. */
static int await_named(lua_State *L, unsigned conn, await_push push, double seconds, bool learns)
{
    struct task *t = task_of(L);
    struct await *a = task_await_begin(t, reply_step, push, seconds);
    a->conn = conn;
    a->number = learns;
    return task_await(L, t);
}

/* banner(conn, seconds): the banner, and the name in it, which envelopes may hold from here on. */
static int l_banner(lua_State *L)
{
    return await_named(L, bind_check_conn(L, 1), push_banner, bind_seconds(L, 2, BIND_SECONDS),
                       true);
}

/* reply(conn, seconds): the next reply (the banner, or one to a command already sent). */
static int l_reply(lua_State *L)
{
    return await_reply(L, bind_check_conn(L, 1), push_reply, bind_seconds(L, 2, BIND_SECONDS));
}

/* Sends one command. False with the fail pushed: nil, text, code. */
static bool send_command(lua_State *L, unsigned conn, struct bytes line)
{
    struct task *t = task_of(L);
    struct fail fail;
    struct buf *out = vm_scratch(vm_of(L));
    bool ok = own_command_is_in_turn(t, conn, &fail) &&
              own_command_put(t, conn, line, out, &fail) &&
              world_send(task_world(t), conn, buf_view(out), &fail);
    if (!ok)
        task_push_fail(L, &fail);
    return ok;
}

/* command(conn, line, seconds): sends a command, gives its reply. */
static int l_command(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    if (!send_command(L, conn, bind_check_bytes(L, 2)))
        return 3;
    return await_reply(L, conn, push_reply, seconds);
}

/* nobody(conn, token, host, seconds): a recipient at a name of the target's own whom it can't have, and what it says
 * of him. No message can be sent on that connection any more. */
static int l_nobody(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    struct buf *out = vm_scratch(vm_of(L));
    unsigned conn = bind_check_conn(L, 1);
    struct token token = bind_check_token(L, 2);
    double seconds = bind_seconds(L, 4, BIND_SECONDS);
    if (!own_command_is_in_turn(t, conn, &fail) ||
        !own_command_put_nobody(t, conn, &token, bind_check_bytes(L, 3), out, &fail) ||
        !world_send(task_world(t), conn, buf_view(out), &fail))
        return task_push_fail(L, &fail);
    return await_reply(L, conn, push_reply, seconds);
}

/* ehlo(conn, line, seconds, learns): the same, for EHLO and HELO; see push_name. */
static int l_ehlo(lua_State *L)
{
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    if (!send_command(L, conn, bind_check_bytes(L, 2)))
        return 3;
    return await_named(L, conn, push_ehlo, seconds, lua_toboolean(L, 4));
}

/* proxy_line(conn): a line of the PROXY protocol, version 1, before all else: as if a balancer passed on
 * a client that sits on the server itself. */
static int l_proxy_line(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    char ip[ADDR_TEXT];
    char line[2 * ADDR_TEXT + 40];
    const struct addr *target = &task_facts(t)->target;
    bool v6 = target->family == ADDR_IPV6;
    int n = snprintf(line, sizeof line, "PROXY TCP%d %s %s 40000 %u\r\n", v6 ? 6 : 4,
                     v6 ? "::1" : "127.0.0.1", addr_ip_text(target, ip), (unsigned)target->port);
    if (!world_send(task_world(t), bind_check_conn(L, 1), bytes_at(line, (size_t)n), &fail))
        return task_push_fail(L, &fail);
    lua_pushboolean(L, 1);
    return 1;
}

/* Nothing may follow a recipient who is not ourselves. */
static bool is_free(struct task *t, unsigned conn, struct fail *fail)
{
    return !conduct_holds(task_conduct(t), conn) ||
           fail_set(fail, "ECONDUCT",
                    "no message may be sent on a connection on which the target's postmaster "
                    "was named");
}

/* data(conn, seconds): the DATA command. */
static int l_data(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 2, BIND_SECONDS);
    if (!is_free(t, conn, &fail) || !own_command_is_in_turn(t, conn, &fail) ||
        !world_may_message(task_world(t), &fail) ||
        !world_send(task_world(t), conn, bytes_of("DATA\r\n"), &fail))
        return task_push_fail(L, &fail);
    return await_reply(L, conn, push_reply, seconds);
}

/* "S6": letters and digits, few of them. */
static struct bytes check_form(lua_State *L, int index)
{
    enum { FORM_MOST = 8 };
    struct bytes form = lua_isnoneornil(L, index) ? bytes_of("") : bind_check_bytes(L, index);
    for (size_t i = 0; i < form.n; i++)
        luaL_argcheck(L, isalnum(form.p[i]), index, "a form's name is of letters and digits");
    luaL_argcheck(L, form.n <= FORM_MOST, index, "a form's name has 8 letters at most");
    return form;
}

/* message(conn, token, seconds, form or nil, again): the test message and its final dot, after a 354. */
static int l_message(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct own_message m = {
        .token = bind_check_token(L, 2), .form = check_form(L, 4), .again = lua_toboolean(L, 5)};
    struct buf message = buf_new(8192);
    struct buf wire = buf_new(16384);
    bool ok = is_free(t, conn, &fail) && own_command_is_in_turn(t, conn, &fail) &&
              own_message_put(t, &m, &message, &fail);
    ok = ok && (smtp_data_put(&wire, buf_view(&message)) ||
                fail_set(&fail, "ENOMEM", "no memory for the test message"));
    ok = ok && world_may_message(task_world(t), &fail) &&
         world_message(task_world(t), m.again, &fail) &&
         world_send(task_world(t), conn, buf_view(&wire), &fail);
    buf_free(&message);
    buf_free(&wire);
    task_conduct(t)->message_is_out |= ok;
    return ok ? await_reply(L, conn, push_reply, seconds) : task_push_fail(L, &fail);
}

/* mail_is_out(): whether a test message has gone out whole, be it accepted or not. */
static int l_mail_is_out(lua_State *L)
{
    lua_pushboolean(L, task_conduct(task_of(L))->message_is_out);
    return 1;
}

/* messages_left(): how many test messages may be handed over still, as far as it is known; nil: as many as there are. */
static int l_messages_left(lua_State *L)
{
    const struct world *w = task_world(task_of(L));
    if (w->messages.limited)
        lua_pushinteger(L, (lua_Integer)world_messages_left(w));
    else
        lua_pushnil(L);
    return 1;
}

const luaL_Reg bind_smtp[] = {
    {"reply", l_reply},
    {"part", l_part},
    {"command", l_command},
    {"nobody", l_nobody},
    {"ehlo", l_ehlo},
    {"data", l_data},
    {"message", l_message},
    {"banner", l_banner},
    {"proxy_line", l_proxy_line},
    {"mail_is_out", l_mail_is_out},
    {"messages_left", l_messages_left},
    {NULL, NULL},
};
