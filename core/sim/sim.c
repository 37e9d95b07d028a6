#include "sim/sim.h"

#include "net/dial.h"
#include "sim/identities.h"
#include "world/live.h"

#include <stdlib.h>
#include <unistd.h>

struct server {
    struct sim *sim;
    size_t index; /* among the scenarios */
    struct addr at;
    struct listener *listener;
};

/* One accepted connection. */
struct client {
    struct server *server;
    struct live *live;
    struct serving *serving;
    struct addr from; /* of the next connection that it opens; family ADDR_NONE: the server's own */
    struct client *next; /* in the list of those alive, or ended */
    struct client **link;
};

struct sim {
    struct loop *loop;
    struct scenarios *scenarios;
    struct sim_options options;
    struct live_services services;
    struct run_facts run_facts;
    struct task_facts facts;
    struct server *servers;
    struct identities *identities;
    struct client *alive;
    struct client *ended;
    struct timer *reaper;
    unsigned clients;
};

/* The simulators' dialer: loopback only, and from the server's own address. */
static void on_dial(void *arg, struct live *live, unsigned conn, const struct addr *to,
                    enum world_way way)
{
    const struct client *c = live_world(live)->owner;
    const struct addr *own = c->from.family == ADDR_NONE ? &c->server->at : &c->from;
    const struct addr *from = to->family == own->family ? own : NULL;
    struct fail fail;
    int fd = -1;
    (void)arg;
    if (way != WORLD_VISIT && addr_is_loopback(to))
        fd = way == WORLD_UDP ? dial_datagrams(from, to, &fail) : dial_start_from(from, to, &fail);
    else
        fail_set(&fail, "ESCOPE", "a simulated server reaches nothing but loopback");
    live_dialled(live, conn, fd, &fail);
}

static bool secure(void *owner, unsigned conn, struct bytes certificate, bool h2, struct fail *fail)
{
    const struct client *c = owner;
    struct stream *stream = live_stream(c->live, conn);
    struct stream_tls *tls = identities_find(c->server->sim->identities, certificate, h2, fail);
    if (!tls)
        return false;
    return stream ? stream_secure(stream, tls, bytes_at(NULL, 0), fail)
                  : fail_set(fail, "EBADF", "this connection is closed");
}

static void shut(void *owner, unsigned conn)
{
    struct stream *stream = live_stream(((struct client *)owner)->live, conn);
    if (stream)
        stream_finish(stream);
}

static void reset(void *owner, unsigned conn)
{
    struct stream *stream = live_stream(((struct client *)owner)->live, conn);
    if (stream)
        stream_reset(stream);
}

static void set_from(void *owner, const struct addr *from)
{
    ((struct client *)owner)->from = from ? *from : (struct addr){0};
}

static enum world_state unsent(void *owner, unsigned conn)
{
    struct stream *stream = live_stream(((struct client *)owner)->live, conn);
    struct fail ignored;
    if (!stream)
        return WORLD_FAILED;
    stream_deadline(stream, 0);
    switch (stream_flushed(stream, &ignored)) {
    case STREAM_OK:
        return WORLD_READY;
    case STREAM_AGAIN:
        return WORLD_PENDING;
    default:
        return WORLD_FAILED;
    }
}

const struct sim_hooks *sim_hooks(void)
{
    static const struct sim_hooks hooks = {
        .secure = secure, .shutdown = shut, .reset = reset, .from = set_from, .unsent = unsent};
    return &hooks;
}

static void client_free(struct client *c)
{
    serving_free(c->serving);
    live_free(c->live);
    free(c);
}

static void reap(void *arg)
{
    struct sim *sim = arg;
    while (sim->ended) {
        struct client *c = sim->ended;
        sim->ended = c->next;
        client_free(c);
    }
}

static void on_served(void *arg, const char *error)
{
    struct client *c = arg;
    struct sim *sim = c->server->sim;
    if (error)
        sim->options.on_error(sim->options.arg, scenarios_at(sim->scenarios, c->server->index)->id,
                              error);
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    c->next = sim->ended;
    sim->ended = c;
    sim->clients--;
    timer_start(sim->reaper, 0);
}

static void on_wake(void *arg)
{
    serving_wake(((struct client *)arg)->serving);
}

