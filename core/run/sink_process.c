/* The sink: receives what comes back, and can do nothing else. */
#include "run/confine.h"
#include "run/ipc.h"
#include "run/process.h"
#include "run/settings.h"

#include "net/channel.h"
#include "sink/sink.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_LIMIT = CHANNEL_FRAME };

struct sink_process {
    struct loop *loop;
    struct channel *channel;
    struct settings *settings;
    struct sink *sink;
    bool has_datagrams[WAYS_PORTS]; /* which UDP sockets the supervisor could open */
    struct buf out;
    int status;
};

static void stop(struct sink_process *p, const char *why)
{
    p->status = 1;
    ipc_begin(&p->out, IPC_STOPS);
    ipc_put_bytes(&p->out, bytes_of(why));
    if (channel_send(p->channel, buf_view(&p->out), -1))
        channel_flush(p->channel);
    loop_stop(p->loop);
}

static void on_receipt(void *arg, const struct receipt *receipt, struct bytes raw)
{
    struct sink_process *p = arg;
    ipc_begin(&p->out, IPC_RECEIPT);
    ipc_put_receipt(&p->out, receipt);
    ipc_put_bytes(&p->out, raw);
    if (p->out.overflow || !channel_send(p->channel, buf_view(&p->out), -1))
        stop(p, "the supervisor takes no more messages");
    channel_flush(p->channel);
}

/* One for each probe that may be waiting, and no fewer than usual: who waits must not be displaced. */
static unsigned connections(const struct settings *s)
{
    return s->in_flight > SINK_CONNECTIONS ? s->in_flight : SINK_CONNECTIONS;
}

/* On its other ports. */
static bool listen_on(const struct sink_process *p, struct fail *fail)
{
    for (unsigned i = 1; i < p->settings->ways.port_count; i++)
        if (!sink_listen(p->sink, PROCESS_SECOND + (int)i, fail))
            return false;
    return true;
}

static bool hear_datagrams(const struct sink_process *p, struct fail *fail)
{
    for (unsigned i = 0; i < WAYS_PORTS; i++)
        if (p->has_datagrams[i] && !sink_take_datagrams(p->sink, PROCESS_DATAGRAMS + (int)i, fail))
            return false;
    return true;
}

static bool set_up(struct sink_process *p, struct bytes frame, struct fail *fail)
{
    char missing[64];
    char domain[256];
    p->settings = settings_get(frame);
    if (!p->settings)
        return fail_set(fail, "EPROTO", "broken settings");
    struct bytes name = p->settings->mail_domain;
    snprintf(domain, sizeof domain, "%.*s", (int)name.n, (const char *)name.p);
    struct sink_options options = {
        .domain = domain, .at = p->settings->sink, .connections = connections(p->settings)};
    memcpy(options.run_key, p->settings->run_key, TOKEN_KEY);
    hash_start();
    p->sink = sink_new(p->loop, PROCESS_SECOND, &options, on_receipt, p, fail);
    if (!p->sink || !listen_on(p, fail) || !hear_datagrams(p, fail) || !confine_streams(fail) ||
        !confine(CONFINE_SINK, missing, fail))
        return false;
    ipc_begin(&p->out, IPC_READY);
    ipc_put_bytes(&p->out, bytes_of(missing));
    channel_send(p->channel, buf_view(&p->out), -1);
    channel_flush(p->channel);
    return true;
}

/* The supervisor has connected to a target that waits for us there. */
static void on_visit(struct sink_process *p, struct ipc_reader *r, int fd)
{
    struct addr to = ipc_addr(r);
    if (!ipc_end(r) || fd < 0)
        stop(p, "a broken visit");
    else
        sink_visit(p->sink, fd, &to);
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct sink_process *p = arg;
    struct fail fail;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    if (type == IPC_VISIT && p->sink) {
        on_visit(p, &r, fd);
        return;
    }
    if (type != IPC_SETTINGS || p->settings)
        stop(p, "a message that is not for the sink");
    else if (!set_up(p, payload, &fail))
        stop(p, fail.text);
}

static void on_end(void *arg, const char *why)
{
    struct sink_process *p = arg;
    (void)why;
    loop_stop(p->loop);
}

int process_sink(void)
{
    struct fail fail;
    struct sink_process p = {.out = buf_new(MESSAGE_LIMIT)};
    for (int i = 0; i < WAYS_PORTS; i++)
        p.has_datagrams[i] = fcntl(PROCESS_DATAGRAMS + i, F_GETFD) >= 0;
    bool ok = confine_descriptors(PROCESS_END - 1, &fail) && (p.loop = loop_new(&fail)) != NULL;
    p.channel = ok ? channel_new(p.loop, PROCESS_CHANNEL, true, on_frame, on_end, &p) : NULL;
    if (!p.channel) {
        fprintf(stderr, "ajar: the sink can't start: %s\n", ok ? "out of memory" : fail.text);
        return 1;
    }
    loop_run(p.loop);
    return p.status;
}
