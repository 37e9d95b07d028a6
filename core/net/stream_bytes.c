#include "net/sockaddr.h"
#include "net/stream_inside.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

/* A call out of turn: the caller's mistake, and the peer must not profit from it. */
static enum stream_state not_secured(struct fail *fail)
{
    fail_set(fail, "ETLS", "TLS: the handshake is not done");
    return STREAM_FAILED;
}

static ssize_t receive(struct stream *s, unsigned char *to, int *error)
{
    if (s->tls)
        return tls_session_read(s->tls, to, LOOP_SCRATCH, error);
    ssize_t n = recv(s->fd, to, s->datagrams ? STREAM_DATAGRAM : LOOP_SCRATCH, MSG_DONTWAIT);
    *error = n < 0 ? errno : 0;
    if (n == 0 && s->datagrams) { /* an empty one: the loop tells when there is another */
        *error = EAGAIN;
        return -1;
    }
    /* Less than there was room for: the socket is drained, and the loop tells what comes later. */
    if (n > 0 && n < LOOP_SCRATCH)
        s->readable = false;
    return n;
}

void stream_drop_unread(struct stream *s)
{
    if (!s->unread)
        return;
    buf_free(s->unread);
    free(s->unread);
    s->unread = NULL;
}

void stream_keep_arrived(struct stream *s)
{
    struct arrival a = inbox_take(loop_inbox(s->loop), s);
    if (a.n < 0) /* an end is read again */
        s->error = a.error;
    if (a.n <= 0)
        return;
    s->unread = calloc(1, sizeof *s->unread);
    if (s->unread)
        *s->unread = buf_new((size_t)a.n);
    if (!s->unread || !buf_put(s->unread, bytes_at(a.p, (size_t)a.n)))
        s->error = ENOMEM;
}

/* What was read before, and what has come since. */
static enum stream_state read_unread(struct stream *s, struct bytes *got)
{
    unsigned char *to = loop_scratch(s->loop);
    size_t n = s->unread->n;
    memcpy(to, s->unread->p, n);
    stream_drop_unread(s);
    if (s->readable && !s->tls && n < LOOP_SCRATCH) {
        ssize_t more = recv(s->fd, to + n, LOOP_SCRATCH - n, MSG_DONTWAIT);
        n += more > 0 ? (size_t)more : 0;
        if (more < 0 && errno == EAGAIN)
            s->readable = false;
        else if (more < 0)
            s->error = errno;
    }
    s->spoken = false;
    *got = bytes_at(to, n);
    return STREAM_OK;
}

static enum stream_state read_arrived(struct stream *s, struct bytes *got, struct fail *fail)
{
    struct arrival a = inbox_take(loop_inbox(s->loop), s);
    if (a.n < 0)
        return stream_failed(s, a.error, fail);
    s->spoken = s->spoken && a.n == 0;
    *got = bytes_at(a.p, (size_t)a.n);
    return a.n > 0 ? STREAM_OK : STREAM_END;
}

enum stream_state stream_read(struct stream *s, struct bytes *got, struct fail *fail)
{
    int error = 0;
    if (s->tls && !s->secured)
        return not_secured(fail);
    if (s->arrival)
        return read_arrived(s, got, fail);
    if (s->unread)
        return read_unread(s, got);
    if (!s->readable && !s->error && !(s->tls && tls_session_pending(s->tls)))
        return stream_wait(s, WAIT_READ, fail);
    unsigned char *to = loop_scratch(s->loop);
    ssize_t n = receive(s, to, &error);
    if (n > 0) {
        s->spoken = false;
        *got = bytes_at(to, (size_t)n);
        return STREAM_OK;
    }
    if (n < 0 && error == EAGAIN && !s->error) {
        s->readable = false;
        return stream_wait(s, WAIT_READ, fail);
    }
    if (n < 0 || s->error)
        return stream_failed(s, s->error ? s->error : error, fail);
    return STREAM_END;
}

static ssize_t send_some(struct stream *s, struct bytes what, int *error)
{
    if (s->tls && s->secured)
        return tls_session_write(s->tls, what, error);
    ssize_t n = send(s->fd, what.p, what.n, MSG_NOSIGNAL | MSG_DONTWAIT);
    *error = n < 0 ? errno : 0;
    return n;
}

/* What follows a write that is not answered yet, or fills more than a segment, must not wait for the
 * acknowledgement (RFC 896). A dialogue of short lines never comes to it, and saves the call. */
static void hurry_if_due(struct stream *s, size_t size)
{
    enum { SEGMENT = 1200 };
    int one = 1;
    if (!s->hurries && !s->datagrams && (s->spoken || s->tls || size > SEGMENT))
        s->hurries = setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0;
    s->spoken = true;
}

static void shut(struct stream *s)
{
    if (s->secured)
        tls_session_finish(s->tls);
    shutdown(s->fd, SHUT_WR);
    s->finishing = false;
}

void stream_drop_unsent(struct stream *s)
{
    if (!s->unsent)
        return;
    buf_free(s->unsent);
    free(s->unsent);
    s->unsent = NULL;
}

