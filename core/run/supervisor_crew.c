/* The processes of a run: starting them, hearing them, replacing those that die. */
#include "run/supervisor.h"

#include "net/datagram.h"
#include "run/process.h"
#include "run/reason.h"

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
    ATTEMPTS_MOST = 2,   /* workers that may die with a job in flight */
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

/* What a process finds as its descriptors 4, 5, …; -1: nothing. */
enum { HANDED = PROCESS_END - PROCESS_SECOND };
struct handed {
    int fds[HANDED];
};

static struct handed handed_nothing(void)
{
    struct handed h;
    for (unsigned i = 0; i < HANDED; i++)
        h.fds[i] = -1;
    return h;
}

/* In the child: a descriptor in its place, or nothing there. The high ones are closed by confine_descriptors. */
static void place(int high, int at)
{
    if (high < 0)
        close(at);
    else if (dup2(high, at) < 0)
        _exit(127);
}

/* In the child: a copy above all places. Without one the process would begin without what it was to be handed. */
static int lift(int fd)
{
    int high = fcntl(fd, F_DUPFD, PROCESS_SECOND + HANDED);
    if (high < 0)
        _exit(127);
    return high;
}

/* In the child: the descriptors in their places, then this program again. */
_Noreturn static void become(const char *role, int channel, const struct handed *h)
{
    char name[] = "ajar";
    char word[32];
    int high[HANDED];
    strncpy(word, role, sizeof word - 1);
    word[sizeof word - 1] = '\0';
    char *const argv[] = {name, word, NULL};
    signal(SIGINT, SIG_IGN);  /* from a terminal, or from who ends a service, they go to all: */
    signal(SIGTERM, SIG_IGN); /* the supervisor alone decides */
    /* Thousands of probes are spread over a worker's memory: large pages spare it address look-ups. */
    setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
    int high_channel = lift(channel);
    for (unsigned i = 0; i < HANDED; i++)
        high[i] = h->fds[i] < 0 ? -1 : lift(h->fds[i]);
    place(high_channel, PROCESS_CHANNEL);
    for (unsigned i = 0; i < HANDED; i++)
        place(high[i], PROCESS_SECOND + (int)i);
    execv("/proc/self/exe", argv);
    _exit(127);
}

/* Starts a process with what it is handed, and opens the channel to it. */
static bool start(struct member *m, const char *role, const struct handed *h, struct fail *fail)
{
    int ends[2];
    if (!channel_pair(ends, fail))
        return false;
    m->pid = fork();
    if (m->pid == 0)
        become(role, ends[1], h);
    close(ends[1]);
    if (m->pid < 0) {
        close(ends[0]);
        return fail_errno(fail, errno, "a process can't be started");
    }
    m->channel = channel_new(m->supervisor->loop, ends[0], false, on_frame, on_end, m);
    return m->channel || fail_set(fail, "ENOMEM", "out of memory for a process");
}

static bool send_settings(struct member *m, struct fail *fail)
{
    struct supervisor *s = m->supervisor;
    settings_put(&s->out, &s->settings, m->is_sink);
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
    m->stuck = 0;
    m->seen_busy = 0;
    m->worked = (struct window_work){0};
    m->in_flight = 0;
    m->pulse = pulse_map(fd, fail);
    struct handed h = handed_nothing();
    h.fds[0] = fd;
    bool ok = m->pulse && start(m, PROCESS_WORKER, &h, fail);
    close(fd);
    return ok && send_settings(m, fail);
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
    if (!closed) {
        wish.to = ipc_addr(r);
        unsigned way = ipc_u8(r);
        r->bad |= way > WORLD_VISIT;
        wish.way = r->bad ? WORLD_TCP : (enum world_way)way;
    }
    if (!ipc_end(r) || (job && (!job->started || job->worker != m->index)))
        return false;
    if (job && closed)
        dial_closed(s, job, wish.conn);
    else if (job)
        dial_asked(s, job, &wish);
    return true;
}

