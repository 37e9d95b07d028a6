#include "net/channel_out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST_CAP = 4096, FIRST_FDS = 16, KEPT_CAP = 1024 * 1024 };

union control {
    struct cmsghdr align;
    char room[CMSG_SPACE(sizeof(int) * CHANNEL_BATCH_FDS)];
};

/* Descriptors that were opened one after the other mostly follow each other: then one call closes them all. */
static void close_fds(struct channel_out *out, size_t n)
{
    if (n == 0) /* there may be no list yet */
        return;
    const struct channel_fd *fds = out->fds + out->fd_head;
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        while (end < n && fds[end].fd == fds[end - 1].fd + 1)
            end++;
        if (end - i == 1)
            close(fds[i].fd);
        else
            close_range((unsigned)fds[i].fd, (unsigned)fds[end - 1].fd, 0);
    }
    out->fd_head += n;
    if (out->fd_head == out->fd_tail)
        out->fd_head = out->fd_tail = 0;
}

void channel_out_free(struct channel_out *out)
{
    close_fds(out, out->fd_tail - out->fd_head);
    free(out->fds);
    free(out->p);
    *out = (struct channel_out){0};
}

size_t channel_out_waiting(const struct channel_out *out)
{
    return out->tail - out->head;
}

/* Moves what waits to the front when that frees at least half, else grows: each byte is moved a
 * bounded number of times on average. */
static bool make_room(struct channel_out *out, size_t n)
{
    size_t waiting = channel_out_waiting(out);
    if (out->cap - out->tail >= n)
        return true;
    if (out->head >= waiting && out->cap - waiting >= n) {
        if (waiting > 0)
            memmove(out->p, out->p + out->head, waiting);
    } else {
        size_t cap = out->cap ? out->cap : FIRST_CAP;
        while (cap - out->tail < n)
            cap *= 2;
        unsigned char *p = realloc(out->p, cap);
        if (!p)
            return false;
        out->p = p;
        out->cap = cap;
        return true;
    }
    out->head = 0;
    out->tail = waiting;
    return true;
}

static bool make_room_for_fd(struct channel_out *out)
{
    size_t waiting = out->fd_tail - out->fd_head;
    if (out->fd_tail < out->fd_cap)
        return true;
    if (out->fd_head > waiting) {
        memmove(out->fds, out->fds + out->fd_head, waiting * sizeof *out->fds);
        out->fd_head = 0;
        out->fd_tail = waiting;
        return true;
    }
    size_t cap = out->fd_cap ? out->fd_cap * 2 : FIRST_FDS;
    struct channel_fd *fds = reallocarray(out->fds, cap, sizeof *fds);
    if (!fds)
        return false;
    out->fds = fds;
    out->fd_cap = cap;
    return true;
}

static void put_head(unsigned char *to, uint32_t length)
{
    for (int i = 0; i < CHANNEL_HEAD; i++)
        to[i] = (unsigned char)(length >> (24 - 8 * i));
}

bool channel_out_put(struct channel_out *out, struct bytes payload, int fd)
{
    size_t size = CHANNEL_HEAD + payload.n;
    if (!make_room(out, size) || (fd >= 0 && !make_room_for_fd(out))) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    put_head(out->p + out->tail, (uint32_t)payload.n | (fd >= 0 ? CHANNEL_TAKES_FD : 0));
    if (payload.n > 0)
        memcpy(out->p + out->tail + CHANNEL_HEAD, payload.p, payload.n);
    out->tail += size;
    if (fd >= 0)
        out->fds[out->fd_tail++] =
            (struct channel_fd){.at = out->sent + channel_out_waiting(out), .fd = fd};
    return true;
}

/* Descriptors whose frames end within the first `bytes` that wait, at most a batch of them. */
static size_t fds_within(const struct channel_out *out, size_t bytes)
{
    size_t n = 0;
    while (n < CHANNEL_BATCH_FDS && out->fd_head + n < out->fd_tail &&
           out->fds[out->fd_head + n].at <= out->sent + bytes)
        n++;
    return n;
}

/* Begins a batch; gives how many descriptors go with its first message. A descriptor goes with the
 * batch that holds the last byte of its frame, so a full batch ends with its last descriptor's frame. */
static size_t begin_batch(struct channel_out *out)
{
    size_t waiting = channel_out_waiting(out);
    out->batch = waiting < CHANNEL_BATCH_BYTES ? waiting : CHANNEL_BATCH_BYTES;
    size_t n = fds_within(out, out->batch);
    if (n == CHANNEL_BATCH_FDS)
        out->batch = (size_t)(out->fds[out->fd_head + n - 1].at - out->sent);
    return n;
}

static void attach(const struct channel_out *out, size_t n, union control *control,
                   struct msghdr *message)
{
    if (n == 0)
        return;
    message->msg_control = control->room;
    message->msg_controllen = CMSG_SPACE(sizeof(int) * n);
    struct cmsghdr *c = CMSG_FIRSTHDR(message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int) * n);
    for (size_t i = 0; i < n; i++)
        memcpy(CMSG_DATA(c) + i * sizeof(int), &out->fds[out->fd_head + i].fd, sizeof(int));
}

static ssize_t send_batch(struct channel_out *out, int socket)
{
    union control control;
    size_t fds = out->batch == 0 ? begin_batch(out) : 0;
    struct iovec part = {.iov_base = out->p + out->head, .iov_len = out->batch};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    attach(out, fds, &control, &message);
    int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
    /* A confined process has no descriptors to give, and may not call sendmsg. */
    ssize_t n = fds > 0 ? sendmsg(socket, &message, flags)
                        : send(socket, part.iov_base, part.iov_len, flags);
    if (n < 0) {
        if (fds > 0)
            out->batch = 0;
        return n;
    }
    close_fds(out, fds);
    out->batch -= (size_t)n;
    out->head += (size_t)n;
    out->sent += (size_t)n;
    return n;
}

/* All is sent: begins at the front again, and gives back what a rare burst took. */
static void rest(struct channel_out *out)
{
    out->head = out->tail = 0;
    if (out->cap <= KEPT_CAP)
        return;
    free(out->p);
    out->p = NULL;
    out->cap = 0;
}

enum channel_sent channel_out_send(struct channel_out *out, int socket)
{
    while (channel_out_waiting(out) > 0) {
        if (send_batch(out, socket) >= 0)
            continue;
        if (errno == EAGAIN)
            return CHANNEL_SENT_SOME;
        return errno == ETOOMANYREFS ? CHANNEL_CROWDED : CHANNEL_BROKEN;
    }
    rest(out);
    return CHANNEL_SENT_ALL;
}
