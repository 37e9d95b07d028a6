#include "world/live_inside.h"

#include <stdlib.h>

static instant moment(const struct live *live)
{
    return loop_moment(live->services->loop);
}

static void wake_owed(void *arg)
{
    struct live *live = arg;
    if (!live->waiting)
        return;
    live->waiting = false;
    live->world.wake(live->world.owner);
}

static void on_stream(void *arg)
{
    struct live *live = arg;
    live->world.wake(live->world.owner);
}

/* Owes a wake at the deadline at the latest. */
static enum world_state wait_until(struct live *live, instant deadline, struct fail *fail)
{
    if (!live->timer)
        live->timer = timer_new(live->services->loop, wake_owed, live);
    if (!live->timer)
        return fail_set(fail, "ENOMEM", "out of memory for a timer"), WORLD_FAILED;
    instant now = loop_monotonic();
    timer_start(live->timer, deadline > now ? deadline - now : 0);
    live->waiting = true;
    return WORLD_PENDING;
}

static void wait_over(struct live *live)
{
    live->waiting = false;
    if (live->timer)
        timer_stop(live->timer);
}

static struct live_conn *find(struct live *live, unsigned number)
{
    for (unsigned i = 0; number != 0 && i < WORLD_CONNECTIONS; i++)
        if (live->conns[i] && live->conns[i]->number == number)
            return live->conns[i];
    return NULL;
}

static struct live_conn *find_open(struct live *live, unsigned number, struct fail *fail)
{
    struct live_conn *c = find(live, number);
    if (!c)
        fail_set(fail, "EBADF", "connection %u is closed", number);
    return c;
}

/* The same, where the connection must stand. */
static struct live_conn *find_standing(struct live *live, unsigned number, struct fail *fail)
{
    struct live_conn *c = find_open(live, number, fail);
    if (c && !(c->told && c->stream))
        fail_set(fail, "EBADF", "connection %u %s", number,
                 c->told ? "is the sink's" : "does not stand yet");
    return c && c->told && c->stream ? c : NULL;
}

static struct live_conn *take_slot(struct live *live, struct fail *fail)
{
    struct live_conn **slot = NULL;
    bool may = live->dials < world_dials_most(&live->world);
    for (unsigned i = 0; may && i < WORLD_CONNECTIONS && !slot; i++)
        slot = live->conns[i] ? NULL : &live->conns[i];
    if (slot && (*slot = malloc(sizeof **slot))) {
        **slot = (struct live_conn){.number = ++live->dials, .input = buf_new(WORLD_INPUT_LIMIT)};
        return *slot;
    }
    world_no_more_dials(&live->world, fail);
    return NULL;
}

static void release(struct live *live, struct live_conn *c)
{
    if (live->services->closed)
        live->services->closed(live->services->arg, live, c->number);
    for (unsigned i = 0; i < WORLD_CONNECTIONS; i++)
        if (live->conns[i] == c)
            live->conns[i] = NULL;
    stream_free(c->stream);
    buf_free(&c->input);
    free(c->refused);
    free(c);
}

enum world_state live_failed(struct live *live, unsigned conn, struct fail *fail)
{
    struct fail was = *fail;
    if (bytes_equal_text(bytes_of(was.code), "ETIMEDOUT") && moment(live) >= live->ends)
        fail_set(fail, "ETIME", "%s: the probe's own time is up", was.text);
    live_tape_fail(&live->tape, conn, fail);
    return WORLD_FAILED;
}

enum world_state live_given_up(struct live *live, unsigned conn, const char *over,
                               struct fail *fail)
{
    if (live->stopped)
        fail_set(fail, "ESTOPPED", "the run was stopped before an answer came");
    else
        fail_set(fail, "ETIMEDOUT", "%s", over);
    return live_failed(live, conn, fail);
}

enum world_state live_too_much(struct live *live, unsigned conn, struct fail *fail)
{
    fail_set(fail, "EPROTO", "the target said more than the tape of a probe can hold");
    return live_failed(live, conn, fail);
}

static bool may_wait(const struct live *live, instant deadline)
{
    return !live->stopped && moment(live) < deadline;
}

