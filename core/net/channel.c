#include "net/channel.h"

#include "net/channel_in.h"
#include "net/channel_out.h"
#include "net/outbox.h"

#include <errno.h>
#include <event2/event.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FLUSH_AT = 64 * 1024, MESSAGE_FDS = 253 };
#define CROWDED_PAUSE (SPAN_SECOND / 200)

struct channel {
    struct loop *loop;
    int fd;
    struct event *readable;
    struct event *writable; /* added while the socket is full */
    struct timer *crowded;  /* started while the kernel has too many descriptors in flight */
    bool blocked;           /* one of those two is awaited */
    bool with_fds;
    bool ended;
    bool busy; /* callbacks may be running: freeing waits until they are done */
    bool freed;
    channel_frame on_frame;
    channel_end on_end;
    void *arg;
    struct channel_in in;
    struct channel_out out;
};

union control {
    struct cmsghdr align;
    char room[CMSG_SPACE(sizeof(int) * MESSAGE_FDS)];
};

bool channel_pair(int fds[2], struct fail *fail)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0)
        return true;
    return fail_errno(fail, errno, "no channel between two processes");
}

/* The last call of a callback from the loop: tells the end once, and frees what was to be freed. */
static void leave(struct channel *c, const char *why)
{
    if (why && !c->freed && !c->ended) {
        c->ended = true;
        event_del(c->readable);
        event_del(c->writable);
        timer_stop(c->crowded);
        c->on_end(c->arg, why);
    }
    c->busy = false;
    if (c->freed)
        channel_free(c);
}

static const char *take_fds(struct channel *c, struct msghdr *message)
{
    bool ok = !(message->msg_flags & MSG_CTRUNC);
    for (struct cmsghdr *m = CMSG_FIRSTHDR(message); m; m = CMSG_NXTHDR(message, m)) {
        if (m->cmsg_level != SOL_SOCKET || m->cmsg_type != SCM_RIGHTS)
            continue;
        size_t n = (m->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(m) + i * sizeof fd, sizeof fd);
            ok = channel_in_fd(&c->in, fd) && ok;
        }
    }
    return ok ? NULL : "descriptors came that were not expected or could not be taken";
}

/* One recvmsg; gives why the channel ends, or NULL. */
static const char *receive(struct channel *c)
{
    union control control;
    size_t room = 0;
    outbox_empty(loop_outbox(c->loop)); /* descriptors may come: closed ones make room */
    unsigned char *to = channel_in_room(&c->in, &room);
    if (!to)
        return "no memory for a frame";
    struct iovec part = {.iov_base = to, .iov_len = room};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (c->with_fds) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
    }
    ssize_t n = recvmsg(c->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR ? NULL : strerror(errno);
    const char *why = take_fds(c, &message);
    if (n == 0 && !why)
        return "the other end is closed";
    channel_in_commit(&c->in, (size_t)n);
    return why;
}

static const char *deliver(struct channel *c)
{
    const char *why = NULL;
    struct bytes payload;
    int fd;
    while (!c->freed) {
        enum channel_cut cut = channel_in_cut(&c->in, &payload, &fd, &why);
        if (cut != CHANNEL_FRAME_CUT)
            break;
        c->on_frame(c->arg, payload, fd);
    }
    return why;
}

static void on_readable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd, (void)events;
    struct channel *c = arg;
    c->busy = true;
    const char *why = receive(c);
    leave(c, why ? why : deliver(c));
}

/* A socket that takes nothing more will not give anything more either, once what stands in it is
 * read: the end is then told by on_readable, behind the peer's last frames. */
static void give_up(struct channel *c)
{
    channel_out_free(&c->out);
    shutdown(c->fd, SHUT_RDWR);
}

/* Behind what the streams have done: a frame may tell of it. */
static void send_now(struct channel *c)
{
    outbox_empty(loop_outbox(c->loop));
    c->blocked = false;
    switch (channel_out_send(&c->out, c->fd)) {
    case CHANNEL_SENT_ALL:
        event_del(c->writable);
        break;
    case CHANNEL_SENT_SOME:
        c->blocked = true;
        event_add(c->writable, NULL);
        break;
    case CHANNEL_CROWDED:
        c->blocked = true;
        event_del(c->writable);
        timer_start(c->crowded, CROWDED_PAUSE);
        break;
    case CHANNEL_BROKEN:
        event_del(c->writable);
        give_up(c);
        break;
    }
}

static void on_writable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd, (void)events;
    send_now(arg);
}

static void on_crowded_over(void *arg)
{
    send_now(arg);
}

static bool set_up(struct channel *c)
{
    struct event_base *base = loop_base(c->loop);
    c->readable = event_new(base, c->fd, EV_READ | EV_PERSIST, on_readable, c);
    c->writable = event_new(base, c->fd, EV_WRITE | EV_PERSIST, on_writable, c);
    c->crowded = timer_new(c->loop, on_crowded_over, c);
    return channel_in_new(&c->in, c->with_fds) && c->readable && c->writable && c->crowded &&
           event_add(c->readable, NULL) == 0;
}

struct channel *channel_new(struct loop *loop, int fd, bool with_fds, channel_frame on_frame,
                            channel_end on_end, void *arg)
{
    struct channel *c = calloc(1, sizeof *c);
    if (!c) {
        close(fd);
        return NULL;
    }
    c->loop = loop;
    c->fd = fd;
    c->with_fds = with_fds;
    c->on_frame = on_frame;
    c->on_end = on_end;
    c->arg = arg;
    if (set_up(c))
        return c;
    channel_free(c);
    return NULL;
}

void channel_free(struct channel *c)
{
    if (!c)
        return;
    c->freed = true;
    if (c->busy)
        return;
    if (c->readable)
        event_free(c->readable);
    if (c->writable)
        event_free(c->writable);
    timer_free(c->crowded);
    channel_in_free(&c->in);
    channel_out_free(&c->out);
    close(c->fd);
    free(c);
}

bool channel_send(struct channel *c, struct bytes payload, int fd)
{
    bool fits = payload.n <= CHANNEL_FRAME && !c->ended &&
                channel_queued(c) + payload.n + CHANNEL_HEAD <= CHANNEL_QUEUE;
    if (!fits) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (!channel_out_put(&c->out, payload, fd))
        return false;
    if (!c->blocked && channel_queued(c) > FLUSH_AT)
        send_now(c);
    return true;
}

void channel_flush(struct channel *c)
{
    if (!c->blocked && !c->ended && channel_queued(c) > 0)
        send_now(c);
}

size_t channel_queued(const struct channel *c)
{
    return channel_out_waiting(&c->out);
}

void channel_drain(struct channel *c, span limit)
{
    instant end = loop_monotonic() + limit;
    while (!c->ended && channel_queued(c) > 0) {
        span left = end - loop_monotonic();
        struct pollfd p = {.fd = c->fd, .events = POLLOUT};
        if (left <= 0 || poll(&p, 1, (int)(left / 1000) + 1) <= 0)
            break;
        send_now(c);
    }
    loop_moment_over(c->loop);
}
