/* The worker: Lua and the protocol parsers, with no power but over the sockets it is handed. */
#include "run/worker.h"

#include "run/cell_ipc.h"
#include "run/confine.h"
#include "run/process.h"
#include "run/told.h"

#include "net/stream.h"
#include "tape/print.h"
#include "tape/record.h"
#include "tape/steps.h"
#include "tape/tape_head.h"
#include "tape/tape_reader.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRACE_TEXT = 4096 /* bytes shown of one record */ };
enum { MESSAGE_LIMIT = CHANNEL_FRAME, QUEUE_HIGH = CHANNEL_QUEUE / 8 };

void worker_stop(struct worker *w, const char *why)
{
    pulse_say(w->pulse, why);
    w->status = 1;
    loop_stop(w->loop);
}

/* A supervisor that is slower than we are sets the pace: we stand still until it has caught up. */
void worker_send(struct worker *w)
{
    if (channel_queued(w->channel) > QUEUE_HIGH)
        channel_drain(w->channel, SPAN_SECOND);
    if (w->out.overflow || !channel_send(w->channel, buf_view(&w->out), -1))
        worker_stop(w, "the supervisor takes no more messages");
}

static void job_free(struct job *job)
{
    if (job->run)
        homes_leave(job);
    if (job->desk)
        far_desk_free(job->desk);
    free(job->desk);
    print_live_free(job->trace);
    live_free(job->live);
    free(job);
}

/* Head and records as one field. */
static void put_tape(struct buf *out, const struct job *job)
{
    struct tape_head head = job->worker->heads[job->script];
    head.target = job->facts.target;
    head.name = job->facts.target_name;
    head.started = job->started;
    size_t at = ipc_begin_bytes(out);
    tape_head_put(out, &head);
    live_records(job->live, out);
    ipc_end_bytes(out, at);
}

void worker_drop(struct job *job)
{
    struct worker *w = job->worker;
    slots_remove(&w->jobs, job->id);
    job->next = w->ended;
    w->ended = job;
}

void worker_conclude(struct job *job, const struct conclusion *c)
{
    struct worker *w = job->worker;
    struct buf steps = buf_new(RECORD_LINE_LIMIT / 4);
    steps_json(c->steps, &steps);
    live_verdict(job->live, bytes_of(verdict_name(c->verdict)), c->reason, buf_view(&steps));
    buf_free(&steps);
    ipc_begin(&w->out, IPC_DONE);
    ipc_put_u64(&w->out, job->id);
    ipc_put_conclusion(&w->out, c);
    ipc_put_u64(&w->out, (uint64_t)job->started);
    ipc_put_u64(&w->out, (uint64_t)live_took(job->live));
    put_tape(&w->out, job);
    worker_send(w);
    worker_drop(job);
}

static void on_conclusion(void *arg, const struct conclusion *c)
{
    worker_conclude(arg, c);
}

/* A row of a dialogue that is watched. What it says of the target is shown, never read. */
static void on_row(void *arg, const struct print_cells *row)
{
    struct job *job = arg;
    struct buf *out = &job->worker->rows;
    ipc_begin(out, IPC_TRACE);
    ipc_put_u64(out, job->id);
    ipc_put_u32(out, job->run ? probe_run_line(job->run) : job->script_line);
    ipc_put_u32(out, row->line);
    ipc_put_u64(out, (uint64_t)row->t);
    ipc_put_u32(out, row->c);
    ipc_put_u8(out, row->further);
    ipc_put_u8(out, (uint8_t)row->of);
    ipc_put_bytes(out, bytes_slice(row->text, 0, TRACE_TEXT));
    if (!channel_send(job->worker->channel, buf_view(out), -1))
        worker_stop(job->worker, "the supervisor takes no more messages");
}

static void on_record(void *owner, unsigned line, const struct record *r)
{
    struct job *job = owner;
    if (job->trace)
        print_live_record(job->trace, line, r);
}

