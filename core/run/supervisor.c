/* A run from its first line to its last. */
#include "run/supervisor.h"

#include "guard/budget.h"
#include "guard/pace.h"
#include "run/evidence.h"
#include "run/late.h"
#include "run/start.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    TICK = 200 * 1000, /* microseconds */
    GRACE_TICKS = 5,   /* after the first interrupt, before waits are cut short */
    ECHO =
        250 *
        1000, /* so soon after the first interrupt, a second is its echo: timeout(1) sends it twice */
    ROUND_MOST = 512, /* targets that are given out, or refused, in one go */
    JOBS_MORE = 200,  /* slots for jobs that wait for their hosts, beside one for each in flight */
};

/* No new jobs; those that wait for their hosts are forgotten. */
static void stop(struct supervisor *s)
{
    s->stopping = true;
    hosts_forget_jobs(s->hosts);
    jobs_remove_waiting(s->jobs);
}

void supervisor_fail(struct supervisor *s, const struct fail *why)
{
    if (s->failed.code)
        return;
    s->failed = *why;
    stop(s);
}

void supervisor_say(struct supervisor *s, const char *format, ...)
{
    char line[400];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    s->options->on_say(s->options->arg, line);
}

void supervisor_retry(struct supervisor *s, struct run_item *item, unsigned attempts, bool alone)
{
    struct retry *retry = malloc(sizeof *retry);
    struct fail fail;
    if (!retry) {
        fail_set(&fail, "ENOMEM", "out of memory");
        result_lost(s, item, 0, &fail);
        run_item_free(item);
        return;
    }
    *retry =
        (struct retry){.item = *item, .attempts = attempts, .alone = alone, .next = s->retries};
    s->retries = retry;
}

/* The ready worker with the fewest jobs that has room; NULL when none has. */
static struct member *least_busy(struct supervisor *s)
{
    struct member *best = NULL;
    unsigned share = (s->window.now + s->worker_count - 1) / s->worker_count;
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct member *m = &s->workers[i];
        if (m->ready && !m->gone && m->channel && !m->alone && m->in_flight < share &&
            (!best || m->in_flight < best->in_flight))
            best = m;
    }
    return best;
}

static void hand_to(struct supervisor *s, struct member *m, struct sup_job *job)
{
    const struct run_item *item = &job->item;
    job->worker = m->index;
    job->started = true;
    job->began = loop_monotonic();
    m->in_flight++;
    session_begins(s, job);
    ipc_put_job(&s->out,
                &(struct ipc_job){.id = job->id,
                                  .probe = item->probe,
                                  .target = item->target,
                                  .name = bytes_of(item->name ? item->name : ""),
                                  .last = job->attempts + 1 >= ATTEMPTS_MOST,
                                  .seed = token_seed_of(s->settings.run_key, job->number)});
    crew_send(m, -1);
}

/* A worker that lives, though it may be full: the job holds its host already. When none does, the first
 * gets it all the same, and it is rescued with the rest of what that one had. */
void supervisor_start(struct supervisor *s, struct sup_job *job)
{
    struct member *best = NULL;
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct member *m = &s->workers[i];
        if (m->channel && !m->gone && !m->alone && (!best || m->in_flight < best->in_flight))
            best = m;
    }
    hand_to(s, best ? best : &s->workers[0], job);
}

/* A job for this item: with a worker at once, or in line for its host. */
static void give(struct supervisor *s, struct member *m, const struct run_item *item,
                 unsigned attempts)
{
    struct sup_job *job = jobs_add(s->jobs, item);
    job->attempts = attempts;
    if (dial_reserve(s, job))
        hand_to(s, m, job);
}

/* The first suspect whose turn it can be: one that had to wait in line for its host would later be started
 * in company. */
static struct retry *next_suspect(const struct supervisor *s)
{
    struct retry *suspect = s->stopping || jobs_full(s->jobs) ? NULL : s->retries;
    while (suspect && !(suspect->alone && hosts_is_free(s->hosts, &suspect->item.target)))
        suspect = suspect->next;
    return suspect;
}

/* A suspect goes alone: into a worker that has nothing else in flight and gets nothing else. */
static void give_suspect(struct supervisor *s)
{
    struct member *m = &s->workers[0];
    struct retry *suspect = next_suspect(s);
    m->alone = suspect != NULL || (m->alone && m->in_flight > 0);
    if (!suspect || !m->ready || m->gone || m->in_flight > 0)
        return;
    struct retry **at = &s->retries;
    while (*at != suspect)
        at = &(*at)->next;
    *at = suspect->next;
    give(s, m, &suspect->item, suspect->attempts);
    free(suspect);
}

