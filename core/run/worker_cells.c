/* Jobs whose scripts run in cells: the cell calls, the world is here. Nothing that a cell says is believed. */
#include "run/worker.h"

#include "base/text.h"
#include "run/cell_ipc.h"
#include "run/reason.h"
#include "run/session_ipc.h"

#include "tape/steps.h"

#include <stdio.h>
#include <stdlib.h>

/* What it did. */
#define UNREADABLE "sent a message that can't be read"

#define OVERDUE_LOOK  (5 * SPAN_SECOND)
#define OVERDUE_GRACE (10 * SPAN_SECOND)

/* The supervisor ends it, and says what is to become of its jobs. `culprit`: the job that is to blame; 0: none is known.
 * `flaw`: what it did that no cell does, in words that fit behind its name. */
static void lose_by(struct worker_cell *cell, enum ipc_cell_lost by, const char *flaw,
                    uint64_t culprit)
{
    struct worker *w = cell->worker;
    if (cell->lost)
        return;
    cell->lost = true;
    ipc_begin(&w->out, IPC_CELL_LOST);
    ipc_put_u32(&w->out, cell->number);
    ipc_put_u32(&w->out, cell->generation);
    ipc_put_u8(&w->out, (uint8_t)by);
    ipc_put_bytes(&w->out, bytes_of(flaw));
    ipc_put_u64(&w->out, culprit);
    worker_send(w);
}

static void lose(struct worker_cell *cell, const char *flaw, uint64_t culprit)
{
    lose_by(cell, IPC_CELL_FLAWED, flaw, culprit);
}

/* Sends the worker's message to the cell. */
static void tell(struct worker_cell *cell)
{
    if (cell->channel && !cell->lost &&
        (cell->worker->out.overflow ||
         !channel_send(cell->channel, buf_view(&cell->worker->out), -1)))
        lose(cell, "took no more messages", 0);
}

static void answer_with(struct job *job, const struct far_answer *answer)
{
    struct worker *w = job->worker;
    ipc_begin(&w->out, IPC_ANSWER);
    ipc_put_u64(&w->out, job->id);
    ipc_put_answer(&w->out, answer);
    tell(&w->cells[job->cell - 1]);
}

void cells_wake(struct job *job)
{
    struct far_answer answer;
    if (far_desk_wake(job->desk, &answer) == FAR_ANSWER)
        answer_with(job, &answer);
}

/* These give what is wrong with it, or NULL. */
static const char *on_call(struct job *job, struct ipc_reader *r)
{
    struct far_answer answer;
    struct far_call call = ipc_call(r);
    job->script_line = call.script_line;
    if (!ipc_end(r))
        return UNREADABLE;
    enum far_step step = far_desk_call(job->desk, &call, &answer);
    if (step == FAR_ANSWER)
        answer_with(job, &answer);
    return step == FAR_BROKEN ? job->desk->flaw : NULL;
}

static const char *on_conclusion(struct job *job, struct ipc_reader *r)
{
    struct conclusion c = ipc_conclusion(r);
    if (!ipc_end(r) || c.reason.n > CONCLUSION_REASON || c.steps.n > STEPS_LIMIT ||
        c.reach.n > CONCLUSION_REASON)
        return UNREADABLE;
    worker_conclude(job, &c);
    return NULL;
}

static const char *on_said(struct job *job, struct bytes payload)
{
    struct worker *w = job->worker;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    struct ipc_said said = ipc_said(&r);
    if (!ipc_end(&r) || !w->settings->session)
        return UNREADABLE;
    ipc_put_said(&w->out, &said);
    worker_send(w);
    return NULL;
}

/* A job that is over here may still be spoken of there. */
static void on_cell_frame(void *arg, struct bytes payload, int fd)
{
    struct worker_cell *cell = arg;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    uint64_t id = ipc_u64(&r);
    struct job *job = slots_find(&cell->worker->jobs, id);
    const char *flaw = NULL;
    (void)fd; /* none comes: the channel takes none */
    if (cell->lost)
        return;
    if (type != IPC_CALL && type != IPC_END && type != IPC_SAID && type != IPC_FULL)
        flaw = UNREADABLE;
    else if (job && job->cell != cell->number)
        flaw = "spoke for a probe of another pack";
    else if (type == IPC_FULL)
        lose_by(cell, IPC_CELL_FULL, "", job ? id : IPC_NOBODY);
    else if (job)
        flaw = type == IPC_CALL  ? on_call(job, &r)
               : type == IPC_END ? on_conclusion(job, &r)
                                 : on_said(job, payload);
    if (flaw)
        lose(cell, flaw, id);
}

static void on_cell_end(void *arg, const char *why)
{
    struct worker_cell *cell = arg;
    (void)why;
    lose_by(cell, IPC_CELL_SILENT, "", 0);
}

/* The supervisor has it from here on, and runs it once more. */
static void give_back(struct job *job, enum ipc_lost what)
{
    struct worker *w = job->worker;
    ipc_begin(&w->out, IPC_LOST);
    ipc_put_u64(&w->out, job->id);
    ipc_put_u8(&w->out, (uint8_t)what);
    worker_send(w);
    worker_drop(job);
}

/* Its script came to no end. What was said to the target until then stays on the tape, whatever it died of: a script must not be
 * able to hide what it did. `how` and `more`, behind each other: what its process did. */
