/* The processes of a run: starting them, hearing them, replacing those that die. */
#include "run/supervisor.h"

#include "base/text.h"
#include "net/datagram.h"
#include "run/reason.h"
#include "run/start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STUCK_LOOKS = 25,    /* looks of crew_watch at which a worker may stand still inside Lua */
    BLOCKED_LOOKS = 300, /* and when it takes no processor time either */
    START_LOOKS = 100,   /* and until it is ready */
    RESTARTS_MOST = 100, /* without one result between them */
    OVERDUE_LOOKS = 5,   /* looks from one search for probes past their time to the next */
};

#define STUCK                                                                                      \
    (3 * SPAN_SECOND) /* processor time that a worker may take without a round of its loop */
#define OVERDUE (30 * SPAN_SECOND) /* beyond its limit that a probe may be in flight */

static void on_frame(void *arg, struct bytes payload, int fd);

static void on_end(void *arg, const char *why)
{
    struct member *m = arg;
    (void)why;
    m->gone = true;
}

/* Starts a process with what it is handed, and opens the channel to it. */
static bool start(struct member *m, const char *role, const struct handed *h, struct fail *fail)
{
    int ends[2];
    if (!channel_pair(ends, fail))
        return false;
    m->pid = process_start(role, ends[1], h, fail);
    close(ends[1]);
    if (m->pid < 0) {
        close(ends[0]);
        return false;
    }
    m->channel = channel_new(m->supervisor->loop, ends[0], false, on_frame, on_end, m);
    return m->channel || fail_set(fail, "ENOMEM", "out of memory for a process");
}

static bool send_settings(struct member *m, struct fail *fail)
{
    struct supervisor *s = m->supervisor;
    settings_put(&s->out, &s->settings, m->is_sink ? SETTINGS_FOR_SINK : SETTINGS_FOR_WORKER);
    if (s->out.overflow)
        return fail_set(fail, "ELIMIT", "the scripts are too large together: %d bytes at most",
                        CHANNEL_FRAME);
    crew_send(m, -1);
    return true;
}

static bool start_worker(struct member *m, struct fail *fail)
{
    int fd = pulse_open(fail);
    if (fd < 0)
        return false;
    m->ready = m->gone = false;
    m->watch = (struct watch){0};
    m->worked = (struct window_work){0};
    m->in_flight = 0;
    m->watch.pulse = pulse_map(fd, fail);
    struct handed h = handed_nothing();
    h.fds[0] = fd;
    bool ok = m->watch.pulse && start(m, PROCESS_WORKER, &h, fail);
    close(fd);
    return ok && send_settings(m, fail) && cells_start_all(m, fail);
}

/* A UDP socket at one of the sink's ports; -1 where that is not free, which is noted and said. */
static int open_datagrams(struct supervisor *s, uint16_t port)
{
    struct ways *ways = &s->settings.ways;
    struct addr at = s->options->sink;
    struct fail why;
    at.port = port;
    int fd = datagram_open(&at, &why);
    if (fd >= 0)
        return fd;
    ways->deaf[ways->deaf_count++] = port;
    supervisor_say(s, "no datagrams reach our sink on port %u, and no test by UDP asks for it: %s",
                   port, why.text);
    return -1;
}

/* With a UDP socket beside each of its listeners, where that port is free. */
static bool start_sink(struct supervisor *s, struct fail *fail)
{
    const struct ways *ways = &s->options->ways;
    unsigned n = ways->port_count > 0 ? ways->port_count : 1;
    struct handed h = handed_nothing();
    int *datagrams = &h.fds[PROCESS_DATAGRAMS - PROCESS_SECOND];
    for (unsigned i = 0; i < n; i++) {
        h.fds[i] = s->options->sink_fds[i];
        datagrams[i] = open_datagrams(s, i > 0 ? ways->ports[i] : s->options->sink.port);
    }
    bool ok = start(&s->sink, PROCESS_SINK, &h, fail);
    for (unsigned i = 0; i < n; i++)
        if (datagrams[i] >= 0)
            close(datagrams[i]);
    return ok && send_settings(&s->sink, fail);
}

bool crew_start(struct supervisor *s, struct fail *fail)
{
    s->sink = (struct member){.supervisor = s, .is_sink = true};
    if (!start_sink(s, fail))
        return false;
    for (unsigned i = 0; i < s->worker_count; i++) {
        s->workers[i] = (struct member){.supervisor = s, .index = i};
        if (!start_worker(&s->workers[i], fail))
            return false;
    }
    return true;
}

void crew_send(struct member *m, int fd)
{
    struct supervisor *s = m->supervisor;
    bool takes = m->channel && !m->gone && !s->out.overflow;
    if (!takes && fd >= 0)
        close(fd);
    m->gone |= takes ? !channel_send(m->channel, buf_view(&s->out), fd) : m->channel != NULL;
}

