#include "sim/ports.h"

#include "net/dial.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A connection, or a datagram. */
struct arrival {
    int fd;
    struct addr from;
    size_t n;
    unsigned char data[DATAGRAM_MOST];
};

struct port {
    struct ports *ports;
    struct listener *listener;
    struct datagrams *own;
    const struct datagrams *socket; /* that datagrams are sent by; `own`, or another's */
    struct arrival *arrivals;       /* PORTS_QUEUE of them, a ring; owned */
    unsigned first, count;
};

struct ports {
    struct loop *loop;
    const struct sockets *sockets;
    void (*wake)(void *owner);
    void *owner;
    struct port ports[PORTS_MOST];
    unsigned count;
};

struct ports *ports_new(struct loop *loop, const struct sockets *sockets, void (*wake)(void *owner),
                        void *owner)
{
    struct ports *p = calloc(1, sizeof *p);
    if (p)
        *p = (struct ports){.loop = loop, .sockets = sockets, .wake = wake, .owner = owner};
    return p;
}

static struct arrival *take(struct port *port)
{
    if (port->count == 0)
        return NULL;
    struct arrival *a = &port->arrivals[port->first];
    port->first = (port->first + 1) % PORTS_QUEUE;
    port->count--;
    return a;
}

static void close_port(struct port *port)
{
    struct arrival *a;
    listener_free(port->listener);
    datagrams_free(port->own);
    while ((a = take(port)))
        if (a->fd >= 0)
            close(a->fd);
    free(port->arrivals);
}

void ports_free(struct ports *p)
{
    for (unsigned i = 0; p && i < p->count; i++)
        close_port(&p->ports[i]);
    free(p);
}

/* A place at the end of the ring; NULL: what came is lost. */
static struct arrival *place(struct port *port)
{
    if (port->count == PORTS_QUEUE)
        return NULL;
    return &port->arrivals[(port->first + port->count++) % PORTS_QUEUE];
}

static void on_connection(void *arg, int fd, const struct addr *peer)
{
    struct port *port = arg;
    struct arrival *a = addr_is_loopback(peer) ? place(port) : NULL;
    if (!a) {
        close(fd);
        return;
    }
    a->fd = fd;
    port->ports->wake(port->ports->owner);
}

static void on_datagram(void *arg, const struct addr *from, struct bytes got)
{
    struct port *port = arg;
    struct arrival *a = addr_is_loopback(from) ? place(port) : NULL;
    if (!a)
        return;
    a->fd = -1;
    a->from = *from;
    a->n = got.n < DATAGRAM_MOST ? got.n : DATAGRAM_MOST;
    memcpy(a->data, got.p, a->n);
    port->ports->wake(port->ports->owner);
}

static struct port *new_port(struct ports *p, struct fail *fail)
{
    struct port *port = p->count < PORTS_MOST ? &p->ports[p->count] : NULL;
    if (!port) {
        fail_set(fail, "ELIMIT", "a simulated server has %d ports of its own at most", PORTS_MOST);
        return NULL;
    }
    *port = (struct port){.ports = p, .arrivals = calloc(PORTS_QUEUE, sizeof *port->arrivals)};
    if (!port->arrivals) {
        fail_set(fail, "ENOMEM", "out of memory for a port");
        return NULL;
    }
    p->count++;
    return port;
}

unsigned ports_listen(struct ports *p, struct addr *at, struct fail *fail)
{
    struct port *port = new_port(p, fail);
    int fd = port ? sockets_listener(p->sockets, at, fail) : -1;
    if (fd < 0)
        return 0;
    port->listener = listener_new(p->loop, fd, on_connection, port);
    if (port->listener)
        return p->count;
    fail_set(fail, "ENOMEM", "out of memory for a port");
    return 0;
}

unsigned ports_datagrams(struct ports *p, struct addr *at, struct fail *fail)
{
    struct port *port = new_port(p, fail);
    int fd = port ? sockets_datagrams(p->sockets, at, fail) : -1;
    if (fd < 0)
        return 0;
    port->own = datagrams_new(p->loop, fd, on_datagram, port);
    port->socket = port->own;
    if (port->own)
        return p->count;
    fail_set(fail, "ENOMEM", "out of memory for a port");
    return 0;
}

unsigned ports_share(struct ports *p, const struct datagrams *socket)
{
    struct fail ignored;
    struct port *port = new_port(p, &ignored);
    if (!port)
        return 0;
    port->socket = socket;
    return p->count;
}

static struct port *find(struct ports *p, unsigned handle)
{
    return handle > 0 && handle <= p->count ? &p->ports[handle - 1] : NULL;
}

void ports_feed(struct ports *p, unsigned handle, const struct addr *from, struct bytes what)
{
    struct port *port = find(p, handle);
    if (port)
        on_datagram(port, from, what);
}

bool ports_ready(struct ports *p, unsigned handle)
{
    const struct port *port = find(p, handle);
    return port && port->count > 0;
}

int ports_take_connection(struct ports *p, unsigned handle)
{
    struct port *port = find(p, handle);
    struct arrival *a = port && port->listener ? take(port) : NULL;
    return a ? a->fd : -1;
}

bool ports_take_datagram(struct ports *p, unsigned handle, struct addr *from, struct bytes *what)
{
    struct port *port = find(p, handle);
    struct arrival *a = port && port->socket ? take(port) : NULL;
    if (!a)
        return false;
    *from = a->from;
    *what = bytes_at(a->data, a->n);
    return true;
}

bool ports_send(struct ports *p, unsigned handle, const struct addr *to, struct bytes what)
{
    const struct port *port = find(p, handle);
    if (!port || !port->socket || !addr_is_loopback(to))
        return false;
    datagrams_send(port->socket, to, what);
    return true;
}