/* Lua runs only between these two marks on the pulse. */
static void job_wake(void *arg)
{
    struct job *job = arg;
    atomic_store_explicit(&job->worker->pulse->job, job->id, memory_order_relaxed);
    if (job->run)
        probe_run_wake(job->run);
    else
        cells_wake(job);
    pulse_count(&job->worker->pulse->wakes);
    atomic_store_explicit(&job->worker->pulse->job, 0, memory_order_relaxed);
}

static void job_start(struct job *job)
{
    atomic_store_explicit(&job->worker->pulse->job, job->id, memory_order_relaxed);
    probe_run_start(job->run);
    atomic_store_explicit(&job->worker->pulse->job, 0, memory_order_relaxed);
}

static struct tape_head head_of(const struct run_facts *run, const char *pack)
{
    struct buf tail = buf_new(TAPE_HEAD_LIMIT);
    struct tape_head head = {
        .probe = run->probe,
        .pack = bytes_of(pack),
        .sink = run->sink,
        .ways = run->ways,
        .mail_domain = run->mail_domain,
        .sender_domain = run->sender_domain,
        .helo = run->helo,
        .authority = run->authority,
        .contact = run->contact,
        .info = run->info,
        .wait = run->wait,
        .args = run->args,
    };
    if (tape_head_tail(&tail, &head))
        head.tail = buf_view(&tail); /* for as long as the worker lives */
    else
        buf_free(&tail);
    return head;
}

static bool facts_put(struct worker *w)
{
    const struct settings *s = w->settings;
    w->facts = calloc(s->script_count + 1, sizeof *w->facts);
    w->heads = calloc(s->script_count + 1, sizeof *w->heads);
    if (!w->facts || !w->heads)
        return false;
    for (size_t i = 0; i < s->script_count; i++) {
        w->facts[i] = told_script(s, i, bytes_of(s->ids[i]));
        w->heads[i] = head_of(&w->facts[i], s->scripts[i].pack);
    }
    return true;
}

/* With a copy of the name, as the frame it came in is lent. */
static struct job *job_new(struct worker *w, uint64_t id, struct bytes name)
{
    struct job *job = malloc(sizeof *job + name.n);
    if (!job)
        return NULL;
    *job = (struct job){.id = id, .worker = w, .started = loop_now()};
    for (size_t i = 0; i < name.n; i++)
        job->name[i] = name.p[i];
    job->facts.target_name = bytes_at(job->name, name.n);
    return job;
}

/* The whole probe's: the run's, or less where its pack says so. */
static span time_of(const struct settings *s, unsigned script)
{
    span own = (span)s->scripts[script].limits.seconds * SPAN_SECOND;
    return own > 0 && own < s->limit ? own : s->limit;
}

/* Builds the job's world and, where its script runs here, its run; false when there is no memory for it. */
static bool job_build(struct job *job, const struct token_seed *seed, struct fail *fail)
{
    struct worker *w = job->worker;
    const struct place *place = &w->places[job->script];
    struct live_options options = {.taped = true,
                                   .seed = seed,
                                   .limit = time_of(w->settings, job->script),
                                   .patience = 3600 * SPAN_SECOND,
                                   .watch = w->settings->watched ? on_record : NULL};
    struct print_options rows = {.cells = on_row, .arg = job, .most = TRACE_TEXT};
    job->trace = w->settings->watched ? print_live_new(&rows) : NULL;
    job->live = live_new(&w->services, &options, job_wake, job, fail);
    if (job->live)
        live_world(job->live)->dials_most = w->settings->scripts[job->script].limits.connections;
    if (job->live && place->home)
        homes_enter(job, on_conclusion, fail);
    return job->live && (job->run || place->cell);
}

