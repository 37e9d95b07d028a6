/* The cell: runs the probes of one foreign pack, and has nothing but a channel to its worker. */
#include "run/cell_ipc.h"
#include "run/confine.h"
#include "run/process.h"
#include "run/pulse.h"
#include "run/session_ipc.h"
#include "run/settings.h"
#include "run/slots.h"
#include "run/told.h"

#include "net/channel.h"
#include "tape/tape_reader.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define BEAT                                                                                       \
    SPAN_SECOND /* from one sign of life to the next, at most: run/supervisor_cells.c looks for them */

enum {
    PROCESS_MEMORY = 1024 * 1024 * 1024,
    USUAL_MEMORY = 64 * 1024, /* of a script that waits, at most */
};

struct cell;

struct cell_job {
    uint64_t id;
    struct cell *cell;
    struct far *far;
    struct probe_run *run;
    struct typed typed; /* where its lines are typed */
    ptrdiff_t grown;    /* by how much the VM's memory has, while it ran */
    struct task_facts facts;
    struct cell_job *next; /* in the list of those that have ended */
    unsigned char name[];  /* the target's */
};

struct cell {
    struct loop *loop;
    struct channel *channel;
    struct settings *settings;
    struct probes *probes;
    struct run_facts *facts; /* for each probe */
    struct pulse *pulse;
    struct timer *beat;
    struct slots jobs;
    unsigned in_flight;
    size_t memory; /* that its VM may have */
    struct {
        size_t memory;
        unsigned long times_full;
    } before;  /* whoever runs now */
    bool full; /* and its worker knows */
    struct cell_job *ended;
    struct buf out;
    int status;
};

static void stop(struct cell *c, const char *why)
{
    pulse_say(c->pulse, why);
    c->status = 1;
    loop_stop(c->loop);
}

static void send_out(struct cell *c)
{
    if (c->out.overflow || !channel_send(c->channel, buf_view(&c->out), -1))
        stop(c, "its worker takes no more messages");
}

static void job_free(struct cell_job *job)
{
    probe_run_free(job->run);
    far_free(job->far);
    typed_free(&job->typed);
    free(job);
}

/* Its code may still be on the stack: it is freed after the round. */
static void job_over(struct cell_job *job)
{
    struct cell *c = job->cell;
    slots_remove(&c->jobs, job->id);
    c->in_flight--;
    job->next = c->ended;
    c->ended = job;
}

/* All in flight have to begin anew. `culprit`: but this one, whose doing it is; 0: it is none of them. */
static void tell_full(struct cell *c, uint64_t culprit)
{
    if (c->full)
        return;
    c->full = true;
    ipc_begin(&c->out, IPC_FULL);
    ipc_put_u64(&c->out, culprit);
    send_out(c);
}

/* What scripts keep in their globals outlives each of their runs, and is missing to all others. */
static bool is_crowded(const struct cell *c)
{
    return vm_memory(probes_vm(c->probes)) > c->memory / 2 + (size_t)c->in_flight * USUAL_MEMORY;
}

/* The job that has taken more than half of the memory; NULL: there is none. */
static const struct cell_job *hoarder(const struct cell *c)
{
    const struct cell_job *most = NULL;
    for (size_t i = 0; i < c->jobs.count; i++) {
        const struct cell_job *job = c->jobs.list[i].what;
        if (job && job->grown > (ptrdiff_t)(c->memory / 2) && (!most || job->grown > most->grown))
            most = job;
    }
    return most;
}

/* Was there no memory for this one because another, which waits, has it? Then it has not ended. */
static bool is_robbed(const struct cell_job *job)
{
    const struct cell *c = job->cell;
    const struct cell_job *other = hoarder(c);
    return vm_times_full(probes_vm(c->probes)) != c->before.times_full && other && other != job;
}

static void enter(struct cell_job *job)
{
    struct cell *c = job->cell;
    const struct vm *vm = probes_vm(c->probes);
    c->before.memory = vm_memory(vm);
    c->before.times_full = vm_times_full(vm);
    atomic_store_explicit(&c->pulse->job, job->id, memory_order_relaxed);
}

static void leave(struct cell_job *job)
{
    struct cell *c = job->cell;
    job->grown += (ptrdiff_t)vm_memory(probes_vm(c->probes)) - (ptrdiff_t)c->before.memory;
    atomic_store_explicit(&c->pulse->job, 0, memory_order_relaxed);
}

