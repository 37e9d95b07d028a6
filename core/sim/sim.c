#include "sim/sim.h"

#include "net/dial.h"
#include "sim/client.h"

#include <stdlib.h>
#include <unistd.h>

struct server {
    struct sim *sim;
    size_t index; /* among the scenarios */
    struct addr at;
    struct listener *listener;
    struct datagrams *datagrams; /* NULL: it has no ear for UDP */
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

const struct sim_hooks *sim_hooks(void)
{
    return client_hooks();
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

/* NULL when there is no room for another. */
static struct client *client_new(struct server *server, const struct addr *peer)
{
    struct sim *sim = server->sim;
    bool room = sim->clients < SIM_CONNECTIONS && addr_is_loopback(peer);
    struct client *c = room ? calloc(1, sizeof *c) : NULL;
    if (!c)
        return NULL;
    *c = (struct client){.server = server,
                         .at = server->at,
                         .loop = sim->loop,
                         .sockets = sim->options.sockets,
                         .identities = sim->identities};
    if (client_open(c, &sim->services))
        return c;
    client_free(c);
    return NULL;
}

/* Connection `conn` of its world is served; 0: what comes to its first port. */
static void client_serve(struct client *c, unsigned conn)
{
    struct sim *sim = c->server->sim;
    struct fail fail;
    c->serving = serving_new(sim->scenarios, c->server->index, live_world(c->live), &sim->facts,
                             conn, on_served, c, &fail);
    if (!c->serving) {
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

static void on_accept(void *arg, int fd, const struct addr *peer)
{
    struct client *c = client_new(arg, peer);
    if (!c) {
        close(fd);
        return;
    }
    unsigned conn = live_adopt(c->live, fd);
    if (conn)
        client_serve(c, conn);
    else
        client_free(c);
}

static struct client *find_by_peer(const struct server *server, const struct addr *peer)
{
    struct client *c = server->sim->alive;
    while (c && !(c->server == server && addr_equal(&c->peer, peer)))
        c = c->next;
    return c;
}

/* Who speaks by UDP is a client from his first datagram until he is silent. */
static void on_datagram(void *arg, const struct addr *from, struct bytes got)
{
    struct server *server = arg;
    struct client *known = find_by_peer(server, from);
    struct client *c = known ? known : client_new(server, from);
    if (!c)
        return;
    if (known) {
        ports_feed(c->ports, 1, from, got);
        return;
    }
    c->peer = *from;
    if (!client_share(c, server->datagrams)) {
        client_free(c);
        return;
    }
    ports_feed(c->ports, 1, from, got);
    client_serve(c, 0);
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

static bool open_datagrams(struct server *server, struct fail *fail)
{
    struct addr at = server->at;
    int fd = sockets_datagrams(server->sim->options.sockets, &at, fail);
    if (fd >= 0)
        server->datagrams = datagrams_new(server->sim->loop, fd, on_datagram, server);
    return server->datagrams || fd < 0 ||
           fail_set(fail, "ENOMEM", "out of memory for a UDP socket");
}

static bool server_open(struct server *server, struct fail *fail)
{
    struct sim *sim = server->sim;
    server->at = sim_address_of(sim->scenarios, server->index, sim->options.net);
    int fd = sockets_listener(sim->options.sockets, &server->at, fail);
    if (fd < 0 && server->at.family == ADDR_IPV6 &&
        !bytes_equal_text(bytes_of(fail->code), "EADDRINUSE"))
        return true; /* a machine without IPv6 */
    if (fd >= 0)
        server->listener = listener_new(sim->loop, fd, on_accept, server);
    if (server->listener && scenarios_at(sim->scenarios, server->index)->udp)
        return open_datagrams(server, fail);
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
    sim->services = (struct live_services){.loop = loop, .dial = client_dial};
    sim->run_facts = (struct run_facts){.sink = options->sink, .ways = options->ways};
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
    for (size_t i = 0; sim->servers && i < sim->options.chosen_count; i++) {
        listener_free(sim->servers[i].listener);
        datagrams_free(sim->servers[i].datagrams);
    }
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
