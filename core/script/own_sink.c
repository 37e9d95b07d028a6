#include "script/own_sink.h"

#include <lauxlib.h>
#include <string.h>

enum own_sink own_sink_check(lua_State *L, int index)
{
    static const char *const names[] = {"address", "name", "ipv6", "closed", NULL};
    return (enum own_sink)luaL_checkoption(L, index, "address", names);
}

/* Only where sink and target stand on this machine: elsewhere "localhost" is the target itself. */
static bool is_localhost(const struct task_facts *facts)
{
    return addr_is_loopback(&facts->run->sink) && addr_is_loopback(&facts->target);
}

static struct addr mapped(struct addr a)
{
    struct addr out = {.family = ADDR_IPV6, .port = a.port};
    if (a.family != ADDR_IPV4)
        return a;
    out.ip[10] = out.ip[11] = 0xff;
    memcpy(out.ip + 12, a.ip, 4);
    return out;
}

bool own_sink_destination(struct task *t, enum own_sink which, struct socks_destination *out,
                          struct fail *fail)
{
    const struct task_facts *facts = task_facts(t);
    *out = (struct socks_destination){.addr = facts->run->sink, .port = facts->run->sink.port};
    if (which == OWN_SINK_NAME && !is_localhost(facts))
        return fail_set(fail, "ENAME", "no name is known that leads to our sink");
    if (which == OWN_SINK_NAME)
        out->name = bytes_of("localhost");
    if (which == OWN_SINK_IPV6)
        out->addr = mapped(facts->run->sink);
    if (which == OWN_SINK_CLOSED)
        out->port = out->addr.port = OWN_SINK_CLOSED_PORT;
    return true;
}

bool own_sink_text(struct task *t, enum own_sink which, char out[OWN_SINK_TEXT], struct fail *fail)
{
    struct socks_destination to;
    char addr[ADDR_TEXT];
    if (!own_sink_destination(t, which, &to, fail))
        return false;
    if (to.name.n > 0)
        snprintf(out, OWN_SINK_TEXT, "%.*s:%u", (int)to.name.n, (const char *)to.name.p, to.port);
    else
        snprintf(out, OWN_SINK_TEXT, "%s", addr_text(&to.addr, addr));
    return true;
}