static void on_conclusion(void *arg, const struct conclusion *conclusion)
{
    struct cell_job *job = arg;
    struct cell *c = job->cell;
    if (conclusion->verdict == VERDICT_ERROR && is_robbed(job)) {
        tell_full(c, hoarder(c)->id);
        job_over(job);
        return;
    }
    ipc_begin(&c->out, IPC_END);
    ipc_put_u64(&c->out, job->id);
    ipc_put_conclusion(&c->out, conclusion);
    send_out(c);
    job_over(job);
}

static void on_call(void *arg, const struct far_call *call)
{
    struct cell_job *job = arg;
    struct far_call told = *call;
    if (job->cell->settings->watched)
        told.script_line = probe_run_line(job->run);
    ipc_begin(&job->cell->out, IPC_CALL);
    ipc_put_u64(&job->cell->out, job->id);
    ipc_put_call(&job->cell->out, &told);
    send_out(job->cell);
}

static void on_said(void *arg, enum typed_said what, struct bytes text)
{
    struct cell_job *job = arg;
    ipc_put_said(&job->cell->out, &(struct ipc_said){.job = job->id, .what = what, .text = text});
    send_out(job->cell);
}

/* Lua runs only between these two marks on the pulse. */
static void job_wake(void *arg)
{
    struct cell_job *job = arg;
    enter(job);
    probe_run_wake(job->run);
    leave(job);
}

static void job_start(struct cell_job *job)
{
    enter(job);
    probe_run_start(job->run);
    leave(job);
}

static struct cell_job *job_new(struct cell *c, uint64_t id, struct bytes name)
{
    struct cell_job *job = malloc(sizeof *job + name.n);
    if (!job)
        return NULL;
    *job = (struct cell_job){.id = id, .cell = c};
    for (size_t i = 0; i < name.n; i++)
        job->name[i] = name.p[i];
    job->facts.target_name = bytes_at(job->name, name.n);
    return job;
}

static bool job_build(struct cell_job *job, size_t probe, const struct token_seed *seed,
                      struct fail *fail)
{
    job->far = far_new(seed, on_call, job, job_wake, job, fail);
    job->run = job->far ? probe_run_new(job->cell->probes, probe, far_world(job->far), &job->facts,
                                        on_conclusion, job, fail)
                        : NULL;
    job->typed = typed_new(on_said, job);
    if (job->run && job->cell->settings->session)
        probe_run_attend(job->run, &job->typed);
    return job->run != NULL;
}

static void on_job(struct cell *c, struct ipc_reader *r)
{
    struct fail fail;
    struct ipc_job told = ipc_job(r);
    struct cell_job *job = job_new(c, told.id, told.name);
    if (!ipc_end(r) || !job || told.probe >= probes_count(c->probes) ||
        !slots_put(&c->jobs, told.id, job)) {
        free(job);
        stop(c, "a job could not be taken");
        return;
    }
    c->in_flight++;
    job->facts.run = &c->facts[told.probe];
    job->facts.target = told.target;
    if (!job_build(job, told.probe, &told.seed, &fail)) {
        job_over(job);
        stop(c, "out of memory");
        return;
    }
    job_start(job);
}

static void on_answer(struct cell *c, struct ipc_reader *r)
{
    struct cell_job *job = slots_find(&c->jobs, ipc_u64(r));
    struct far_answer answer = ipc_answer(r);
    if (!ipc_end(r) || (job && !far_answered(job->far, &answer)))
        stop(c, "a broken answer");
}

static bool take_line(struct cell_job *job, const struct ipc_line *line)
{
    switch (line->what) {
    case SESSION_LINE:
        return typed_give(&job->typed, line->text, job->run);
    case SESSION_OVER:
        return typed_end(&job->typed, job->run);
    default:
        typed_complete(&job->typed, probes_vm(job->cell->probes), line->text);
        return true;
    }
}

static void on_line(struct cell *c, struct ipc_reader *r)
{
    struct ipc_line line = ipc_line(r);
    struct cell_job *job = slots_find(&c->jobs, line.job);
    atomic_store_explicit(&c->pulse->job, line.job, memory_order_relaxed);
    if (!ipc_end(r) || (job && !take_line(job, &line)))
        stop(c, "a broken line");
    atomic_store_explicit(&c->pulse->job, 0, memory_order_relaxed);
}