static void on_job(struct worker *w, struct ipc_reader *r)
{
    struct fail fail;
    struct ipc_job told = ipc_job(r);
    struct job *job = job_new(w, told.id, told.name);
    if (!ipc_end(r) || !job || told.probe >= w->settings->script_count ||
        !slots_put(&w->jobs, told.id, job)) {
        free(job);
        worker_stop(w, "a job could not be taken");
        return;
    }
    job->script = told.probe;
    job->last = told.last;
    job->cell = w->places[told.probe].cell;
    job->facts.run = &w->facts[told.probe];
    job->facts.target = told.target;
    bool ok = job_build(job, &told.seed, &fail);
    if (ok && job->run)
        job_start(job);
    else if (job->live && homes_is_guest(job))
        worker_conclude(job,
                        &(struct conclusion){.verdict = VERDICT_ERROR,
                                             .reason = bytes_of("not enough memory: what "
                                                                "else runs of its pack has it")});
    else if (!ok || !cells_start(job, &told.seed))
        worker_stop(w, "out of memory");
}

static void on_dial(void *arg, struct live *live, unsigned conn, const struct addr *to,
                    enum world_way way)
{
    struct worker *w = arg;
    struct job *job = live_world(live)->owner;
    ipc_begin(&w->out, IPC_DIAL);
    ipc_put_u64(&w->out, job->id);
    ipc_put_u32(&w->out, conn);
    ipc_put_addr(&w->out, to);
    ipc_put_u8(&w->out, (uint8_t)way);
    worker_send(w);
}

static void on_closed(void *arg, struct live *live, unsigned conn)
{
    struct worker *w = arg;
    struct job *job = live_world(live)->owner;
    if (!slots_find(&w->jobs, job->id))
        return; /* its IPC_DONE has said it already */
    ipc_begin(&w->out, IPC_CLOSED);
    ipc_put_u64(&w->out, job->id);
    ipc_put_u32(&w->out, conn);
    ipc_put_u8(&w->out, live_stream(live, conn) != NULL);
    worker_send(w);
}

static void on_message(void *arg, struct live *live, bool confirms)
{
    struct worker *w = arg;
    struct job *job = live_world(live)->owner;
    ipc_begin(&w->out, IPC_MESSAGE);
    ipc_put_u64(&w->out, job->id);
    ipc_put_u8(&w->out, confirms);
    worker_send(w);
}

static void on_resolver(void *arg, struct live *live, unsigned number, unsigned try, bool tcp)
{
    struct worker *w = arg;
    struct job *job = live_world(live)->owner;
    ipc_begin(&w->out, IPC_RESOLVER);
    ipc_put_u64(&w->out, job->id);
    ipc_put_u32(&w->out, number);
    ipc_put_u32(&w->out, try);
    ipc_put_u8(&w->out, tcp);
    worker_send(w);
}

/* A socket, to the target or to a resolver. */
static void on_dialled(struct worker *w, struct ipc_reader *r, int fd, bool resolver)
{
    struct job *job = slots_find(&w->jobs, ipc_u64(r));
    unsigned number = ipc_u32(r);
    struct fail fail = {0};
    struct world_messages messages = {0};
    if (!resolver)
        messages = ipc_messages(r);
    if (fd < 0)
        fail = ipc_fail(r);
    if (!ipc_end(r))
        worker_stop(w, "a broken answer to a dial");
    else if (job && resolver)
        live_resolver(job->live, number, fd, &fail);
    else if (job)
        live_dialled(job->live, number, fd, &messages, &fail);
    if (fd >= 0 && (r->bad || !job))
        stream_free(stream_new(w->loop, fd, NULL, NULL)); /* closes it */
}

/* The sink has the socket that was asked for. */
static void on_visiting(struct worker *w, struct ipc_reader *r)
{
    struct job *job = slots_find(&w->jobs, ipc_u64(r));
    unsigned number = ipc_u32(r);
    if (!ipc_end(r))
        worker_stop(w, "a broken answer to a visit");
    else if (job)
        live_visiting(job->live, number);
}

static void on_receipt(struct worker *w, struct ipc_reader *r)
{
    struct job *job = slots_find(&w->jobs, ipc_u64(r));
    struct receipt receipt = ipc_receipt(r);
    if (!ipc_end(r))
        worker_stop(w, "a broken receipt");
    else if (job)
        live_receipt(job->live, &receipt);
}

