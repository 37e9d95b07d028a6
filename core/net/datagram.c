#include "net/datagram.h"

#include "net/sockaddr.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <unistd.h>

enum { DATAGRAMS_A_ROUND = 64 };

struct datagrams {
    int fd;
    struct event *event;
    datagram_got fn;
    void *arg;
};

int datagram_open(struct addr *at, struct fail *fail)
{
    struct sockaddr_storage sa;
    socklen_t size = sockaddr_of(at, &sa);
    struct addr real;
    char text[ADDR_TEXT];
    int one = 1;
    int fd = socket(sa.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, (const struct sockaddr *)&sa, size) == 0 &&
        getsockname(fd, (struct sockaddr *)&sa, &size) == 0 && sockaddr_read(&sa, &real)) {
        at->port = real.port;
        return fd;
    }
    fail_errno(fail, errno, addr_text(at, text));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* The next datagram; false when none is there. */
static bool next(int fd, void *to, size_t room, struct addr *from, size_t *n)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    ssize_t got = recvfrom(fd, to, room, MSG_DONTWAIT, (struct sockaddr *)&sa, &size);
    *n = got > 0 ? (size_t)got : 0;
    return got >= 0 && sockaddr_read(&sa, from);
}

static void on_datagrams(evutil_socket_t fd, short events, void *arg)
{
    struct datagrams *d = arg;
    unsigned char room[DATAGRAM_MOST];
    struct addr from;
    size_t n = 0;
    (void)events;
    for (int i = 0; i < DATAGRAMS_A_ROUND && next(fd, room, sizeof room, &from, &n); i++)
        d->fn(d->arg, &from, bytes_at(room, n));
}

struct datagrams *datagrams_new(struct loop *loop, int fd, datagram_got fn, void *arg)
{
    struct datagrams *d = calloc(1, sizeof *d);
    if (!d) {
        close(fd);
        return NULL;
    }
    *d = (struct datagrams){.fd = fd, .fn = fn, .arg = arg};
    d->event = event_new(loop_base(loop), fd, EV_READ | EV_PERSIST, on_datagrams, d);
    if (d->event && event_add(d->event, NULL) == 0)
        return d;
    datagrams_free(d);
    return NULL;
}

void datagrams_free(struct datagrams *d)
{
    if (!d)
        return;
    if (d->event)
        event_free(d->event);
    close(d->fd);
    free(d);
}

void datagrams_send(const struct datagrams *d, const struct addr *to, struct bytes what)
{
    struct sockaddr_storage sa;
    socklen_t size = sockaddr_of(to, &sa);
    ssize_t sent = sendto(d->fd, what.p, what.n, MSG_DONTWAIT | MSG_NOSIGNAL,
                          (const struct sockaddr *)&sa, size);
    (void)sent; /* UDP: what is lost is lost */
}