/* The next piece of work: from the retry list, else from the caller. */
static bool next_item(struct supervisor *s, struct run_item *item, unsigned *attempts)
{
    struct retry **at = &s->retries;
    while (*at && (*at)->alone)
        at = &(*at)->next;
    *attempts = 0;
    if (!*at) {
        *item = (struct run_item){0};
        enum run_step step = s->exhausted ? RUN_NO_MORE : s->options->next(s->options->arg, item);
        s->exhausted = step == RUN_NO_MORE;
        return step == RUN_ITEM;
    }
    struct retry *retry = *at;
    *item = retry->item;
    *attempts = retry->attempts;
    *at = retry->next;
    free(retry);
    return true;
}

/* What the workers have done since this was asked last. */
static struct window_work work_done(struct supervisor *s)
{
    struct window_work done = {0};
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct member *m = &s->workers[i];
        if (!m->watch.pulse)
            continue;
        struct window_work work = pulse_work(m->watch.pulse);
        done.rounds += work.rounds - m->worked.rounds;
        done.wakes += work.wakes - m->worked.wakes;
        m->worked = work;
    }
    return done;
}

static void look_at_window(struct supervisor *s)
{
    instant now = loop_monotonic();
    if (window_is_due(&s->window, now))
        window_look(&s->window, work_done(s), now);
}

static void on_look(void *arg)
{
    struct supervisor *s = arg;
    s->looks = false; /* after the round work is given out, which looks */
}

/* The window may open though nothing else happens. */
static void look_later(struct supervisor *s)
{
    if (s->looks || s->window.now == s->window.most)
        return;
    s->looks = true;
    timer_start(s->look, WINDOW_LOOK);
}

/* A round was full, and perhaps of targets that are refused: then nothing happens that would begin the next one. */
static void go_on_soon(struct supervisor *s)
{
    if (s->stopping)
        return;
    s->looks = true;
    timer_start(s->look, 0);
}

static void fill(struct supervisor *s)
{
    look_at_window(s);
    give_suspect(s);
    for (unsigned n = 0; n < ROUND_MOST && !s->stopping; n++) {
        struct run_item item;
        struct fail why;
        unsigned attempts = 0;
        struct member *m = least_busy(s);
        if (!m)
            look_later(s);
        if (!m || jobs_full(s->jobs) || !next_item(s, &item, &attempts))
            return;
        enum run_refusal refusal = target_refusal(s, &item.target, &why);
        if (refusal == RUN_NOT_REFUSED) {
            give(s, m, &item, attempts);
            continue;
        }
        result_refused(s, &item, refusal, &why);
        run_item_free(&item);
    }
    go_on_soon(s);
}

static bool is_over(const struct supervisor *s)
{
    bool nothing_left = s->stopping || (s->exhausted && !s->retries);
    return nothing_left && jobs_count(s->jobs) == 0;
}

static void after_round(void *arg)
{
    struct supervisor *s = arg;
    fill(s);
    crew_after_round(s);
    if (is_over(s))
        loop_stop(s->loop);
}

static void cut_short(struct supervisor *s)
{
    ipc_begin(&s->out, IPC_STOP);
    for (unsigned i = 0; i < s->worker_count; i++)
        crew_send(&s->workers[i], -1);
}

static void on_tick(void *arg)
{
    struct supervisor *s = arg;
    s->counts->in_flight = jobs_count(s->jobs);
    crew_watch(s);
    if (s->stopping && ++s->stop_ticks == GRACE_TICKS)
        cut_short(s);
    s->options->on_tick(s->options->arg, s->counts);
    timer_start(s->tick, TICK);
}

static void on_interrupt(void *arg)
{
    struct supervisor *s = arg;
    if (s->stopping) {
        if (loop_monotonic() - s->interrupted_at >= ECHO)
            loop_stop(s->loop);
        return;
    }
    s->interrupted_at = loop_monotonic();
    s->interrupted = true;
    stop(s);
    session_stop(s);
    supervisor_say(s, "stopping: %u in flight are brought to an end; once more stops at once",
                   jobs_count(s->jobs));
}