/* The operator stops the run: every job in flight comes to its end now. */
static void on_stop(struct worker *w)
{
    for (size_t i = 0; i < w->jobs.count; i++) {
        struct job *job = w->jobs.list[i].what;
        if (job)
            live_stop(job->live);
    }
}

/* The settings: gives up all rights, then loads the scripts, of which some may be a trusted stranger's, then says so. */
static bool set_up(struct worker *w, struct bytes frame, struct fail *fail)
{
    char missing[64];
    w->settings = settings_get(frame);
    if (!w->settings)
        return fail_set(fail, "EPROTO", "broken settings");
    hash_start();
    tape_reader_start(); /* arguments are JSON too */
    if (!(w->services.tls = stream_tls_client(fail)) || !confine_streams(fail) ||
        !confine(CONFINE_WORKER, missing, fail))
        return false;
    if (!facts_put(w) || !cells_set_up(w))
        return fail_set(fail, "ENOMEM", "out of memory");
    if (!homes_load(w, fail))
        return false;
    ipc_begin(&w->out, IPC_READY);
    ipc_put_bytes(&w->out, bytes_of(missing));
    worker_send(w);
    return true;
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct worker *w = arg;
    struct fail fail;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    if (type == IPC_SETTINGS && !w->settings) {
        if (!set_up(w, payload, &fail))
            worker_stop(w, fail.text);
    } else if (type == IPC_JOB && w->settings) {
        on_job(w, &r);
    } else if ((type == IPC_DIALLED || type == IPC_RESOLVED) && w->settings) {
        on_dialled(w, &r, fd, type == IPC_RESOLVED);
    } else if (type == IPC_VISITING && w->settings) {
        on_visiting(w, &r);
    } else if (type == IPC_RECEIPT && w->settings) {
        on_receipt(w, &r);
    } else if (type == IPC_CELL && w->settings) {
        if (!cells_news(w, &r, fd))
            worker_stop(w, "a broken message about a cell");
    } else if ((type == IPC_LINE || type == IPC_BREAK) && w->settings) {
        if (!(type == IPC_LINE ? cells_line : cells_break)(w, &r))
            worker_stop(w, "a broken line");
    } else if (type == IPC_STOP && w->settings) {
        on_stop(w);
    } else {
        worker_stop(w, "a message that is not for a worker");
    }
}

static void on_end(void *arg, const char *why)
{
    struct worker *w = arg;
    (void)why;
    loop_stop(w->loop); /* the supervisor has finished with us */
}

static void after_round(void *arg)
{
    struct worker *w = arg;
    while (w->ended) {
        struct job *job = w->ended;
        w->ended = job->next;
        job_free(job);
    }
    pulse_count(&w->pulse->rounds);
    cells_flush(w);
    channel_flush(w->channel);
}

int process_worker(void)
{
    struct fail fail;
    struct worker w = {.out = buf_new(MESSAGE_LIMIT), .rows = buf_new(MESSAGE_LIMIT)};
    mallopt(M_MXFAST, 0); /* else each larger request first merges all small free pieces */
    bool ok = confine_descriptors(PROCESS_SECOND, &fail) &&
              (w.pulse = pulse_map(PROCESS_SECOND, &fail)) != NULL &&
              (w.loop = loop_new(&fail)) != NULL;
    w.channel = ok ? channel_new(w.loop, PROCESS_CHANNEL, true, on_frame, on_end, &w) : NULL;
    if (!w.channel) {
        fprintf(stderr, "ajar: a worker can't start: %s\n", ok ? "out of memory" : fail.text);
        return 1;
    }
    w.services = (struct live_services){.loop = w.loop,
                                        .dial = on_dial,
                                        .resolver = on_resolver,
                                        .message = on_message,
                                        .closed = on_closed,
                                        .arg = &w};
    loop_after_round(w.loop, after_round, &w);
    loop_run(w.loop);
    return w.status;
}