static void end_lost(struct job *job, struct bytes how, const char *more)
{
    char reason[CONCLUSION_REASON + 1];
    snprintf(reason, sizeof reason, REASON_LOST_CELL "%.*s%s", (int)(how.n < 150 ? how.n : 150),
             how.n > 0 ? (const char *)how.p : "", more);
    text_make_printable(reason);
    worker_conclude(job,
                    &(struct conclusion){.verdict = VERDICT_ERROR, .reason = bytes_of(reason)});
}

/* What was in flight in a cell that is no more. */
static void settle_jobs(struct worker_cell *cell, uint64_t culprit, struct bytes how)
{
    struct slots *jobs = &cell->worker->jobs;
    const struct job *blamed = slots_find(jobs, culprit);
    bool known = culprit == IPC_NOBODY || (blamed && blamed->cell == cell->number);
    for (size_t i = 0; i < jobs->count; i++) {
        struct job *job = jobs->list[i].what;
        if (!job || job->cell != cell->number)
            continue;
        if (job == blamed)
            end_lost(job, how, "");
        else if (!known && job->last)
            end_lost(job, how, ", twice");
        else
            give_back(job, known ? IPC_LOST_TURN : IPC_LOST_MAYBE);
    }
}

bool cells_news(struct worker *w, struct ipc_reader *r, int fd)
{
    unsigned number = ipc_u32(r);
    uint32_t generation = ipc_u32(r);
    uint64_t culprit = ipc_u64(r);
    struct bytes how = ipc_bytes(r);
    if (!ipc_end(r) || number == 0 || number > CELLS_MOST)
        return false;
    struct worker_cell *cell = &w->cells[number - 1];
    channel_free(cell->channel);
    *cell = (struct worker_cell){.worker = w, .number = number, .generation = generation};
    settle_jobs(cell, culprit, how);
    if (fd >= 0)
        cell->channel = channel_new(w->loop, fd, false, on_cell_frame, on_cell_end, cell);
    return fd < 0 || cell->channel;
}

bool cells_start(struct job *job, const struct token_seed *seed)
{
    struct worker *w = job->worker;
    struct worker_cell *cell = &w->cells[job->cell - 1];
    job->desk = calloc(1, sizeof *job->desk);
    if (!job->desk)
        return false;
    job->desk->live = job->live;
    job->desk->withheld = w->settings->scripts[job->script].withheld;
    job->desk->control = w->settings->ways.control;
    if (!cell->channel) {
        end_lost(job, bytes_of("has ended too often to be started anew"), "");
        return true;
    }
    ipc_put_job(&w->out, &(struct ipc_job){.id = job->id,
                                           .probe = (uint32_t)w->places[job->script].index,
                                           .target = job->facts.target,
                                           .name = job->facts.target_name,
                                           .seed = *seed});
    tell(cell);
    return true;
}

/* A probe's waits end with its time. One whose script goes on without waiting, or that a broken cell keeps, is ended. */
static void end_overdue(void *arg)
{
    struct worker *w = arg;
    instant then = loop_monotonic() - OVERDUE_GRACE;
    for (size_t i = 0; i < w->jobs.count; i++) {
        struct job *job = w->jobs.list[i].what;
        if (!job || !job->cell || live_ends(job->live) > then)
            continue;
        ipc_begin(&w->out, IPC_FORGET);
        ipc_put_u64(&w->out, job->id);
        tell(&w->cells[job->cell - 1]);
        end_lost(job, bytes_of("did not end it in its time"), "");
    }
    timer_start(w->overdue, OVERDUE_LOOK);
}

/* Numbers the scripts where they run. */
bool cells_set_up(struct worker *w)
{
    const struct settings *s = w->settings;
    size_t counts[CELLS_MOST + 1] = {0};
    w->places = calloc(s->script_count + 1, sizeof *w->places);
    w->overdue = timer_new(w->loop, end_overdue, w);
    if (!w->places || !w->overdue)
        return false;
    for (size_t i = 0; i < s->script_count; i++) {
        unsigned cell = s->cells[i];
        if (cell > CELLS_MOST)
            return false;
        w->places[i] = (struct place){.cell = cell, .index = counts[cell]++};
    }
    if (counts[0] < s->script_count)
        timer_start(w->overdue, OVERDUE_LOOK);
    return true;
}

bool cells_line(struct worker *w, struct ipc_reader *r)
{
    struct ipc_line line = ipc_line(r);
    struct job *job = slots_find(&w->jobs, line.job);
    if (!ipc_end(r))
        return false;
    if (!job || !job->cell)
        return true;
    if (line.what != SESSION_COMPLETE)
        live_go_on(job->live);
    ipc_put_line(&w->out, &line);
    tell(&w->cells[job->cell - 1]);
    return true;
}

bool cells_break(struct worker *w, struct ipc_reader *r)
{
    struct job *job = slots_find(&w->jobs, ipc_u64(r));
    if (!ipc_end(r))
        return false;
    if (job && job->cell)
        live_stop(job->live);
    return true;
}

void cells_flush(struct worker *w)
{
    for (unsigned i = 0; i < CELLS_MOST; i++)
        if (w->cells[i].channel)
            channel_flush(w->cells[i].channel);
}