void stream_send_unsent(struct stream *s)
{
    while (s->unsent) {
        int error = 0;
        ssize_t n = send_some(s, buf_view(s->unsent), &error);
        if (n < 0 && error == EAGAIN)
            return;
        if (n < 0)
            s->error = error;
        else
            buf_drop(s->unsent, (size_t)n);
        if (n < 0 || s->unsent->n == 0)
            stream_drop_unsent(s);
    }
    if (s->finishing)
        shut(s);
}

static bool keep(struct stream *s, struct bytes rest)
{
    if (!s->unsent) {
        s->unsent = calloc(1, sizeof *s->unsent);
        if (!s->unsent)
            return false;
        *s->unsent = buf_new(STREAM_UNSENT);
    }
    return buf_put(s->unsent, rest) && stream_watch(s);
}

static enum stream_state too_much(struct stream *s, struct fail *fail)
{
    s->error = ENOBUFS;
    stream_drop_unsent(s);
    fail_set(fail, "ELIMIT", "the peer takes nothing, and over %d bytes wait to be sent",
             STREAM_UNSENT);
    return STREAM_FAILED;
}

/* Sends what it can, and keeps the rest; false when that is too much. */
static bool send_or_keep(struct stream *s, struct bytes what)
{
    int error = 0;
    ssize_t n = what.n == 0 || s->unsent ? 0 : send_some(s, what, &error);
    if (n < 0 && error != EAGAIN) {
        s->error = error;
        return true;
    }
    struct bytes rest = bytes_slice(what, n > 0 ? (size_t)n : 0, what.n);
    return rest.n == 0 || s->datagrams || keep(s, rest);
}

/* Only what is plain and short, and before which nothing waits for the socket. */
static bool may_owe(const struct stream *s, size_t size)
{
    enum { SHORT = 2048 };
    return !s->tls && !s->datagrams && !s->unsent && size > 0 && size <= SHORT;
}

enum stream_state stream_write(struct stream *s, struct bytes what, struct fail *fail)
{
    if (s->tls && !s->secured)
        return not_secured(fail);
    if (s->error)
        return stream_failed(s, s->error, fail);
    hurry_if_due(s, what.n);
    if (may_owe(s, what.n) && outbox_write(loop_outbox(s->loop), s, what)) {
        s->owes = true;
        return STREAM_OK;
    }
    stream_settle(s);
    return send_or_keep(s, what) ? STREAM_OK : too_much(s, fail);
}

/* A failure shows when the owner reads. He may wait for that already, and the loop does not tell him of each. */
void stream_send_owed(struct stream *s, struct bytes what)
{
    struct fail told_later;
    s->owes = false;
    if (!s->error && !send_or_keep(s, what))
        too_much(s, &told_later);
    if (s->error && s->waiting)
        loop_alarm_set(s->loop, &s->alarm, loop_moment(s->loop));
}

void stream_settle(struct stream *s)
{
    if (s->owes)
        outbox_empty(loop_outbox(s->loop));
}

enum stream_state stream_flushed(struct stream *s, struct fail *fail)
{
    stream_settle(s);
    if (s->error)
        return stream_failed(s, s->error, fail);
    return s->unsent ? stream_wait(s, WAIT_FLUSH, fail) : STREAM_OK;
}

void stream_finish(struct stream *s)
{
    stream_settle(s);
    s->finishing = true;
    stream_send_unsent(s);
}

void stream_reset(struct stream *s)
{
    struct linger at_once = {.l_onoff = 1};
    setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

/* A server that has sent more than its go-ahead, or talks before our handshake, injects: RFC 3207 and
 * CVE-2011-0411 are about such bytes. */
static bool talks_ahead(const struct stream *s)
{
    char byte;
    return s->unread || recv(s->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

bool stream_secure(struct stream *s, struct stream_tls *tls, struct bytes name, struct fail *fail)
{
    if (s->tls)
        return fail_set(fail, "ETLS", "TLS: this connection is inside TLS already");
    stream_settle(s);
    if (s->arrival)
        stream_keep_arrived(s);
    if (stream_tls_is_client(tls) && talks_ahead(s))
        return fail_set(fail, "ETLS", "TLS: the server sent more bytes before the handshake");
    s->tls = tls_session_new(tls, s->fd, name);
    if (!s->tls)
        return fail_set(fail, "ENOMEM", "TLS: no memory for a session");
    s->readable = true;
    return true;
}

enum stream_state stream_secured(struct stream *s, struct fail *fail)
{
    int error = 0;
    if (!s->tls)
        return not_secured(fail);
    if (s->secured)
        return STREAM_OK;
    if (s->error)
        return stream_failed(s, s->error, fail);
    if (s->unsent)
        return stream_wait(s, WAIT_FLUSH, fail);
    if (tls_session_handshake(s->tls, &error) > 0) {
        s->secured = true;
        return STREAM_OK;
    }
    if (error == EAGAIN) {
        s->readable = false;
        return stream_wait(s, WAIT_HANDSHAKE, fail);
    }
    return stream_failed(s, error, fail);
}