static void on_forget(struct cell *c, struct ipc_reader *r)
{
    struct cell_job *job = slots_find(&c->jobs, ipc_u64(r));
    if (!ipc_end(r))
        stop(c, "a broken message");
    else if (job)
        job_over(job);
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct cell *c = arg;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    (void)fd; /* none comes: the channel takes none */
    if (type == IPC_JOB)
        on_job(c, &r);
    else if (type == IPC_ANSWER)
        on_answer(c, &r);
    else if (type == IPC_FORGET)
        on_forget(c, &r);
    else if (type == IPC_LINE && c->settings->session)
        on_line(c, &r);
    else
        stop(c, "a message that is not for a pack's process");
}

static void on_end(void *arg, const char *why)
{
    struct cell *c = arg;
    (void)why;
    loop_stop(c->loop);
}

/* So that the loop goes round though there is nothing to do. */
static void on_beat(void *arg)
{
    struct cell *c = arg;
    timer_start(c->beat, BEAT);
}

static void free_ended(struct cell *c)
{
    while (c->ended) {
        struct cell_job *job = c->ended;
        c->ended = job->next;
        job_free(job);
    }
    if (hoarder(c)) /* it may let go of it when it ends */
        return;
    if (is_crowded(c))
        vm_shrink(probes_vm(c->probes));
    if (is_crowded(c))
        tell_full(c, 0);
}

static void after_round(void *arg)
{
    struct cell *c = arg;
    if (c->ended)
        free_ended(c);
    pulse_count(&c->pulse->rounds);
    channel_flush(c->channel);
}

/* The settings lie in a file of memory, which is closed then. */
static bool read_settings(struct cell *c, struct fail *fail)
{
    struct buf frame = buf_new(CHANNEL_FRAME);
    unsigned char piece[16384];
    ssize_t n;
    while ((n = read(PROCESS_SETTINGS, piece, sizeof piece)) > 0)
        buf_put(&frame, bytes_at(piece, (size_t)n));
    close(PROCESS_SETTINGS);
    c->settings = n == 0 && !frame.overflow ? settings_get(buf_view(&frame)) : NULL;
    buf_free(&frame);
    return c->settings || fail_set(fail, "EPROTO", "broken settings");
}

/* What runs at a script's top level runs confined already. */
static bool set_up(struct cell *c, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    char missing[64];
    hash_start();
    tape_reader_start();
    if (!read_settings(c, fail) || !confine_memory(PROCESS_MEMORY, fail) ||
        !confine_streams(fail) || !confine(CONFINE_CELL, missing, fail))
        return false;
    if (c->settings->script_count > 0) /* all are of one pack */
        limits.memory = settings_memory(&c->settings->scripts[0]);
    c->memory = limits.memory;
    c->probes = probes_new(c->settings->scripts, c->settings->script_count, &limits, fail);
    if (!c->probes)
        return false;
    vm_count_overtime(probes_vm(c->probes), NULL, NULL);
    c->facts = told_probes(c->settings, c->probes);
    c->beat = timer_new(c->loop, on_beat, c);
    if (!c->facts || !c->beat)
        return fail_set(fail, "ENOMEM", "out of memory");
    timer_start(c->beat, BEAT);
    return true;
}

int process_cell(void)
{
    struct fail fail;
    struct cell c = {.out = buf_new(CHANNEL_FRAME)};
    mallopt(M_MXFAST, 0);
    bool ok = confine_descriptors(PROCESS_SETTINGS, &fail) &&
              (c.pulse = pulse_map(PROCESS_SECOND, &fail)) != NULL &&
              (c.loop = loop_new(&fail)) != NULL;
    close(PROCESS_SECOND);
    c.channel = ok ? channel_new(c.loop, PROCESS_CHANNEL, false, on_frame, on_end, &c) : NULL;
    if (!c.channel) {
        fprintf(stderr, "ajar: a pack's process can't start: %s\n",
                ok ? "out of memory" : fail.text);
        return 1;
    }
    if (!set_up(&c, &fail)) {
        pulse_say(c.pulse, fail.text);
        return 1;
    }
    loop_after_round(c.loop, after_round, &c);
    loop_run(c.loop);
    return c.status;
}
