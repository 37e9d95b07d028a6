#include "sink/sink.h"

#include "net/datagram.h"
#include "net/dial.h"
#include "net/stream.h"
#include "sink/counts.h"
#include "sink/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINGER_BYTES = 1024 * 1024 };

struct client {
    struct sink *sink;
    struct client *older, *newer;
    struct stream *stream;
    struct session *session;
    struct addr peer;
    instant began;
    bool connecting; /* a visit that does not stand yet */
    bool leaving;    /* has its answer: what it still says is read and dropped, until it closes */
    size_t dropped;
};

/* One of the ports that it listens on. */
struct door {
    struct sink *sink;
    struct listener *listener;
    uint16_t port;
};

/* A UDP socket, from which its own questions are answered. */
struct ear {
    struct sink *sink;
    struct datagrams *socket;
    uint16_t port;
};

struct sink {
    struct loop *loop;
    struct door doors[WAYS_PORTS];
    unsigned door_count;
    struct ear ears[WAYS_PORTS];
    unsigned ear_count;
    struct sink_options options;
    struct session_rules rules;
    struct counts counts;
    char *domain;
    sink_receipt on_receipt;
    void *arg;
    struct client *oldest, *newest;
    unsigned connections;
};

static bool admit(void *arg, const struct token *token)
{
    struct sink *sink = arg;
    return counts_add(&sink->counts, token, SINK_TIMES);
}

static void hand_on(void *arg, const struct receipt *receipt, struct bytes raw)
{
    struct sink *sink = arg;
    sink->on_receipt(sink->arg, receipt, raw);
}

static void link_client(struct sink *sink, struct client *c)
{
    c->older = sink->newest;
    if (c->older)
        c->older->newer = c;
    else
        sink->oldest = c;
    sink->newest = c;
    sink->connections++;
}

static void unlink_client(struct sink *sink, struct client *c)
{
    *(c->older ? &c->older->newer : &sink->oldest) = c->newer;
    *(c->newer ? &c->newer->older : &sink->newest) = c->older;
    sink->connections--;
}

/* Who has its answer is the first to be displaced. */
static void move_to_front(struct sink *sink, struct client *c)
{
    if (sink->oldest == c)
        return;
    unlink_client(sink, c);
    c->older = NULL;
    c->newer = sink->oldest;
    c->newer->older = c;
    sink->oldest = c;
    sink->connections++;
}

static void drop(struct client *c)
{
    unlink_client(c->sink, c);
    stream_free(c->stream);
    session_free(c->session);
    free(c);
}

static void set_deadline(struct client *c, span wait)
{
    instant end = c->began + c->sink->options.total;
    instant next = loop_monotonic() + wait;
    stream_deadline(c->stream, next < end ? next : end);
}

/* Sends what the session has to say; closes our half behind its last word. */
static bool say(struct client *c)
{
    struct fail fail;
    struct buf *out = session_output(c->session);
    enum stream_state state = stream_write(c->stream, buf_view(out), &fail);
    buf_clear(out);
    if (state != STREAM_OK)
        return false;
    if (session_over(c->session) && !c->leaving) {
        c->leaving = true;
        move_to_front(c->sink, c);
        stream_finish(c->stream);
    }
    return true;
}

/* The client was waited for in vain. False: it is to be dropped. */
static bool on_silence(struct client *c)
{
    bool at_end = loop_monotonic() >= c->began + c->sink->options.total;
    if (c->leaving)
        return false;
    if (session_is_silent(c->session) && !at_end)
        session_greet(c->session);
    else
        session_expire(c->session);
    return say(c);
}

static bool take(struct client *c, struct bytes got)
{
    if (c->leaving) {
        c->dropped += got.n;
        return c->dropped <= LINGER_BYTES;
    }
    session_feed(c->session, got, loop_now());
    return say(c);
}

static span patience(const struct client *c)
{
    if (c->leaving)
        return SINK_LINGER;
    return session_is_silent(c->session) ? c->sink->options.silence : c->sink->options.idle;
}

/* Goes on until the client has nothing more to say now. False: it is to be dropped. */
static bool serve(struct client *c)
{
    for (;;) {
        struct fail fail = {0};
        struct bytes got;
        bool go_on = false;
        enum stream_state state = stream_read(c->stream, &got, &fail);
        if (state == STREAM_AGAIN)
            return true;
        if (state == STREAM_OK)
            go_on = take(c, got);
        else if (state == STREAM_FAILED && strcmp(fail.code, "ETIMEDOUT") == 0)
            go_on = on_silence(c);
        if (!go_on)
            return false;
        set_deadline(c, patience(c));
    }
}

/* Whether the connection stands; `over`: it never will. */
static bool stands(struct client *c, bool *over)
{
    struct fail ignored;
    enum stream_state state = c->connecting ? stream_connected(c->stream, &ignored) : STREAM_OK;
    *over = state != STREAM_OK && state != STREAM_AGAIN;
    if (state == STREAM_OK && c->connecting) {
        c->connecting = false;
        set_deadline(c, patience(c));
    }
    return state == STREAM_OK;
}

static void on_wake(void *owner)
{
    struct client *c = owner;
    bool over = false;
    if (stands(c, &over))
        over = !serve(c);
    if (over)
        drop(c);
}

