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
    bool asks; /* see is_over */
    double seconds;
    unsigned count, answered;
    struct buf said; /* the replies' texts, one behind the other */
    bool broken;
    struct fail fail;
    struct bytes commands; /* behind the array */
    struct exchange each[];
};

static void free_exchanges(void *what)
{
    struct exchanges *x = what;
    buf_free(&x->said);
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
static bool take_reply(struct task *t, struct await *a, struct exchanges *x)
{
    struct exchange *e = &x->each[x->answered++];
    bool kept = buf_put(&x->said, a->got.smtp.said) || a->got.smtp.said.n == 0;
    e->code = a->got.smtp.code;
    e->line = world_line(task_world(t));
    e->said_end = x->said.n;
    buf_drop(world_input(task_world(t), a->conn), a->used);
    a->used = 0;
    return kept || fail_set(&x->fail, "EPROTO",
                            "the server's replies are longer than %d bytes together", SAID_LIMIT);
}

/* Asking ends where the answers would be about something else: at a sender that is refused, and at a recipient that is
 * accepted. */
static bool is_over(const struct exchanges *x)
{
    if (x->answered == x->count)
        return true;
    if (!x->asks || x->at_once || x->answered == 0)
        return false;
    struct bytes last = command(x, x->answered - 1);
    bool well = x->each[x->answered - 1].code / 100 == 2;
    return well ? bytes_starts_nocase(last, "RCPT") : bytes_starts_nocase(last, "MAIL");
}

/* Sends the command whose turn it is. */
static bool send_next(struct task *t, struct await *a, struct exchanges *x)
{
    a->deadline = world_deadline(task_world(t), (span)(x->seconds * (double)SPAN_SECOND));
    return x->at_once || (own_command_is_in_turn(t, a->conn, &x->fail) &&
                          world_send(task_world(t), a->conn, command(x, x->answered), &x->fail));
}

/* Until all is answered, or the connection is lost: what was answered before is worth having then too. */
static enum world_state exchanges_step(struct task *t, struct await *a, struct fail *fail)
{
    struct exchanges *x = exchanges_of(t);
    (void)fail;
    while (!x->broken && !is_over(x)) {
        enum world_state state = bind_receive(t, a, parse_reply, &x->fail);
        if (state == WORLD_PENDING)
            return state;
        x->broken =
            state == WORLD_FAILED || !take_reply(t, a, x) || (!is_over(x) && !send_next(t, a, x));
    }
    return WORLD_READY;
}

/* Codes, lines of the tape and ends of the texts, three numbers a reply; the texts; and what it was broken off by:
 * text and code. */
static int push_exchanges(lua_State *L, struct task *t, const struct await *a)
{
    struct exchanges *x = exchanges_of(t);
    (void)a;
    lua_createtable(L, (int)(3 * x->answered), 0);
    for (int i = 0; i < (int)x->answered; i++) {
        lua_pushinteger(L, (lua_Integer)x->each[i].code);
        lua_rawseti(L, -2, 3 * i + 1);
        lua_pushinteger(L, (lua_Integer)x->each[i].line);
        lua_rawseti(L, -2, 3 * i + 2);
        lua_pushinteger(L, (lua_Integer)x->each[i].said_end);
        lua_rawseti(L, -2, 3 * i + 3);
    }
    bind_push_bytes(L, buf_view(&x->said));
    if (x->broken) {
        lua_pushstring(L, x->fail.text);
        lua_pushstring(L, x->fail.code);
    }
    int n = x->broken ? 4 : 2;
    task_keep(t, NULL, NULL);
    return n;
}

/* Appends the commands of the list at `index` to `out`, their ends to `ends`. */
static bool put_commands(lua_State *L, unsigned conn, int index, struct buf *out, size_t *ends,
                         struct fail *fail)
{
    struct task *t = task_of(L);
    int n = (int)lua_objlen(L, index);
    bool ok = (n > 0 && n <= EXCHANGES_MOST) ||
              fail_set(fail, "EARGUMENT", "from one to %d commands at once", EXCHANGES_MOST);
    for (int i = 0; ok && i < n; i++) {
        size_t size = 0;
        lua_rawgeti(L, index, i + 1);
        const char *line = lua_tolstring(L, -1, &size);
        ok = line ? own_command_put(t, conn, bytes_at(line, size), out, fail)
                  : fail_set(fail, "EARGUMENT", "a list of command lines expected");
        lua_pop(L, 1);
        ends[i] = out->n;
    }
    return ok;
}

static struct exchanges *exchanges_new(struct bytes commands, unsigned count, const size_t *ends)
{
    struct exchanges *x = calloc(1, sizeof *x + count * sizeof x->each[0] + commands.n);
    if (!x)
        return NULL;
    unsigned char *copy = (unsigned char *)&x->each[count];
    memcpy(copy, commands.p, commands.n);
    x->commands = bytes_at(copy, commands.n);
    x->count = count;
    for (unsigned i = 0; i < count; i++)
        x->each[i].end = ends[i];
    x->said = buf_new(SAID_LIMIT);
    buf_reserve(&x->said, SAID_AT_FIRST);
    return x;
}

/* exchanges(conn, lines, seconds, at_once, asks): each command and its reply, one after the other or all commands in one
 * go; see push_exchanges and is_over. */
static int l_exchanges(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    size_t ends[EXCHANGES_MOST];
    unsigned conn = bind_check_conn(L, 1);
    double seconds = bind_seconds(L, 3, BIND_SECONDS);
    struct buf *out = vm_scratch(vm_of(L));
    luaL_checktype(L, 2, LUA_TTABLE);
    if (!own_command_is_in_turn(t, conn, &fail) || !put_commands(L, conn, 2, out, ends, &fail))
        return task_push_fail(L, &fail);
    struct exchanges *x = exchanges_new(buf_view(out), (unsigned)lua_objlen(L, 2), ends);
    if (!x)
        return luaL_error(L, "out of memory for a dialogue");
    task_keep(t, x, free_exchanges);
    x->at_once = lua_toboolean(L, 4);
    x->asks = lua_toboolean(L, 5);
    x->seconds = seconds;
    struct bytes first = x->at_once ? x->commands : command(x, 0);
    if (!world_send(task_world(t), conn, first, &fail))
        return task_push_fail(L, &fail);
    struct await *a = task_await_begin(t, exchanges_step, push_exchanges, seconds);
    a->conn = conn;
    return task_await(L, t);
}

const luaL_Reg bind_exchanges[] = {
    {"exchanges", l_exchanges},
    {NULL, NULL},
};
