#include "cli/sink_place.h"

#include "cli/sink_name.h"
#include "net/dial.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One more port; false when it is none, or not the first of its kind. */
static bool add_port(struct ways *w, struct bytes text)
{
    unsigned long port = 0;
    if (!bytes_number(text, 65535, &port) || port == 0 || w->port_count == WAYS_PORTS)
        return false;
    for (unsigned i = 0; i < w->port_count; i++)
        if (w->ports[i] == port)
            return false;
    w->ports[w->port_count++] = (uint16_t)port;
    return true;
}

bool sink_place_parse(const char *text, struct addr *at, struct ways *ways)
{
    struct bytes rest = bytes_of(text);
    size_t comma = bytes_index(rest, ',', 0);
    *ways = (struct ways){.port_count = 1};
    if (!addr_parse(bytes_slice(rest, 0, comma), at) || at->port == 0)
        return false;
    ways->ports[0] = at->port;
    while (comma != BYTES_NOT_FOUND) {
        size_t from = comma + 1;
        comma = bytes_index(rest, ',', from);
        if (!add_port(ways, bytes_slice(rest, from, comma)))
            return false;
    }
    return true;
}

struct sink_place sink_place_none(void)
{
    struct sink_place p = {.closed_fd = -1};
    for (unsigned i = 0; i < WAYS_PORTS; i++)
        p.fds[i] = -1;
    return p;
}

static void say_missing(const struct fail *why, uint16_t port, const struct sink_talk *talk)
{
    char line[500];
    snprintf(line, sizeof line, "the sink goes on without port %u: %s%s", port, why->text,
             port == 25 ? "; whether proxies lead to port 25 is not tested" : "");
    talk->say(talk->arg, line);
}

static bool refuse(const struct fail *why, struct fail *fail)
{
    bool is_low = why->code && strcmp(why->code, "EACCES") == 0;
    return fail_set(fail, why->code, "the sink can't listen: %s%s", why->text,
                    is_low ? "; a port below 1024 takes root, or the capability "
                             "cap_net_bind_service (man setcap)"
                           : "");
}

/* The ports that can be had, and the first reason why one can't. */
static bool open_ports(struct sink_place *p, const struct sink_talk *talk, struct fail *fail)
{
    struct ways wanted = p->ways;
    struct fail first = {0};
    p->ways.port_count = 0;
    for (unsigned i = 0; i < wanted.port_count; i++) {
        struct addr at = p->at;
        struct fail why;
        at.port = wanted.ports[i];
        int fd = listen_open(&at, &why);
        if (fd >= 0) {
            p->fds[p->ways.port_count] = fd;
            p->ways.ports[p->ways.port_count++] = at.port;
            continue;
        }
        if (wanted.port_count > 1)
            say_missing(&why, at.port, talk);
        first = first.code ? first : why;
    }
    p->at.port = p->ways.ports[0];
    return p->ways.port_count > 0 || refuse(&first, fail);
}

static bool hold_closed(struct sink_place *p, struct fail *fail)
{
    struct addr at = p->at;
    at.port = 0;
    p->closed_fd = listen_closed(&at, fail);
    p->ways.closed = at.port;
    return p->closed_fd >= 0 || fail_prefix(fail, "the sink has no port for controls");
}

bool sink_place_open(struct sink_place *p, const char *text, const char *name,
                     const struct resolvers *resolvers, const struct sink_talk *talk,
                     struct fail *fail)
{
    struct addr control = p->ways.control;
    if (text) {
        sink_place_parse(text, &p->at, &p->ways);
        p->ways.control = control;
    } else {
        addr_parse(bytes_of("127.0.0.1"), &p->at);
        p->ways.port_count = 1;
    }
    if (name && !sink_name_check(name, &p->at, resolvers, fail))
        return false;
    p->ways.name = bytes_of(name ? name : "");
    return open_ports(p, talk, fail) && hold_closed(p, fail);
}

void sink_place_close(struct sink_place *p)
{
    for (unsigned i = 0; i < WAYS_PORTS; i++)
        if (p->fds[i] >= 0)
            close(p->fds[i]);
    if (p->closed_fd >= 0)
        close(p->closed_fd);
}