static bool handle(struct member *m, enum ipc_type type, struct ipc_reader *r)
{
    struct supervisor *s = m->supervisor;
    if (type == IPC_READY)
        return on_ready(m, r);
    if (m->is_sink)
        return type == IPC_RECEIPT && result_receipt(s, r);
    if (type == IPC_DIAL || type == IPC_CLOSED)
        return on_worker_dial(m, r, type == IPC_CLOSED);
    if (type == IPC_RESOLVER)
        return resolver_asked(s, r, m);
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
        supervisor_say(m->supervisor, "a %s sent a broken message and is ended",
                       m->is_sink ? "sink" : "worker");
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

/* How a process came to its end, in words. */
static void describe_end(pid_t pid, char *out, size_t size)
{
    int status = 0;
    snprintf(out, size, "ended");
    if (waitpid(pid, &status, 0) != pid)
        return;
    if (WIFSIGNALED(status))
        snprintf(out, size, "was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        snprintf(out, size, "ended with status %d", WEXITSTATUS(status));
}

/* The jobs of a dead worker: once more, or given up. The one that ran when it died goes alone. */
static void rescue_jobs(struct supervisor *s, struct member *m, const char *how)
{
    struct sup_job *job = NULL;
    uint64_t culprit = m->pulse ? atomic_load(&m->pulse->job) : 0;
    struct sup_job *blamed = jobs_find(s->jobs, culprit);
    bool known = blamed && blamed->started && blamed->worker == m->index;
    while ((job = jobs_of_worker(s->jobs, m->index, job))) {
        struct run_item item = job->item;
        bool alone = job->id == culprit;
        /* Whoever else was there lost a turn, not a life: the culprit alone is blamed, once it is known. */
        unsigned attempts = job->attempts + (alone || !known);
        struct fail why;
        dial_over(s, job);
        job->item = (struct run_item){0};
        jobs_remove(s->jobs, job);
        if (attempts < ATTEMPTS_MOST) {
            supervisor_retry(s, &item, attempts, alone);
            continue;
        }
        fail_set(&why, "EWORKER", REASON_LOST "%s, twice", how);
        result_lost(s, &item, &why);
        run_item_free(&item);
    }
}

static void bury(struct supervisor *s, struct member *m)
{
    char how[100];
    struct fail fail;
    end_process(m);
    describe_end(m->pid, how, sizeof how);
    channel_free(m->channel);
    m->channel = NULL;
    m->gone = false;
    if (m->is_sink) {
        fail_set(&fail, "ESINK", "the sink %s", how);
        supervisor_fail(s, &fail);
        return;
    }
    bool was_ready = m->ready;
    rescue_jobs(s, m, how);
    pulse_unmap(m->pulse);
    m->pulse = NULL;
    s->counts->restarts++;
    if (!was_ready || ++s->deaths_in_a_row > RESTARTS_MOST) {
        fail_set(&fail, "EWORKER", "a worker %s%s", how,
                 was_ready ? "; too many did" : " at its start");
        supervisor_fail(s, &fail);
        return;
    }
    supervisor_say(s, "a worker %s and is replaced", how);
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

/* What a process has taken so far; 0: not known. */
static span processor_time(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return t.tv_sec * SPAN_SECOND + t.tv_nsec / 1000;
}

/* Has it done nothing that it should for too long: inside Lua, or while it starts? On a busy machine a round may take
 * long because it is not its turn: what counts is the time that it had. */
static bool is_stuck(struct member *m)
{
    uint64_t rounds = atomic_load(&m->pulse->rounds);
    bool inside = atomic_load(&m->pulse->job) != 0;
    bool idle = !m->ready || (inside && rounds == m->seen_rounds);
    m->seen_rounds = rounds;
    m->stuck = idle ? m->stuck + 1 : 0;
    if (!idle)
        m->seen_busy = processor_time(m->pid);
    if (!m->ready)
        return m->stuck >= START_LOOKS;
    return m->stuck >= BLOCKED_LOOKS ||
           (m->stuck >= STUCK_LOOKS && processor_time(m->pid) - m->seen_busy >= STUCK);
}

void crew_watch(struct supervisor *s)
{
    if (++s->ticks % OVERDUE_LOOKS == 0)
        end_overdue(s);
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct member *m = &s->workers[i];
        if (!m->pulse || m->gone || !is_stuck(m))
            continue;
        supervisor_say(s, "a worker %s and is ended",
                       m->ready ? "turns in circles inside a script" : "does not get ready");
        end_process(m);
        m->gone = true;
    }
}

static void dismiss(struct member *m)
{
    if (m->channel) {
        channel_free(m->channel);
        end_process(m);
        waitpid(m->pid, NULL, 0);
    }
    pulse_unmap(m->pulse);
}

void crew_stop(struct supervisor *s)
{
    for (unsigned i = 0; i < s->worker_count; i++)
        dismiss(&s->workers[i]);
    dismiss(&s->sink);
}
