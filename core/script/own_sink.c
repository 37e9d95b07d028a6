#include "script/own_sink.h"

#include <lauxlib.h>
#include <string.h>

/* ":PORT" or ":closed". */
static bool read_port(struct bytes text, struct own_sink *out)
{
    unsigned long port = 0;
    if (text.n < 2 || text.p[0] != ':')
        return false;
    text = bytes_slice(text, 1, text.n);
    out->closed = bytes_equal_text(text, "closed");
    if (out->closed)
        return true;
    if (!bytes_number(text, 65535, &port) || port == 0)
        return false;
    out->port = (uint16_t)port;
    return true;
}

struct own_sink own_sink_check(lua_State *L, int index)
{
    static const char *const names[] = {"address", "name", "ipv6"};
    struct own_sink out = {0};
    struct bytes text = bytes_of(luaL_optstring(L, index, "address"));
    if (bytes_equal_text(text, "closed"))
        text = bytes_of("address:closed");
    size_t colon = bytes_index(text, ':', 0);
    struct bytes kind = bytes_slice(text, 0, colon == BYTES_NOT_FOUND ? text.n : colon);
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        out.kind = (enum own_sink_kind)i;
        if (bytes_equal_text(kind, names[i]) &&
            (kind.n == text.n || read_port(bytes_slice(text, kind.n, text.n), &out)))
            return out;
    }
    luaL_argerror(L, index,
                  "\"address\", \"name\" or \"ipv6\" expected, with \":PORT\" or \":closed\"");
    return out;
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

static bool listens_on(const struct task_facts *facts, uint16_t port)
{
    for (unsigned i = 0; i < facts->run->ways.port_count; i++)
        if (facts->run->ways.ports[i] == port)
            return true;
    return port == facts->run->sink.port;
}

static bool set_name(const struct task_facts *facts, struct socks_destination *out,
                     struct fail *fail)
{
    out->name = facts->run->ways.name;
    if (out->name.n == 0 && is_localhost(facts))
        out->name = bytes_of("localhost");
    return out->name.n > 0 || fail_set(fail, "ENAME", "no name is known that leads to our sink");
}

bool own_sink_destination(struct task *t, struct own_sink where, struct socks_destination *out,
                          struct fail *fail)
{
    const struct task_facts *facts = task_facts(t);
    uint16_t port = where.port ? where.port : facts->run->sink.port;
    *out = (struct socks_destination){.addr = facts->run->sink};
    if (where.closed)
        port = ways_closed(&facts->run->ways);
    else if (!listens_on(facts, port))
        return fail_set(fail, "ECONDUCT",
                        "a proxy test leads to our own sink alone, and that does "
                        "not listen on port %u",
                        port);
    if (where.kind == OWN_SINK_IPV6)
        out->addr = mapped(facts->run->sink);
    out->port = out->addr.port = port;
    return where.kind != OWN_SINK_NAME || set_name(facts, out, fail);
}

bool own_sink_text(struct task *t, struct own_sink where, char out[OWN_SINK_TEXT],
                   struct fail *fail)
{
    struct socks_destination to;
    char addr[ADDR_TEXT];
    if (!own_sink_destination(t, where, &to, fail))
        return false;
    if (to.name.n > 0)
        snprintf(out, OWN_SINK_TEXT, "%.*s:%u", (int)to.name.n, (const char *)to.name.p, to.port);
    else
        snprintf(out, OWN_SINK_TEXT, "%s", addr_text(&to.addr, addr));
    return true;
}
