#include "sim/client.h"

#include <stdlib.h>

void client_dial(void *arg, struct live *live, unsigned conn, const struct addr *to,
                 enum world_way way)
{
    const struct client *c = live_world(live)->owner;
    const struct addr *own = c->from.family == ADDR_NONE ? &c->at : &c->from;
    const struct addr *from = to->family == own->family ? own : NULL;
    struct fail fail;
    int fd = -1;
    (void)arg;
    if (way != WORLD_VISIT && addr_is_loopback(to) && (!from || addr_is_loopback(from)))
        fd = way == WORLD_UDP ? sockets_dial_datagrams(c->sockets, from, to, &fail)
                              : sockets_dial(c->sockets, from, to, &fail);
    else
        fail_set(&fail, "ESCOPE", "a simulated server reaches nothing but loopback");
    live_dialled(live, conn, fd, &(struct world_messages){0}, &fail);
}

static void on_wake(void *arg)
{
    const struct client *c = arg;
    if (c->serving)
        serving_wake(c->serving);
}

bool client_open(struct client *c, const struct live_services *services)
{
    struct live_options options = {.limit = 600 * SPAN_SECOND};
    struct fail fail;
    c->live = live_new(services, &options, on_wake, c, &fail);
    return c->live != NULL;
}

void client_free(struct client *c)
{
    ports_free(c->ports);
    serving_free(c->serving);
    live_free(c->live);
    free(c);
}

static struct ports *ports_of(struct client *c)
{
    if (!c->ports)
        c->ports = ports_new(c->loop, c->sockets, on_wake, c);
    return c->ports;
}

unsigned client_share(struct client *c, const struct datagrams *socket)
{
    return ports_of(c) ? ports_share(c->ports, socket) : 0;
}

static bool secure(void *owner, unsigned conn, struct bytes certificate, bool h2, struct fail *fail)
{
    const struct client *c = owner;
    struct stream *stream = live_stream(c->live, conn);
    struct stream_tls *tls = identities_find(c->identities, certificate, h2, fail);
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

static unsigned open_port(void *owner, bool datagrams, uint16_t *port, struct fail *fail)
{
    struct client *c = owner;
    struct addr at = c->at;
    at.port = 0;
    if (!ports_of(c)) {
        fail_set(fail, "ENOMEM", "out of memory for a port");
        return 0;
    }
    unsigned handle =
        datagrams ? ports_datagrams(c->ports, &at, fail) : ports_listen(c->ports, &at, fail);
    *port = at.port;
    return handle;
}

static bool arrived(void *owner, unsigned handle)
{
    const struct client *c = owner;
    return c->ports && ports_ready(c->ports, handle);
}

static unsigned take_connection(void *owner, unsigned handle)
{
    struct client *c = owner;
    int fd = c->ports ? ports_take_connection(c->ports, handle) : -1;
    return fd >= 0 ? live_adopt(c->live, fd) : 0;
}

static bool take_datagram(void *owner, unsigned handle, struct addr *from, struct bytes *what)
{
    struct client *c = owner;
    return c->ports && ports_take_datagram(c->ports, handle, from, what);
}

static bool send_datagram(void *owner, unsigned handle, const struct addr *to, struct bytes what)
{
    const struct client *c = owner;
    return c->ports && ports_send(c->ports, handle, to ? to : &c->peer, what);
}

const struct sim_hooks *client_hooks(void)
{
    static const struct sim_hooks hooks = {.secure = secure,
                                           .shutdown = shut,
                                           .reset = reset,
                                           .from = set_from,
                                           .unsent = unsent,
                                           .open_port = open_port,
                                           .arrived = arrived,
                                           .take_connection = take_connection,
                                           .take_datagram = take_datagram,
                                           .send_datagram = send_datagram};
    return &hooks;
}