/* Builds what serves the socket; false when there is no room for it (fd is closed then). */
static bool client_build(struct client *c, int fd)
{
    struct sim *sim = c->server->sim;
    struct live_options options = {.limit = 600 * SPAN_SECOND};
    struct fail fail;
    c->live = live_new(&sim->services, &options, on_wake, c, &fail);
    if (!c->live) {
        close(fd);
        return false;
    }
    unsigned conn = live_adopt(c->live, fd);
    c->serving = conn ? serving_new(sim->scenarios, c->server->index, live_world(c->live),
                                    &sim->facts, conn, on_served, c, &fail)
                      : NULL;
    return c->serving != NULL;
}

static void on_accept(void *arg, int fd, const struct addr *peer)
{
    struct server *server = arg;
    struct sim *sim = server->sim;
    struct client *c =
        sim->clients < SIM_CONNECTIONS && addr_is_loopback(peer) ? calloc(1, sizeof *c) : NULL;
    if (!c) {
        close(fd);
        return;
    }
    c->server = server;
    if (!client_build(c, fd)) {
        client_free(c);
        return;
    }
    sim->clients++;
    c->next = sim->alive;
    c->link = &sim->alive;
    if (c->next)
        c->next->link = &c->next;
    sim->alive = c;
    serving_start(c->serving);
}

/* ::1 is one address for all: they have ports instead. */
static struct addr ipv6_address(const struct scenarios *scenarios, size_t index, unsigned net)
{
    struct addr at = {.family = ADDR_IPV6, .port = (uint16_t)(8000 + net * 90)};
    at.ip[15] = 1;
    for (size_t i = 0; i < index; i++)
        at.port += scenarios_at(scenarios, i)->ipv6;
    return at;
}

struct addr sim_address_of(const struct scenarios *scenarios, size_t index, unsigned net)
{
    unsigned n = (unsigned)index + 1;
    struct addr at = {.family = ADDR_IPV4, .port = scenarios_at(scenarios, index)->port};
    if (scenarios_at(scenarios, index)->ipv6)
        return ipv6_address(scenarios, index, net ? net : SIM_NET);
    at.ip[0] = 127;
    at.ip[1] = (unsigned char)(n / 250);
    at.ip[2] = (unsigned char)(net ? net : SIM_NET);
    at.ip[3] = (unsigned char)(n % 250 + 1);
    return at;
}

static bool server_open(struct server *server, struct fail *fail)
{
    struct sim *sim = server->sim;
    server->at = sim_address_of(sim->scenarios, server->index, sim->options.net);
    int fd = listen_open(&server->at, fail);
    if (fd < 0 && server->at.family == ADDR_IPV6 &&
        !bytes_equal_text(bytes_of(fail->code), "EADDRINUSE"))
        return true; /* a machine without IPv6 */
    if (fd >= 0)
        server->listener = listener_new(sim->loop, fd, on_accept, server);
    return server->listener ||
           (fd >= 0 ? fail_set(fail, "ENOMEM", "out of memory for a listener")
                    : fail_prefix(fail, "%s can't listen",
                                  scenarios_at(sim->scenarios, server->index)->id));
}

struct sim *sim_new(struct loop *loop, struct scenarios *scenarios,
                    const struct sim_options *options, struct fail *fail)
{
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim) {
        fail_set(fail, "ENOMEM", "out of memory for the simulators");
        return NULL;
    }
    *sim = (struct sim){.loop = loop, .scenarios = scenarios, .options = *options};
    sim->services = (struct live_services){.loop = loop, .dial = on_dial};
    sim->run_facts = (struct run_facts){.sink = options->sink};
    sim->facts = (struct task_facts){.run = &sim->run_facts};
    sim->servers = calloc(options->chosen_count + 1, sizeof *sim->servers);
    sim->identities = identities_new();
    sim->reaper = timer_new(loop, reap, sim);
    bool ok = (sim->servers && sim->reaper && sim->identities) ||
              fail_set(fail, "ENOMEM", "out of memory");
    for (size_t i = 0; ok && i < options->chosen_count; i++) {
        sim->servers[i] = (struct server){.sim = sim, .index = options->chosen[i]};
        ok = server_open(&sim->servers[i], fail);
    }
    if (ok)
        return sim;
    sim_free(sim);
    return NULL;
}

void sim_free(struct sim *sim)
{
    if (!sim)
        return;
    for (size_t i = 0; sim->servers && i < sim->options.chosen_count; i++)
        listener_free(sim->servers[i].listener);
    reap(sim);
    while (sim->alive) {
        struct client *c = sim->alive;
        sim->alive = c->next;
        client_free(c);
    }
    timer_free(sim->reaper);
    identities_free(sim->identities);
    free(sim->servers);
    free(sim);
}

struct addr sim_address(const struct sim *sim, size_t i)
{
    return sim->servers[i].at;
}
