/* SMTP: several commands and their replies in one wait. Most of a relay test is envelopes that are refused one
 * after the other; a script that were woken for each reply would spend more on that than on all else. */
#include "script/bind.h"

#include "script/own_command.h"

#include <stdlib.h>
#include <string.h>

enum { EXCHANGES_MOST = 100, SAID_LIMIT = 256 * 1024, SAID_AT_FIRST = 1024 };

struct exchange {
    size_t end;      /* of the command, in what is sent */
    size_t said_end; /* of the reply's text, in what was said */
    unsigned line;   /* of the tape */
    unsigned code;
};

/* Kept by the task while it waits. */
struct exchanges {
    bool at_once;
    bool asks;        /* see is_over */
    unsigned unasked; /* replies at the beginning that nobody wants to know: to RSET */
    double seconds;
    unsigned count, answered;
    struct buf said;       /* the replies' texts, one behind the other */
    struct fail *broken;   /* what it was broken off by; NULL: it was not */
    struct bytes commands; /* behind the array */
    struct exchange each[];
};

static void free_exchanges(void *what)
{
    struct exchanges *x = what;
    buf_free(&x->said);
    free(x->broken);
    free(x);
}

static struct exchanges *exchanges_of(const struct task *t)
{
    return task_kept(t, free_exchanges);
}

/* The command as it is sent. */
static struct bytes command(const struct exchanges *x, unsigned index)
{
    return bytes_slice(x->commands, index > 0 ? x->each[index - 1].end : 0, x->each[index].end);
}

static enum parse parse_reply(struct task *t, struct await *a, struct bytes in, bool ended,
                              const char **why)
{
    (void)t;
    (void)ended;
    return smtp_reply_parse(in, &a->got.smtp, &a->used, why);
}

/* One reply is whole: it is noted, and leaves the input. */
static bool take_reply(struct task *t, struct await *a, struct exchanges *x, struct fail *fail)
{
    struct exchange *e = &x->each[x->answered++];
    bool kept = x->answered <= x->unasked || buf_put(&x->said, a->got.smtp.said);
    e->code = a->got.smtp.code;
    e->line = world_line(task_world(t));
    e->said_end = x->said.n;
    buf_drop(world_input(task_world(t), a->conn), a->used);
    a->used = 0;
    return kept || fail_set(fail, "EPROTO",
                            "the server's replies are longer than %d bytes together", SAID_LIMIT);
}

/* Asking ends where the answers would be about something else: at a sender that is refused, and at a recipient that is
 * accepted. */
static bool is_over(const struct exchanges *x)
{
    if (x->answered == x->count)
        return true;
    if (!x->asks || x->at_once || x->answered <= x->unasked)
        return false;
    unsigned last = x->answered - 1;
    bool well = x->each[last].code / 100 == 2;
    return well ? last > x->unasked : last == x->unasked;
}

/* Sends the command whose turn it is. */
static bool send_next(struct task *t, struct await *a, struct exchanges *x, struct fail *fail)
{
    a->deadline = world_deadline(task_world(t), (span)(x->seconds * (double)SPAN_SECOND));
    return x->at_once || (own_command_is_in_turn(t, a->conn, fail) &&
                          world_send(task_world(t), a->conn, command(x, x->answered), fail));
}

/* Thousands wait, and few are broken off: these alone have room for the reason. */
static enum world_state break_off(struct exchanges *x, const struct fail *fail)
{
    x->broken = malloc(sizeof *x->broken);
    if (!x->broken)
        return WORLD_FAILED;
    *x->broken = *fail;
    return WORLD_READY;
}

/* Until all is answered, or the connection is lost: what was answered before is worth having then too. */
static enum world_state exchanges_step(struct task *t, struct await *a, struct fail *fail)
{
    struct exchanges *x = exchanges_of(t);
    while (!is_over(x)) {
        enum world_state state = bind_receive(t, a, parse_reply, fail);
        if (state == WORLD_PENDING)
            return state;
        if (state == WORLD_FAILED || !take_reply(t, a, x, fail) ||
            (!is_over(x) && !send_next(t, a, x, fail)))
            return break_off(x, fail);
    }
    return WORLD_READY;
}

/* The first recipient that is accepted, counted from 1; 0: none is. MAIL is the first command that is asked. */
static unsigned accepted(const struct exchanges *x)
{
    for (unsigned i = x->unasked + 1; x->asks && i < x->answered; i++)
        if (x->each[i].code / 100 == 2)
            return i - x->unasked;
    return 0;
}

static void push_numbers(lua_State *L, const struct exchanges *x)
{
    int at = 0;
    lua_createtable(L, (int)(3 * x->answered), 0);
    for (unsigned i = x->unasked; i < x->answered; i++) {
        lua_pushinteger(L, (lua_Integer)x->each[i].code);
        lua_rawseti(L, -2, ++at);
        lua_pushinteger(L, (lua_Integer)x->each[i].line);
        lua_rawseti(L, -2, ++at);
        lua_pushinteger(L, (lua_Integer)x->each[i].said_end);
        lua_rawseti(L, -2, ++at);
    }
}

/* Code, line of the tape and end of the text, three numbers a reply; the texts; the recipient that is accepted, or nil;
 * and what it was broken off by, if it was: text and code. */