/* Who makes room for a new client: when its own address has over a quarter of all places, the oldest of
 * its own, so that a flood displaces itself; else the oldest of all. */
static struct client *least_deserving(struct sink *sink, const struct addr *peer)
{
    struct client *own = NULL;
    unsigned count = 0;
    for (struct client *c = sink->oldest; c; c = c->newer)
        if (addr_equal_ip(&c->peer, peer)) {
            own = own ? own : c;
            count++;
        }
    return count > sink->connections / 4 ? own : sink->oldest;
}

/* `door`: where it came in; NULL: we go to the peer, and are connecting. */
static void admit_client(struct sink *sink, int fd, const struct addr *peer,
                         const struct door *door)
{
    struct client *c = calloc(1, sizeof *c);
    if (!c) {
        close(fd);
        return;
    }
    if (sink->connections >= sink->options.connections)
        drop(least_deserving(sink, peer));
    c->sink = sink;
    c->peer = *peer;
    c->connecting = door == NULL;
    c->began = loop_monotonic();
    link_client(sink, c);
    c->session = session_new(&sink->rules, peer, door ? door->port : 0);
    c->stream = stream_new(sink->loop, fd, on_wake, c);
    if (!c->session || !c->stream) {
        drop(c);
        return;
    }
    set_deadline(c, c->connecting ? sink->options.idle : sink->options.silence);
    on_wake(c);
}

static void on_accept(void *arg, int fd, const struct addr *peer)
{
    const struct door *door = arg;
    admit_client(door->sink, fd, peer, door);
}

void sink_visit(struct sink *sink, int fd, const struct addr *peer)
{
    admit_client(sink, fd, peer, NULL);
}

static void fill_in(struct sink *sink)
{
    struct sink_options *o = &sink->options;
    o->domain = sink->domain;
    o->connections = o->connections > 0 ? o->connections : SINK_CONNECTIONS;
    o->silence = o->silence > 0 ? o->silence : SINK_SILENCE;
    o->idle = o->idle > 0 ? o->idle : SINK_IDLE;
    o->total = o->total > 0 ? o->total : SINK_TOTAL;
    sink->rules = (struct session_rules){
        .domain = sink->domain, .at = o->at, .admit = admit, .on_receipt = hand_on, .arg = sink};
    memcpy(sink->rules.run_key, o->run_key, TOKEN_KEY);
}

static bool out_of_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "the sink can't start: no memory left");
}

bool sink_listen(struct sink *sink, int listen_fd, struct fail *fail)
{
    struct door *door = &sink->doors[sink->door_count];
    if (sink->door_count == WAYS_PORTS) {
        close(listen_fd);
        return fail_set(fail, "ELIMIT", "the sink can't start: over %d ports", WAYS_PORTS);
    }
    *door = (struct door){.sink = sink, .port = listen_port(listen_fd)};
    door->listener = listener_new(sink->loop, listen_fd, on_accept, door);
    sink->door_count += door->listener != NULL;
    return door->listener || out_of_memory(fail);
}

struct sink *sink_new(struct loop *loop, int listen_fd, const struct sink_options *options,
                      sink_receipt on_receipt, void *arg, struct fail *fail)
{
    struct sink *sink = calloc(1, sizeof *sink);
    if (!sink || !(sink->domain = strdup(options->domain))) {
        close(listen_fd);
        out_of_memory(fail);
    } else {
        sink->loop = loop;
        sink->options = *options;
        sink->on_receipt = on_receipt;
        sink->arg = arg;
        fill_in(sink);
        if (sink_listen(sink, listen_fd, fail))
            return sink;
    }
    sink_free(sink);
    return NULL;
}

void sink_free(struct sink *sink)
{
    if (!sink)
        return;
    for (unsigned i = 0; i < sink->door_count; i++)
        listener_free(sink->doors[i].listener);
    for (unsigned i = 0; i < sink->ear_count; i++)
        datagrams_free(sink->ears[i].socket);
    for (struct client *c = sink->oldest, *next; c; c = next) {
        next = c->newer;
        drop(c);
    }
    counts_free(&sink->counts);
    free(sink->domain);
    free(sink);
}

static void on_datagram(void *arg, const struct addr *from, struct bytes got)
{
    const struct ear *ear = arg;
    struct buf out = buf_new(DATAGRAM_MOST);
    if (session_answer_datagram(&ear->sink->rules, from, ear->port, got, loop_now(), &out))
        datagrams_send(ear->socket, from, buf_view(&out));
    buf_free(&out);
}

bool sink_take_datagrams(struct sink *sink, int fd, struct fail *fail)
{
    struct ear *ear = &sink->ears[sink->ear_count];
    if (sink->ear_count == WAYS_PORTS) {
        close(fd);
        return fail_set(fail, "ELIMIT", "the sink can't start: over %d ports", WAYS_PORTS);
    }
    *ear = (struct ear){.sink = sink, .port = listen_port(fd)};
    ear->socket = datagrams_new(sink->loop, fd, on_datagram, ear);
    sink->ear_count += ear->socket != NULL;
    return ear->socket || out_of_memory(fail);
}

unsigned sink_connections(const struct sink *sink)
{
    return sink->connections;
}
