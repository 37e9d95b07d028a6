#include "net/stream.h"

#include "net/sockaddr.h"
#include "net/stream_inside.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <unistd.h>

static void on_event(evutil_socket_t fd, short events, void *arg);
static void on_alarm(void *arg);

struct stream *stream_new(struct loop *loop, int fd, stream_wake wake, void *owner)
{
    struct stream *s = calloc(1, sizeof *s);
    if (!s || !loop_alarm_join(loop)) {
        close(fd);
        free(s);
        return NULL;
    }
    s->loop = loop;
    s->fd = fd;
    s->wake = wake;
    s->owner = owner;
    s->alarm = (struct alarm){.fn = on_alarm, .arg = s};
    return s;
}

void stream_free(struct stream *s)
{
    if (!s)
        return;
    stream_settle(s);
    if (s->arrival)
        inbox_take(loop_inbox(s->loop), s);
    if (s->watching)
        event_del(&s->io);
    loop_alarm_leave(s->loop, &s->alarm);
    stream_drop_unsent(s);
    stream_drop_unread(s);
    tls_session_free(s->tls);
    outbox_close(loop_outbox(s->loop), s->fd);
    free(s);
}

void stream_datagrams(struct stream *s)
{
    s->datagrams = true;
}

static bool tls_wants_write(const struct stream *s)
{
    return s->tls && tls_session_wants_write(s->tls);
}

/* Once registered, reading stays registered: a dialogue then waits at no cost. */
static short wanted(const struct stream *s)
{
    bool reads = s->waiting == WAIT_READ || s->waiting == WAIT_HANDSHAKE;
    bool writes = s->unsent || s->waiting == WAIT_CONNECT || (reads && tls_wants_write(s));
    return (short)((reads ? EV_READ : s->watching & EV_READ) | (writes ? EV_WRITE : 0));
}

/* Registers for exactly `events`: a call to the kernel only when that is a change. */
static bool watch(struct stream *s, short events)
{
    if (s->watching == events)
        return true;
    if (s->watching)
        event_del(&s->io);
    s->watching = 0;
    if (!events)
        return true;
    event_assign(&s->io, loop_base(s->loop), s->fd, (short)(events | EV_PERSIST), on_event, s);
    if (event_add(&s->io, NULL) != 0) {
        s->error = ENOMEM;
        return false;
    }
    s->watching = events;
    return true;
}

bool stream_watch(struct stream *s)
{
    return watch(s, wanted(s));
}

enum stream_state stream_failed(struct stream *s, int error, struct fail *fail)
{
    s->error = error;
    if (s->tls && error == EPROTO)
        fail_set(fail, "ETLS", "TLS: %s", tls_session_why(s->tls));
    else
        fail_errno(fail, error, s->connected ? "connection" : "connect");
    return STREAM_FAILED;
}

static enum stream_state timed_out(enum stream_wait what, struct fail *fail)
{
    fail_set(fail, "ETIMEDOUT", "%s",
             what == WAIT_CONNECT ? "no connection in time" : "no answer in time");
    return STREAM_FAILED;
}

/* The alarm is not moved when a deadline is put off: it then goes off once for nothing. */
static void set_alarm(struct stream *s)
{
    instant set = loop_alarm_when(s->loop, &s->alarm);
    if (s->deadline && (set == 0 || set > s->deadline))
        loop_alarm_set(s->loop, &s->alarm, s->deadline);
}

enum stream_state stream_wait(struct stream *s, enum stream_wait what, struct fail *fail)
{
    if (s->deadline && loop_moment(s->loop) >= s->deadline)
        return timed_out(what, fail);
    s->waiting = (unsigned char)what;
    if (!stream_watch(s))
        return stream_failed(s, s->error, fail);
    set_alarm(s);
    return STREAM_AGAIN;
}

void stream_deadline(struct stream *s, instant deadline)
{
    s->deadline = deadline;
    if (s->waiting)
        set_alarm(s);
}

/* After this the stream may be gone. */
static void wake(struct stream *s)
{
    if (!s->waiting)
        return;
    s->waiting = WAIT_NOTHING;
    s->wake(s->owner);
}

void stream_arrived(struct stream *s)
{
    wake(s);
}

static void on_alarm(void *arg)
{
    struct stream *s = arg;
    if (!s->waiting || s->arrival || !(s->deadline || s->error))
        return;
    if (s->error || loop_moment(s->loop) >= s->deadline)
        wake(s);
    else
        set_alarm(s);
}

/* Is this what the owner waits for? */
static bool answers(const struct stream *s, short events)
{
    switch ((enum stream_wait)s->waiting) {
    case WAIT_NOTHING:
        return false;
    case WAIT_CONNECT:
        return events & EV_WRITE;
    case WAIT_FLUSH:
        return !s->unsent;
    case WAIT_READ:
    case WAIT_HANDSHAKE:
        break;
    }
    return events & (tls_wants_write(s) ? EV_WRITE : EV_READ);
}

static void on_event(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    struct stream *s = arg;
    if (events & EV_READ)
        s->readable = true;
    if (events & EV_WRITE) {
        s->writable = true;
        stream_send_unsent(s);
    }
    if ((events & EV_READ) && s->waiting == WAIT_READ && !s->tls && !s->datagrams && !s->error) {
        inbox_read(loop_inbox(s->loop), s);
        return;
    }
    /* What nobody waits for, `readable` remembers: the loop need not tell it over and over. */
    if (answers(s, events) || !watch(s, (short)(wanted(s) & ~(events & EV_READ))))
        wake(s);
}

enum stream_state stream_connected(struct stream *s, struct fail *fail)
{
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    if (!s->connected && getpeername(s->fd, (struct sockaddr *)&peer, &size) == 0)
        s->connected = true;
    if (s->connected)
        return STREAM_OK;
    int error = errno;
    size = sizeof error;
    if (error == ENOTCONN)
        getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0 && s->writable)
        error = ENOTCONN;
    return error ? stream_failed(s, error, fail) : stream_wait(s, WAIT_CONNECT, fail);
}

bool stream_local(const struct stream *s, struct addr *out)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    return getsockname(s->fd, (struct sockaddr *)&sa, &size) == 0 && sockaddr_read(&sa, out);
}

bool stream_peer(const struct stream *s, struct addr *out)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    return getpeername(s->fd, (struct sockaddr *)&sa, &size) == 0 && sockaddr_read(&sa, out);
}
