/* The probe's own words: remarks on the tape, steps of the verdict, and what it was given. */
#include "script/bind.h"

#include "script/traceback.h"

static int l_note(lua_State *L)
{
    struct fail fail;
    struct bytes text = bytes_slice(bind_check_bytes(L, 1), 0, 500);
    if (!world_note(task_world(task_of(L)), text, &fail))
        return luaL_error(L, "%s", fail.text);
    return 0;
}

static struct bytes check_name(lua_State *L, int index)
{
    struct bytes name = bind_check_bytes(L, index);
    luaL_argcheck(L, step_name_is(name), index, "a name of letters, digits and hyphens expected");
    return name;
}

/* step(text, line or nil, form or nil, cause): a step towards the verdict; without a line, the tape's last one;
 * with a form and a cause, what was found. */
static int l_step(lua_State *L)
{
    struct task *t = task_of(L);
    struct step_finding finding = {0};
    lua_Integer line = luaL_optinteger(L, 2, 0);
    luaL_argcheck(L, line >= 0 && line <= 1000000, 2, "a line of the tape expected");
    if (!lua_isnoneornil(L, 3))
        finding = (struct step_finding){check_name(L, 3), check_name(L, 4)};
    task_step(t, (unsigned)line, bind_check_bytes(L, 1), finding);
    return 0;
}

/* here(): the tape's last line. */
static int l_here(lua_State *L)
{
    lua_pushnumber(L, world_line(task_world(task_of(L))));
    return 1;
}

static void push_datagram_ports(lua_State *L, const struct run_facts *run)
{
    int n = 0;
    lua_newtable(L);
    for (unsigned i = 0; i == 0 || i < run->ways.port_count; i++) {
        uint16_t port = run->ways.port_count > 0 ? run->ways.ports[i] : run->sink.port;
        if (!ways_hears(&run->ways, port))
            continue;
        lua_pushinteger(L, port);
        lua_rawseti(L, -2, ++n);
    }
}

/* fact(name): what the run says of our "mail_domain", "sender_domain", "helo", "sink", its "sink_ports", those of them on which it hears
 * datagrams ("datagram_ports"), "sink_name" (nil: there is none), or "wait" in seconds. */
static int l_fact(lua_State *L)
{
    enum { MAIL_DOMAIN, SENDER_DOMAIN, HELO, SINK, SINK_PORTS, DATAGRAM_PORTS, SINK_NAME, WAIT };
    static const char *const names[] = {"mail_domain", "sender_domain", "helo",
                                        "sink",        "sink_ports",    "datagram_ports",
                                        "sink_name",   "wait",          NULL};
    const struct run_facts *run = task_facts(task_of(L))->run;
    char sink[ADDR_TEXT];
    switch (luaL_checkoption(L, 1, NULL, names)) {
    case MAIL_DOMAIN:
        bind_push_bytes(L, run->mail_domain);
        break;
    case SENDER_DOMAIN:
        bind_push_bytes(L, run_sender_domain(run));
        break;
    case HELO:
        bind_push_bytes(L, run->helo);
        break;
    case SINK:
        lua_pushstring(L, addr_text(&run->sink, sink));
        break;
    case SINK_PORTS:
        bind_push_ports(L, run);
        break;
    case DATAGRAM_PORTS:
        push_datagram_ports(L, run);
        break;
    case SINK_NAME:
        if (run->ways.name.n == 0)
            lua_pushnil(L);
        else
            bind_push_bytes(L, run->ways.name);
        break;
    default:
        lua_pushnumber(L, (double)run->wait / (double)SPAN_SECOND);
    }
    return 1;
}

/* time_is_up(): whether a wait was cut short because the probe's own time was up. */
static int l_time_is_up(lua_State *L)
{
    lua_pushboolean(L, task_time_is_up(task_of(L)));
    return 1;
}

/* traceback(text): the text and the calls that led to it; for the handler of xpcall. */
static int l_traceback(lua_State *L)
{
    traceback_push(L, L, luaL_checkstring(L, 1), 2);
    return 1;
}

const luaL_Reg bind_note[] = {
    {"note", l_note},
    {"step", l_step},
    {"here", l_here},
    {"fact", l_fact},
    {"time_is_up", l_time_is_up},
    {"traceback", l_traceback},
    {NULL, NULL},
};