static bool live_open(struct world *w, const struct addr *to, enum world_way way, unsigned *conn,
                      struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = take_slot(live, fail);
    if (!c)
        return false;
    c->dialling = true;
    c->asked = moment(live);
    c->way = way;
    c->handed_over = w->handed_over;
    *conn = c->number;
    live_tape_open(&live->tape, c->number, to, world_way_text(way));
    live->services->dial(live->services->arg, live, c->number, to, way);
    return true;
}

static void end_queue(struct live *live, struct live_conn *c)
{
    span queued = moment(live) - c->asked;
    c->dialling = false;
    c->queued = queued < live->patience ? queued : live->patience;
    live->ends += c->queued;
}

void live_dialled(struct live *live, unsigned conn, int fd, const struct world_messages *messages,
                  const struct fail *why)
{
    struct live_conn *c = find(live, conn);
    struct stream *stream = fd >= 0 ? stream_new(live->services->loop, fd, on_stream, live) : NULL;
    if (!c || !c->dialling) {
        stream_free(stream); /* too late: nobody waits for it any more */
        return;
    }
    end_queue(live, c);
    c->stream = stream;
    c->messages = *messages;
    if (stream && c->way == WORLD_UDP)
        stream_datagrams(stream);
    if (!stream && (c->refused = malloc(sizeof *c->refused)))
        *c->refused = *why;
    wake_owed(live);
}

void live_visiting(struct live *live, unsigned conn)
{
    struct live_conn *c = find(live, conn);
    if (!c || !c->dialling || c->way != WORLD_VISIT)
        return;
    end_queue(live, c);
    c->visiting = true;
    wake_owed(live);
}

unsigned live_adopt(struct live *live, int fd)
{
    struct fail fail;
    struct stream *stream = stream_new(live->services->loop, fd, on_stream, live);
    struct live_conn *c = stream ? take_slot(live, &fail) : NULL;
    if (!c) {
        stream_free(stream);
        return 0;
    }
    c->stream = stream;
    c->told = true;
    return c->number;
}

struct stream *live_stream(struct live *live, unsigned conn)
{
    struct live_conn *c = find(live, conn);
    return c && c->told ? c->stream : NULL;
}

/* It stands. What was handed over on another connection since this one was asked for, the dialer may not have counted. */
static void stands(struct live *live, struct live_conn *c)
{
    unsigned since = live->world.handed_over - c->handed_over;
    c->told = true;
    if (c->messages.limited) {
        c->messages.left -= since < c->messages.left ? since : c->messages.left;
        live->world.messages = c->messages;
    }
    live_tape_opened(&live->tape, c->number, c->stream, &c->messages);
}

static enum world_state connected(struct live *live, struct live_conn *c, instant deadline,
                                  struct fail *fail)
{
    stream_deadline(c->stream, deadline);
    switch (stream_connected(c->stream, fail)) {
    case STREAM_AGAIN:
        return WORLD_PENDING;
    case STREAM_OK:
        stands(live, c);
        return WORLD_READY;
    default:
        if (c->number > 1)
            live_failed(live, c->number, fail);
        else /* a target that was never reached got all the time there was */
            live_tape_fail(&live->tape, c->number, fail);
        release(live, c);
        return WORLD_FAILED;
    }
}

/* The dialer did not come to it: beyond all patience that says nothing of the target. */
static void not_dialled(const struct live_conn *c, instant deadline, struct fail *fail)
{
    if (c->asked < deadline)
        fail_set(fail, "ENODIAL", "no connection in time: too many are being opened");
    else
        fail_set(fail, "ETIMEDOUT", "no time is left to open a connection");
}

static enum world_state live_opened(struct world *w, unsigned conn, instant deadline,
                                    struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = find_open(live, conn, fail);
    if (!c)
        return WORLD_FAILED;
    if (c->dialling && c->asked < deadline && may_wait(live, deadline + live->patience))
        return wait_until(live, deadline + live->patience, fail);
    wait_over(live);
    if (c->visiting && !live->stopped) {
        stands(live, c);
        return WORLD_READY;
    }
    if (c->stream && !live->stopped)
        return connected(live, c, deadline + c->queued, fail);
    if (c->refused)
        *fail = *c->refused;
    else
        not_dialled(c, deadline, fail);
    live->stopped ? live_given_up(live, conn, "", fail) : live_failed(live, conn, fail);
    release(live, c);
    return WORLD_FAILED;
}

