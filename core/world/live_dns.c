#include "world/live_dns.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

#define TRY_TIME (3 * SPAN_SECOND)

enum { TRIES = 4, PREFIX = 2 /* a message's length, over TCP */ };

struct live_dns {
    struct live_dns_services services;
    struct timer *timer;
    struct stream *stream; /* NULL: asked for */
    struct fail refused;   /* code set: there is no socket */
    bool asking;           /* a question is under way */
    bool tcp;
    bool sent;
    unsigned number; /* of the socket asked for, counted on */
    unsigned try;    /* counted from 0 */
    instant try_ends;
    struct buf query;
    struct buf message;
};

static void on_wake(void *arg)
{
    struct live_dns *d = arg;
    d->services.wake(d->services.arg);
}

struct live_dns *live_dns_new(const struct live_dns_services *services)
{
    struct live_dns *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->services = *services;
    d->query = buf_new(PREFIX + DNS_NAME_TEXT + 64);
    d->message = buf_new(PREFIX + DNS_ANSWER_MOST);
    d->timer = timer_new(services->loop, on_wake, d);
    if (d->timer)
        return d;
    free(d);
    return NULL;
}

static void close_socket(struct live_dns *d)
{
    stream_free(d->stream);
    d->stream = NULL;
    d->sent = false;
    buf_clear(&d->message);
}

void live_dns_forget(struct live_dns *d)
{
    close_socket(d);
    timer_stop(d->timer);
    d->asking = false;
}

void live_dns_free(struct live_dns *d)
{
    if (!d)
        return;
    live_dns_forget(d);
    timer_free(d->timer);
    buf_free(&d->query);
    buf_free(&d->message);
    free(d);
}

static void open_socket(struct live_dns *d)
{
    close_socket(d);
    d->refused.code = NULL;
    d->number++;
    d->try_ends = loop_monotonic() + TRY_TIME;
    d->services.open(d->services.arg, d->number, d->try, d->tcp);
}

bool live_dns_ask(struct live_dns *d, struct bytes name, enum dns_type type, struct fail *fail)
{
    uint16_t id = 0;
    live_dns_forget(d);
    random_bytes(&id, sizeof id);
    buf_clear(&d->query);
    if (!dns_query_put(&d->query, name, type, id, fail))
        return false;
    d->asking = true;
    d->tcp = false;
    d->try = 0;
    open_socket(d);
    return true;
}

void live_dns_socket(struct live_dns *d, unsigned number, int fd, const struct fail *why)
{
    struct stream *stream = fd >= 0 ? stream_new(d->services.loop, fd, on_wake, d) : NULL;
    if (!d->asking || number != d->number || d->stream) {
        stream_free(stream);
        return;
    }
    d->stream = stream;
    if (!stream)
        d->refused = *why;
    timer_stop(d->timer);
    d->services.wake(d->services.arg);
}

static void no_answer(struct fail *fail)
{
    fail_set(fail, "ETIMEDOUT", "the resolvers gave no answer in time");
}

/* Another try, at the next resolver. False: that was the last, or there is none to ask, and fail stands. */
static bool try_again(struct live_dns *d, instant deadline, const struct fail *why,
                      struct fail *fail)
{
    bool none = strcmp(why->code, "ENOTSUP") == 0;
    if (none || loop_monotonic() >= deadline || ++d->try >= TRIES) {
        *fail = *why;
        if (!d->refused.code)
            no_answer(fail);
        live_dns_forget(d);
        return false;
    }
    open_socket(d);
    return true;
}

static bool send_query(struct live_dns *d, struct fail *fail)
{
    struct buf framed = buf_new(PREFIX + d->query.limit);
    if (d->tcp)
        buf_put_u16(&framed, (uint16_t)d->query.n);
    buf_put(&framed, buf_view(&d->query));
    d->sent = !framed.overflow && stream_write(d->stream, buf_view(&framed), fail) == STREAM_OK;
    buf_free(&framed);
    return d->sent;
}

/* The message among what was read; empty when it is not whole yet. */
static struct bytes message_of(const struct live_dns *d)
{
    struct bytes all = buf_view(&d->message);
    if (!d->tcp)
        return all;
    size_t size = all.n < PREFIX ? 0 : (size_t)all.p[0] << 8 | all.p[1];
    return all.n < PREFIX + size ? bytes_at(NULL, 0) : bytes_slice(all, PREFIX, PREFIX + size);
}

/* One piece: a datagram, or a part of the stream. False: more is to come. */
static bool take(struct live_dns *d, struct bytes got)
{
    if (!d->tcp)
        buf_clear(&d->message);
    buf_put(&d->message, got);
    struct bytes message = message_of(d);
    if (!dns_is_answer(buf_view(&d->query), message))
        return false;
    if (d->tcp || !dns_is_truncated(message))
        return true;
    d->tcp = true;
    open_socket(d);
    return false;
}

/* STREAM_OK: the answer is there. STREAM_AGAIN with no socket: another was asked for. */
static enum stream_state step(struct live_dns *d, instant deadline, struct fail *fail)
{
    struct bytes got;
    stream_deadline(d->stream, d->try_ends < deadline ? d->try_ends : deadline);
    enum stream_state state = stream_connected(d->stream, fail);
    if (state == STREAM_OK && !d->sent && !send_query(d, fail))
        return STREAM_FAILED;
    while (state == STREAM_OK) {
        state = stream_read(d->stream, &got, fail);
        if (state == STREAM_OK && take(d, got))
            return STREAM_OK;
        if (!d->stream)
            return STREAM_AGAIN;
    }
    return state;
}

static enum world_state wait_for_socket(struct live_dns *d, instant deadline)
{
    instant now = loop_monotonic();
    timer_start(d->timer, deadline > now ? deadline - now : 0);
    return WORLD_PENDING;
}

enum world_state live_dns_answered(struct live_dns *d, instant deadline, struct bytes *message,
                                   struct addr *from, struct fail *fail)
{
    if (!d->asking)
        return fail_set(fail, "EBADF", "nothing was asked"), WORLD_FAILED;
    for (;;) {
        struct fail why = d->refused;
        if (!why.code) /* nor may there be a socket, once it is too late for one */
            no_answer(&why);
        if (!d->stream && !d->refused.code && loop_monotonic() < deadline)
            return wait_for_socket(d, deadline);
        enum stream_state state = d->stream ? step(d, deadline, &why) : STREAM_FAILED;
        if (state == STREAM_OK) {
            *message = message_of(d);
            if (!stream_peer(d->stream, from))
                *from = (struct addr){0};
            d->asking = false;
            return WORLD_READY;
        }
        if (state == STREAM_AGAIN && d->stream)
            return WORLD_PENDING;
        if (state != STREAM_AGAIN && !try_again(d, deadline, &why, fail))
            return WORLD_FAILED;
    }
}
