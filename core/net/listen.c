#include "net/dial.h"
#include "net/sockaddr.h"

#include <errno.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <unistd.h>

enum { BACKLOG = 4096, ACCEPTS_A_ROUND = 64 };
#define PAUSE (SPAN_SECOND / 10)

struct listener {
    struct loop *loop;
    int fd;
    struct event *event;
    struct timer *pause;
    void (*fn)(void *arg, int fd, const struct addr *peer);
    void *arg;
    bool busy; /* fn may be running: freeing waits until it is done */
    bool freed;
};

static bool bind_to(int fd, const struct addr *at)
{
    struct sockaddr_storage sa;
    socklen_t size = sockaddr_of(at, &sa);
    int one = 1;
    if (at->family == ADDR_IPV6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    return bind(fd, (const struct sockaddr *)&sa, size) == 0;
}

static bool bind_and_listen(int fd, const struct addr *at)
{
    int one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    return bind_to(fd, at) && listen(fd, BACKLOG) == 0;
}

uint16_t listen_port(int fd)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    struct addr real;
    bool ok = getsockname(fd, (struct sockaddr *)&sa, &size) == 0 && sockaddr_read(&sa, &real);
    return ok ? real.port : 0;
}

static bool read_back_port(int fd, struct addr *at)
{
    uint16_t port = listen_port(fd);
    at->port = port > 0 ? port : at->port;
    return port > 0;
}

static int open_at(struct addr *at, bool (*take)(int fd, const struct addr *at), struct fail *fail)
{
    char text[ADDR_TEXT];
    int fd = socket(at->family == ADDR_IPV6 ? AF_INET6 : AF_INET,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    if (fd >= 0 && take(fd, at) && read_back_port(fd, at))
        return fd;
    fail_errno(fail, errno, addr_text(at, text));
    if (fd >= 0)
        close(fd);
    return -1;
}

int listen_open(struct addr *at, struct fail *fail)
{
    return open_at(at, bind_and_listen, fail);
}

int listen_closed(struct addr *at, struct fail *fail)
{
    return open_at(at, bind_to, fail);
}

static bool out_of_room(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/* The next connection that waits; -1 with errno. */
static int accept_one(int listening, struct addr *peer)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    int one = 1;
    int fd = accept4(listening, (struct sockaddr *)&sa, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return -1;
    if (!sockaddr_read(&sa, peer))
        *peer = (struct addr){0};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static void accept_some(struct listener *l)
{
    for (int i = 0; i < ACCEPTS_A_ROUND && !l->freed; i++) {
        struct addr peer;
        int fd = accept_one(l->fd, &peer);
        if (fd >= 0) {
            l->fn(l->arg, fd, &peer);
        } else if (out_of_room(errno)) {
            event_del(l->event);
            timer_start(l->pause, PAUSE);
            return;
        } else if (errno == EAGAIN) {
            return;
        }
    }
}

static void on_readable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd, (void)events;
    struct listener *l = arg;
    l->busy = true;
    accept_some(l);
    l->busy = false;
    if (l->freed)
        listener_free(l);
}

static void on_pause_over(void *arg)
{
    struct listener *l = arg;
    event_add(l->event, NULL);
}

struct listener *listener_new(struct loop *loop, int fd,
                              void (*fn)(void *arg, int fd, const struct addr *peer), void *arg)
{
    struct listener *l = calloc(1, sizeof *l);
    if (!l) {
        close(fd);
        return NULL;
    }
    *l = (struct listener){.loop = loop, .fd = fd, .fn = fn, .arg = arg};
    l->pause = timer_new(loop, on_pause_over, l);
    l->event = event_new(loop_base(loop), fd, EV_READ | EV_PERSIST, on_readable, l);
    if (l->pause && l->event && event_add(l->event, NULL) == 0)
        return l;
    listener_free(l);
    return NULL;
}

void listener_free(struct listener *l)
{
    if (!l)
        return;
    l->freed = true;
    if (l->busy)
        return;
    if (l->event)
        event_free(l->event);
    timer_free(l->pause);
    close(l->fd);
    free(l);
}