static bool on_ready(struct member *m, struct ipc_reader *r)
{
    struct bytes missing = ipc_bytes(r);
    m->ready = true;
    if (missing.n > 0 && m->is_sink)
        supervisor_say(m->supervisor,
                       "this kernel has no %.*s: workers and sink are confined by "
                       "seccomp and limits alone",
                       (int)missing.n, (const char *)missing.p);
    return ipc_end(r);
}

static bool on_worker_dial(struct member *m, struct ipc_reader *r, bool closed)
{
    struct supervisor *s = m->supervisor;
    struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    struct dial_wish wish = {.conn = ipc_u32(r)};
    bool stood = closed && ipc_u8(r) == 1;
    if (!closed) {
        wish.to = ipc_addr(r);
        unsigned way = ipc_u8(r);
        r->bad |= way > WORLD_VISIT;
        wish.way = r->bad ? WORLD_TCP : (enum world_way)way;
    }
    if (!ipc_end(r) || (job && (!job->started || job->worker != m->index)))
        return false;
    if (job && closed)
        dial_closed(s, job, wish.conn, stood);
    else if (job)
        dial_asked(s, job, &wish);
    return true;
}

/* How long its worker has had it, without the time that its connections had to wait. */
static span time_at_work(const struct sup_job *job)
{
    span took = loop_monotonic() - job->began;
    return took > 0 ? took : 0;
}

/* Takes a job back from its worker; its item moves out. */
static struct run_item take_back(struct supervisor *s, struct sup_job *job)
{
    struct run_item item = job->item;
    dial_over(s, job);
    job->item = (struct run_item){0};
    jobs_remove(s->jobs, job);
    return item;
}

/* What its process did not end and is not tried again. */
static void give_up(struct supervisor *s, struct run_item *item, span took, const char *how)
{
    struct fail why;
    fail_set(&why, "EWORKER", "%s", how);
    result_lost(s, item, took, &why);
    run_item_free(item);
}

/* The jobs of a dead worker. Whoever else was there lost a turn, not a life: the one that ran when it died is blamed
 * alone, once it is known, and goes alone. */
static void rescue_jobs(struct supervisor *s, struct member *m, const char *how)
{
    struct sup_job *job = NULL;
    uint64_t culprit = m->watch.pulse ? atomic_load(&m->watch.pulse->job) : 0;
    struct sup_job *blamed = jobs_find(s->jobs, culprit);
    bool known = blamed && blamed->started && blamed->worker == m->index;
    char words[200];
    snprintf(words, sizeof words, REASON_LOST "%s, twice", how);
    /* Taking one back may hand its host, and so this worker, to the next in line, in a slot that was passed already. */
    while ((job = jobs_of_worker(s->jobs, m->index, job)) ||
           (job = jobs_of_worker(s->jobs, m->index, NULL))) {
        bool alone = job->id == culprit;
        unsigned attempts = job->attempts + (alone || !known);
        span took = time_at_work(job);
        struct run_item item = take_back(s, job);
        if (attempts < ATTEMPTS_MOST)
            supervisor_retry(s, &item, attempts, alone);
        else
            give_up(s, &item, took, words);
    }
}

/* A job that its cell did not end. */
static bool on_lost(struct member *m, struct ipc_reader *r)
{
    struct supervisor *s = m->supervisor;
    struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    unsigned what = ipc_u8(r);
    if (!ipc_end(r) || !job || !job->started || job->worker != m->index || what > IPC_LOST_MAYBE)
        return false;
    unsigned attempts = job->attempts + (what == IPC_LOST_MAYBE);
    if (attempts >= ATTEMPTS_MOST)
        return false;
    struct run_item item = take_back(s, job);
    m->in_flight--;
    supervisor_retry(s, &item, attempts, false);
    return true;
}

/* The sink's last words: they come once. */
static bool on_stops(struct member *m, struct ipc_reader *r)
{
    char why[200];
    struct bytes said = ipc_bytes(r);
    snprintf(why, sizeof why, "%.*s", (int)(said.n < sizeof why ? said.n : sizeof why - 1),
             said.n > 0 ? (const char *)said.p : "");
    text_make_printable(why);
    if (!ipc_end(r) || m->stops)
        return false;
    m->stops = true;
    supervisor_say(m->supervisor, "the sink stops: %s", why);
    return true;
}