static bool live_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = find_standing(live, conn, fail);
    if (!c)
        return false;
    live_tape_send(&live->tape, conn, what);
    /* A peer that is gone shows when we read: what it sent before it went is still to be had. */
    struct fail ignored;
    stream_write(c->stream, what, &ignored);
    return true;
}

/* Reads all that is there in one go. */
static enum world_state read_input(struct live *live, struct live_conn *c, struct fail *fail)
{
    struct bytes got;
    switch (stream_read(c->stream, &got, fail)) {
    case STREAM_AGAIN:
        return WORLD_PENDING;
    case STREAM_OK:
        if (!live_tape_recv(&live->tape, c->number, got))
            return live_too_much(live, c->number, fail);
        if (c->way == WORLD_UDP)
            buf_clear(&c->input);
        if (buf_put(&c->input, got))
            return WORLD_READY;
        fail_set(fail, "EPROTO", "the server sent over %d bytes where less was expected",
                 WORLD_INPUT_LIMIT);
        return live_failed(live, c->number, fail);
    case STREAM_END:
        live_tape_end(&live->tape, c->number);
        fail_set(fail, "EOF", "the server closed the connection");
        return WORLD_FAILED;
    default:
        return live_failed(live, c->number, fail);
    }
}

static enum world_state live_receive(struct world *w, unsigned conn, instant deadline,
                                     struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = find_standing(live, conn, fail);
    if (!c)
        return WORLD_FAILED;
    if (live->stopped)
        return live_given_up(live, conn, "", fail);
    stream_deadline(c->stream, deadline);
    return read_input(live, c, fail);
}

static bool live_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = find_standing(live, conn, fail);
    if (!c)
        return false;
    if (c->input.n > 0)
        return fail_set(fail, "EPROTO", "the server sent plain text ahead of the TLS handshake");
    if (!live->services->tls || c->way == WORLD_UDP)
        return fail_set(fail, "ENOTSUP", "there is no TLS in this world");
    live_tape_secure(&live->tape, conn, name);
    if (stream_secure(c->stream, live->services->tls, name, fail))
        return true;
    live_failed(live, conn, fail);
    return false;
}

static void live_offer(struct world *w, unsigned conn, struct bytes protocol)
{
    struct live_conn *c = find(live_of(w), conn);
    if (c && c->stream)
        stream_tls_offer(c->stream, protocol);
}

static enum world_state live_secured(struct world *w, unsigned conn, instant deadline,
                                     struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_conn *c = find_standing(live, conn, fail);
    if (!c)
        return WORLD_FAILED;
    if (live->stopped)
        return live_given_up(live, conn, "", fail);
    stream_deadline(c->stream, deadline);
    switch (stream_secured(c->stream, fail)) {
    case STREAM_AGAIN:
        return WORLD_PENDING;
    case STREAM_OK:
        return live_tape_secured(&live->tape, conn, c->stream) ? WORLD_READY
                                                               : live_too_much(live, conn, fail);
    default:
        return live_failed(live, conn, fail);
    }
}

static void live_close(struct world *w, unsigned conn)
{
    struct live *live = live_of(w);
    struct live_conn *c = find(live, conn);
    if (!c)
        return;
    live_tape_close(&live->tape, conn);
    release(live, c);
}

static enum world_state live_pause(struct world *w, instant deadline, struct fail *fail)
{
    struct live *live = live_of(w);
    if (may_wait(live, deadline))
        return wait_until(live, deadline, fail);
    wait_over(live);
    if (live->stopped)
        return live_given_up(live, 0, "", fail);
    live_tape_paused(&live->tape);
    return WORLD_READY;
}

void live_receipt(struct live *live, const struct receipt *receipt)
{
    kept_receipts_add(&live->receipts, receipt);
    wake_owed(live);
}

instant live_ends(const struct live *live)
{
    return live->ends;
}

