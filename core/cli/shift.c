#include "cli/shift.h"

#include "cli/probe_run.h"
#include "net/channel.h"
#include "run/task_ipc.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A task that waits. Texts are its own. */
struct waiting {
    struct run_item item;
    struct waiting *next;
};

struct at_work {
    const struct shift *shift;
    const struct scripts *scripts;
    struct scope *scope;
    struct channel *channel; /* NULL: the ledger is gone */
    struct waiting *first;
    struct waiting **end;
    bool over;          /* there are no more */
    unsigned long late; /* cases that wait for late mail, as the ledger was told */
    struct buf out;
};

static char *text_of(struct bytes text)
{
    return text.n > 0 ? strndup((const char *)text.p, text.n) : NULL;
}

static bool take_task(struct at_work *w, struct ipc_reader *r)
{
    struct task t = task_read(r);
    struct waiting *waiting = calloc(1, sizeof *waiting);
    if (!waiting || !ipc_end(r) || t.probe >= w->scripts->count) {
        free(waiting);
        return false;
    }
    waiting->item = (struct run_item){.target = t.target,
                                      .name = text_of(t.name),
                                      .source = text_of(t.source),
                                      .probe = t.probe,
                                      .number = t.number};
    *w->end = waiting;
    w->end = &waiting->next;
    return true;
}

/* They hold from the next connection on. */
static bool take_optouts(struct at_work *w, struct ipc_reader *r)
{
    struct fail fail;
    struct bytes lines = ipc_bytes(r);
    return ipc_end(r) && scope_add_optouts(w->scope, lines, "opt-outs", &fail);
}

/* The ledger is our own program: what it says amiss, or not at all, ends the work. */
static void stop(struct at_work *w)
{
    w->over = true;
    raise(SIGTERM);
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct at_work *w = arg;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    bool ok = false;
    (void)fd;
    if (type == IPC_TASK)
        ok = take_task(w, &r);
    else if (type == IPC_OPTOUTS)
        ok = take_optouts(w, &r);
    else if (type == IPC_TASKS_OVER)
        w->over = ok = ipc_end(&r);
    if (!ok)
        stop(w);
}

static void on_end(void *arg, const char *why)
{
    struct at_work *w = arg;
    (void)why;
    channel_free(w->channel);
    w->channel = NULL;
    stop(w);
}

static bool begin(void *arg, struct loop *loop, const struct probe_prepared *prepared,
                  struct fail *fail)
{
    struct at_work *w = arg;
    w->scripts = &prepared->scripts;
    w->scope = prepared->scope;
    w->channel = channel_new(loop, w->shift->channel, false, on_frame, on_end, w);
    return w->channel || fail_set(fail, "ENOMEM", "out of memory");
}

/* The channel goes with the loop that it is in: what it holds is sent first. */
static void end(void *arg)
{
    struct at_work *w = arg;
    if (w->channel)
        channel_drain(w->channel, 10 * SPAN_SECOND);
    channel_free(w->channel);
    w->channel = NULL;
}

/* Also where what was done in this round goes out. */
static enum run_step next(void *arg, struct run_item *out)
{
    struct at_work *w = arg;
    struct waiting *first = w->first;
    if (w->channel)
        channel_flush(w->channel);
    if (w->over || !first)
        return w->over ? RUN_NO_MORE : RUN_LATER;
    *out = first->item;
    w->first = first->next;
    w->end = w->first ? w->end : &w->first;
    free(first);
    return RUN_ITEM;
}

static void result(void *arg, const struct run_result *done)
{
    struct at_work *w = arg;
    if (!w->channel)
        return;
    task_put_done(&w->out, done);
    if (!channel_send(w->channel, buf_view(&w->out), -1))
        stop(w);
}

/* Cases that wait for late mail are kept until the run ends (run/late.h): the ledger is not to wait for them. */
static void tick(void *arg, const struct run_counts *counts)
{
    struct at_work *w = arg;
    if (!w->channel || counts->held == w->late)
        return;
    w->late = counts->held;
    ipc_begin(&w->out, IPC_TASKS_LATE);
    ipc_put_u64(&w->out, w->late);
    if (!channel_send(w->channel, buf_view(&w->out), -1))
        stop(w);
    channel_flush(w->channel);
}

int shift_work(const struct shift *shift)
{
    struct at_work w = {.shift = shift, .out = buf_new(CHANNEL_FRAME)};
    struct probe_feed feed = {begin, end, next, result, tick, shift->total, &w};
    w.end = &w.first;
    int status = probe_run(shift->options, &feed, NULL);
    while (w.first) {
        struct waiting *next_one = w.first->next;
        free(w.first->item.name);
        free(w.first->item.source);
        free(w.first);
        w.first = next_one;
    }
    buf_free(&w.out);
    return status;
}