static bool handle(struct member *m, enum ipc_type type, struct ipc_reader *r)
{
    struct supervisor *s = m->supervisor;
    if (type == IPC_READY)
        return on_ready(m, r);
    if (m->is_sink && type == IPC_STOPS)
        return on_stops(m, r);
    if (m->is_sink)
        return type == IPC_RECEIPT && result_receipt(s, r);
    if (type == IPC_DIAL || type == IPC_CLOSED)
        return on_worker_dial(m, r, type == IPC_CLOSED);
    if (type == IPC_MESSAGE)
        return dial_message(s, r, m);
    if (type == IPC_RESOLVER)
        return resolver_asked(s, r, m);
    if (type == IPC_TRACE)
        return result_trace(s, r);
    if (type == IPC_SAID)
        return session_said(s, r);
    if (type == IPC_CELL_LOST)
        return cells_lost(m, r);
    if (type == IPC_LOST)
        return on_lost(m, r);
    return type == IPC_DONE && result_done(s, r, m);
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct member *m = arg;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(payload, &type);
    if (fd >= 0)
        close(fd);
    if (!m->gone && !handle(m, type, &r)) {
        supervisor_say(
            m->supervisor,
            "%s sent a message that can't be read (kind %u, %zu bytes) and is ended: that "
            "is a mistake in ajar, or somebody has broken into that process",
            m->is_sink ? "the sink" : "a worker", (unsigned)type, payload.n);
        kill(m->pid, SIGKILL);
        m->gone = true;
    }
}

/* Never with the -1 of a fork that failed: that would be everybody. */
static void end_process(const struct member *m)
{
    if (m->pid > 0)
        kill(m->pid, SIGKILL);
}

static void bury(struct supervisor *s, struct member *m)
{
    char how[100];
    struct fail fail;
    process_end(m->pid, how, sizeof how);
    channel_free(m->channel);
    m->channel = NULL;
    m->gone = false;
    if (m->is_sink) {
        fail_set(&fail, "ESINK", "the sink %s", how);
        supervisor_fail(s, &fail);
        return;
    }
    bool was_ready = m->ready;
    char words[PULSE_WORDS + 2];
    pulse_words(m->watch.pulse, words);
    cells_end_all(m);
    rescue_jobs(s, m, how);
    pulse_unmap(m->watch.pulse);
    m->watch.pulse = NULL;
    s->counts->restarts++;
    if (!was_ready || ++s->deaths_in_a_row > RESTARTS_MOST) {
        fail_set(&fail, "EWORKER", "a worker %s%s%s", how,
                 was_ready ? "; too many did" : " at its start", words);
        supervisor_fail(s, &fail);
        return;
    }
    supervisor_say(s, "a worker %s and is replaced%s", how, words);
    if (!start_worker(m, &fail))
        supervisor_fail(s, &fail);
}

void crew_after_round(struct supervisor *s)
{
    for (unsigned i = 0; i < s->worker_count; i++)
        if (s->workers[i].gone)
            bury(s, &s->workers[i]);
    if (s->sink.gone)
        bury(s, &s->sink);
    for (unsigned i = 0; i < s->worker_count; i++)
        if (s->workers[i].channel)
            channel_flush(s->workers[i].channel);
    if (s->sink.channel)
        channel_flush(s->sink.channel);
}

/* A probe ends by itself at its limit: a worker that keeps one much longer is broken, whatever its
 * pulse says, and the run would wait for it for ever. */
static void end_overdue(struct supervisor *s)
{
    instant then = loop_monotonic() - s->options->limit - OVERDUE;
    int worker = jobs_overdue(s->jobs, then);
    if (worker < 0 || s->workers[worker].gone || !s->workers[worker].channel)
        return;
    supervisor_say(s, "a worker keeps a probe long past its time and is ended");
    end_process(&s->workers[worker]);
    s->workers[worker].gone = true;
}

void crew_watch(struct supervisor *s)
{
    static const struct watch_limits limits = {.looks = STUCK_LOOKS,
                                               .processor = STUCK,
                                               .blocked_looks = BLOCKED_LOOKS,
                                               .start_looks = START_LOOKS};
    if (++s->ticks % OVERDUE_LOOKS == 0)
        end_overdue(s);
    cells_watch(s);
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct member *m = &s->workers[i];
        if (!m->watch.pulse || m->gone || !watch_is_stuck(&m->watch, m->pid, m->ready, &limits))
            continue;
        supervisor_say(s, "a worker %s and is ended",
                       m->ready ? "turns in circles inside a script" : "does not get ready");
        end_process(m);
        m->gone = true;
    }
}

static void dismiss(struct member *m)
{
    char how[100];
    if (!m->is_sink)
        cells_end_all(m);
    if (m->channel) {
        channel_free(m->channel);
        process_end(m->pid, how, sizeof how);
    }
    pulse_unmap(m->watch.pulse);
}

void crew_stop(struct supervisor *s)
{
    for (unsigned i = 0; i < s->worker_count; i++)
        dismiss(&s->workers[i]);
    dismiss(&s->sink);
}