static int push_exchanges(lua_State *L, struct task *t, const struct await *a)
{
    struct exchanges *x = exchanges_of(t);
    unsigned well = accepted(x);
    int n = 3;
    (void)a;
    push_numbers(L, x);
    bind_push_bytes(L, buf_view(&x->said));
    lua_pushinteger(L, (lua_Integer)well);
    if (well == 0) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
    if (x->broken) {
        lua_pushstring(L, x->broken->text);
        lua_pushstring(L, x->broken->code);
        n = 5;
    }
    task_keep(t, NULL, NULL);
    return n;
}

/* Commands to be sent, and where each ends. */
struct commands {
    lua_State *L;
    unsigned conn;
    struct buf *out;
    unsigned count;
    size_t ends[EXCHANGES_MOST];
};

/* Counts the command that was put, if it was. */
static bool counted(struct commands *c, bool put)
{
    if (put)
        c->ends[c->count++] = c->out->n;
    return put;
}

/* Each line of the list at `index`: a command, or a path for `verb`. */
static bool put_list(struct commands *c, int index, const char *verb, struct fail *fail)
{
    struct task *t = task_of(c->L);
    int n = (int)lua_objlen(c->L, index);
    bool ok = (n > 0 && n <= EXCHANGES_MOST - 2) ||
              fail_set(fail, "EARGUMENT", "from one to %d commands at once", EXCHANGES_MOST - 2);
    for (int i = 0; ok && i < n; i++) {
        size_t size = 0;
        lua_rawgeti(c->L, index, i + 1);
        const char *text = lua_tolstring(c->L, -1, &size);
        struct bytes line = bytes_at(text, size);
        ok = text ? counted(c, verb ? own_command_put_path(t, c->conn, verb, line, c->out, fail)
                                    : own_command_put(t, c->conn, line, c->out, fail))
                  : fail_set(fail, "EARGUMENT", "a list of lines expected");
        lua_pop(c->L, 1);
    }
    return ok;
}

static struct exchanges *exchanges_new(const struct commands *c)
{
    size_t n = c->out->n;
    struct exchanges *x = calloc(1, sizeof *x + c->count * sizeof x->each[0] + n);
    if (!x)
        return NULL;
    unsigned char *copy = (unsigned char *)&x->each[c->count];
    memcpy(copy, c->out->p, n);
    x->commands = bytes_at(copy, n);
    x->count = c->count;
    for (unsigned i = 0; i < c->count; i++)
        x->each[i].end = c->ends[i];
    x->said = buf_new(SAID_LIMIT);
    buf_reserve(&x->said, SAID_AT_FIRST);
    return x;
}

/* Begins, and waits for all. x is the task's from here on. */
static int exchange(lua_State *L, unsigned conn, struct exchanges *x)
{
    struct task *t = task_of(L);
    struct fail fail;
    if (!x)
        return luaL_error(L, "out of memory for a dialogue");
    task_keep(t, x, free_exchanges);
    struct bytes first = x->at_once ? x->commands : command(x, 0);
    if (!own_command_is_in_turn(t, conn, &fail) || !world_send(task_world(t), conn, first, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, exchanges_step, push_exchanges, x->seconds);
    a->conn = conn;
    return task_await(L, t);
}

/* exchanges(conn, lines, seconds, at_once): each command and its reply, one after the other or all commands in one go; see
 * push_exchanges. */
static int l_exchanges(lua_State *L)
{
    struct fail fail;
    struct commands c = {.L = L, .conn = bind_check_conn(L, 1), .out = vm_scratch(vm_of(L))};
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    luaL_checktype(L, 2, LUA_TTABLE);
    if (!put_list(&c, 2, NULL, &fail))
        return task_push_fail(L, &fail);
    struct exchanges *x = exchanges_new(&c);
    if (x) {
        x->at_once = lua_toboolean(L, 4);
        x->seconds = seconds;
    }
    return exchange(L, c.conn, x);
}

/* ask_envelopes(conn, reverse_path, forward_paths, seconds, at_once, begun): the same for MAIL and an RCPT for each path;
 * see is_over. begun: RSET goes first. */
static int l_ask_envelopes(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    struct commands c = {.L = L, .conn = bind_check_conn(L, 1), .out = vm_scratch(vm_of(L))};
    struct bytes sender = bind_check_bytes(L, 2);
    double seconds = bind_seconds(L, 4, BIND_SECONDS);
    bool begun = lua_toboolean(L, 6);
    luaL_checktype(L, 3, LUA_TTABLE);
    bool ok = !begun || counted(&c, own_command_put(t, c.conn, bytes_of("RSET"), c.out, &fail));
    ok = ok && counted(&c, own_command_put_path(t, c.conn, "MAIL FROM:", sender, c.out, &fail));
    if (!ok || !put_list(&c, 3, "RCPT TO:", &fail))
        return task_push_fail(L, &fail);
    struct exchanges *x = exchanges_new(&c);
    if (x) {
        x->at_once = lua_toboolean(L, 5);
        x->seconds = seconds;
        x->asks = true;
        x->unasked = begun;
    }
    return exchange(L, c.conn, x);
}

const luaL_Reg bind_exchanges[] = {
    {"exchanges", l_exchanges},
    {"ask_envelopes", l_ask_envelopes},
    {NULL, NULL},
};