static void set_settings(struct supervisor *s)
{
    const struct run_options *o = s->options;
    s->settings = (struct settings){
        .mail_domain = bytes_of(o->mail_domain),
        .sender_domain = bytes_of(o->sender_domain),
        .helo = bytes_of(o->helo),
        .authority = bytes_of(o->authority),
        .contact = bytes_of(o->contact),
        .info = bytes_of(o->info),
        .sink = o->sink,
        .ways = o->ways,
        .wait = o->wait,
        .limit = o->limit,
        .session = o->session != NULL,
        .watched = o->on_trace != NULL,
        .in_flight = o->in_flight,
        .scripts = o->scripts,
        .args = o->args,
        .ids = s->ids,
        .cells = s->cell_of,
        .script_count = o->script_count,
    };
    random_bytes(s->settings.run_key, TOKEN_KEY);
}

bool supervisor_keep_scripts(struct supervisor *s, struct fail *fail)
{
    if (!s->options->bag || s->kept_scripts)
        return true;
    s->kept_scripts = evidence_run(s->options->bag, s->options, s->started, fail);
    return s->kept_scripts;
}

static bool set_up(struct supervisor *s, struct fail *fail)
{
    const struct run_options *o = s->options;
    struct pace_limits limits = {
        .overall = o->rate, .prefix = o->prefix_rate, .session_gap = o->gap};
    hash_start();
    if (!(s->loop = loop_new(fail)))
        return false;
    s->worker_count = o->workers;
    s->workers = calloc(o->workers, sizeof *s->workers);
    s->jobs = jobs_new(o->in_flight + o->in_flight / 4 + JOBS_MORE);
    s->late = late_new(LATE_MOST, LATE_BYTES);
    s->hosts = hosts_new(o->in_flight);
    s->pace = pace_new(&limits);
    s->budget = budget_new(o->messages);
    s->tick = timer_new(s->loop, on_tick, s);
    s->window = window_new(o->in_flight);
    s->look = timer_new(s->loop, on_look, s);
    if (!s->workers || !s->jobs || !s->late || !s->hosts || !s->pace || !s->budget || !s->tick ||
        !s->look)
        return fail_set(fail, "ENOMEM", "out of memory: fewer in flight (--inflight) need less");
    if (!(o->session ? session_set_up(s) : loop_on_signal(s->loop, SIGINT, on_interrupt, s)) ||
        !loop_on_signal(s->loop, SIGTERM, on_interrupt, s))
        return fail_set(fail, "ENOMEM", "signals can't be watched");
    if (!cells_plan(s, fail))
        return false;
    set_settings(s);
    s->begun = true;
    if (o->on_begin && !o->on_begin(o->arg, s->loop, fail))
        return false;
    s->started = loop_now();
    process_take_turns();
    return (o->session || supervisor_keep_scripts(s, fail)) && crew_start(s, fail);
}

static void tear_down(struct supervisor *s)
{
    session_tear_down(s);
    if (s->workers)
        crew_stop(s);
    while (s->retries) {
        struct retry *retry = s->retries;
        s->retries = retry->next;
        run_item_free(&retry->item);
        free(retry);
    }
    if (s->begun && s->options->on_end)
        s->options->on_end(s->options->arg);
    free(s->workers);
    free(s->cells);
    free(s->cell_of);
    free(s->ids);
    timer_free(s->tick);
    timer_free(s->look);
    jobs_free(s->jobs);
    late_free(s->late);
    hosts_free(s->hosts);
    pace_free(s->pace);
    budget_free(s->budget);
    buf_free(&s->out);
    buf_free(&s->line);
    loop_free(s->loop);
}

bool run_all(const struct run_options *options, struct run_counts *counts, struct fail *fail)
{
    struct supervisor s = {.options = options,
                           .counts = counts,
                           .out = buf_new(CHANNEL_FRAME),
                           .line = buf_new(CASE_JSON_LIMIT)};
    bool ok = set_up(&s, fail);
    if (ok) {
        timer_start(s.tick, TICK);
        loop_after_round(s.loop, after_round, &s);
        loop_run(s.loop);
        late_release(&s);
        if (!s.failed.code && !supervisor_keep_scripts(&s, fail))
            s.failed = *fail;
        counts->in_flight = jobs_count(s.jobs);
        if (s.interrupted && !s.failed.code)
            fail_set(&s.failed, "ESTOPPED", "stopped before the end; what was finished stands");
        if (s.failed.code) {
            *fail = s.failed;
            ok = false;
        }
    }
    tear_down(&s);
    return ok;
}