void live_stop(struct live *live)
{
    live->stopped = true;
    if (live->world.wake)
        live->world.wake(live->world.owner);
}

void live_go_on(struct live *live)
{
    live->stopped = false;
}

static enum world_state live_await_receipt(struct world *w, const struct token *token,
                                           instant deadline, struct receipt *out, struct fail *fail)
{
    struct live *live = live_of(w);
    if (kept_receipts_take(&live->receipts, token, out)) {
        wait_over(live);
        live_tape_receipt(&live->tape, out);
        return WORLD_READY;
    }
    if (may_wait(live, deadline))
        return wait_until(live, deadline, fail);
    wait_over(live);
    return live_given_up(live, 0, "nothing came back to the sink in time", fail);
}

static bool live_token(struct world *w, struct token *out, struct fail *fail)
{
    struct live *live = live_of(w);
    if (!live->has_seed || live->tokens > UINT8_MAX)
        return fail_set(fail, "ELIMIT", "a probe may have 256 tokens");
    *out = token_make(&live->seed, (uint8_t)live->tokens++);
    live_tape_token(&live->tape, out);
    return true;
}

static bool live_now(struct world *w, instant *out, struct fail *fail)
{
    (void)fail;
    *out = loop_now();
    live_told_now(live_of(w), *out);
    return true;
}

void live_told_now(struct live *live, instant now)
{
    live_tape_now(&live->tape, now);
}

static void live_message(struct world *w, bool confirms)
{
    struct live *live = live_of(w);
    if (live->services->message)
        live->services->message(live->services->arg, live, confirms);
}

static void live_note(struct world *w, struct bytes text)
{
    live_tape_note(&live_of(w)->tape, text);
}

static instant live_deadline(struct world *w, span limit)
{
    const struct live *live = live_of(w);
    instant then = moment(live) + limit;
    return then < live->ends ? then : live->ends;
}

static struct buf *live_input(struct world *w, unsigned conn)
{
    struct live_conn *c = find(live_of(w), conn);
    return c ? &c->input : NULL;
}

static unsigned live_line(struct world *w)
{
    return live_of(w)->tape.lines;
}

static const struct world_ops ops = {
    .open = live_open,
    .opened = live_opened,
    .send = live_send,
    .receive = live_receive,
    .secure = live_secure,
    .offer = live_offer,
    .secured = live_secured,
    .close = live_close,
    .pause = live_pause,
    .receipt = live_await_receipt,
    .token = live_token,
    .now = live_now,
    .ask = live_ask,
    .answered = live_answered,
    .message = live_message,
    .note = live_note,
    .deadline = live_deadline,
    .input = live_input,
    .line = live_line,
};

struct live *live_new(const struct live_services *services, const struct live_options *options,
                      void (*wake)(void *owner), void *owner, struct fail *fail)
{
    struct live *live = calloc(1, sizeof *live);
    if (!live) {
        fail_set(fail, "ENOMEM", "out of memory for a probe");
        return NULL;
    }
    live->world = (struct world){.ops = &ops, .wake = wake, .owner = owner};
    live->services = services;
    live->ends = moment(live) + options->limit;
    live->patience = options->patience;
    if (options->seed) {
        live->seed = *options->seed;
        live->has_seed = true;
    }
    live_tape_start(&live->tape, services->loop, options->taped);
    live->tape.watch = options->watch;
    live->tape.watcher = owner;
    return live;
}

void live_free(struct live *live)
{
    if (!live)
        return;
    for (unsigned i = 0; i < WORLD_CONNECTIONS; i++)
        if (live->conns[i])
            release(live, live->conns[i]);
    kept_receipts_free(&live->receipts);
    live_dns_free(live->dns);
    timer_free(live->timer);
    live_tape_free(&live->tape);
    free(live);
}

struct world *live_world(struct live *live)
{
    return &live->world;
}

void live_verdict(struct live *live, struct bytes verdict, struct bytes reason, struct bytes steps)
{
    live_tape_verdict(&live->tape, verdict, reason, steps);
}

bool live_records(const struct live *live, struct buf *out)
{
    return live_tape_lines(&live->tape, out);
}

span live_took(const struct live *live)
{
    return live->tape.ended;
}
