#include "cli/ledger.h"

#include "cli/complain.h"
#include "cli/shift.h"
#include "net/channel.h"
#include "run/task_ipc.h"
#include "store/store_targets.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK           (SPAN_SECOND / 4)
#define LOOK_AT_POLICY SPAN_SECOND
/* How long a database may be away when the work is over, before what it is to be told is left to a later run. */
#define PATIENCE (120 * SPAN_SECOND)
/* And for who was asked to stop: a service manager does not wait for long. */
#define PATIENCE_STOPPING (10 * SPAN_SECOND)
/* A shift that ended before it had done anything is begun again so many times. */
enum { VAIN_SHIFTS = 3 };

/* Asked for anew with each beat. */
static void set_clock(struct ledger *l)
{
    struct fail fail;
    instant now;
    if (!store_is_shared(l->place))
        l->ahead = 0;
    else if (store_now(l->store, &now, &fail))
        l->ahead = now - loop_now();
}

instant ledger_now(const struct ledger *l)
{
    return loop_now() + l->ahead;
}

void ledger_say(const struct ledger *l, const char *format, ...)
{
    char line[500];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    complain_words(l->command, 0, line);
}

bool ledger_bear(struct ledger *l, const struct fail *why)
{
    if (store_may_return(why)) {
        if (!l->away)
            ledger_say(l, "%s; what was found waits until it is there again", why->text);
        l->away = true;
        l->why_away = *why;
        return true;
    }
    if (strcmp(why->code, "ELOST") == 0) {
        if (!l->lost)
            ledger_say(
                l, "this machine's lease has run out, and others do its work: a new shift begins");
        l->lost = true;
    } else if (!l->failed.code)
        l->failed = *why;
    l->over = true;
    return false;
}

/* ---- handing out ---- */

static bool find_probe(const struct scripts *s, const char *id, uint32_t *out)
{
    for (size_t i = 0; i < s->count; i++)
        if (scripts_meant(s, i) && strcmp(s->infos[i].id, id) == 0) {
            *out = (uint32_t)i;
            return true;
        }
    return false;
}

/* A job of a probe that this run has not: for one that has it. */
static void put_off(struct ledger *l, struct ledger_job *held)
{
    held->back = true;
    held->uncounted = true;
    held->due = ledger_now(l) + 3600 * SPAN_SECOND;
    held->settled = true;
    l->settled[l->settled_count++] = (unsigned)(held - l->jobs);
}

static void hand_out(struct ledger *l, const struct store_job *job)
{
    struct ledger_job *held = ledger_hold(l, job);
    struct task task = {.number = (uint64_t)(held - l->jobs),
                        .target = job->addr,
                        .name = bytes_of(job->name),
                        .source = bytes_of(job->source)};
    if (!find_probe(l->scripts, job->probe, &task.probe)) {
        put_off(l, held);
        return;
    }
    task_put(&l->out, &task);
    if (!channel_send(l->channel, buf_view(&l->out), -1))
        l->over = true; /* it is gone, or about to: what it holds goes back */
    l->handed_out++;
}

static unsigned held_at_most(const struct ledger *l)
{
    long most = 2 * l->options->in_flight;
    return most < 64 ? 64 : most > LEDGER_HELD ? LEDGER_HELD : (unsigned)most;
}

/* False: the store gave none, or can't be asked. */
static bool lease_some(struct ledger *l, unsigned most)
{
    static struct store_job jobs[STORE_LEASE_MOST];
    struct fail fail;
    size_t planned = 0;
    size_t count = 0;
    instant now = ledger_now(l);
    if (!job_plan_some(&l->plan, l->store, now, &planned, &fail) ||
        !store_lease(l->store, l->machine, now, most, jobs, &count, &fail)) {
        ledger_bear(l, &fail);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        hand_out(l, &jobs[i]);
    return count > 0 || planned > 0;
}

void ledger_end_shift(struct ledger *l)
{
    l->over = true;
    if (!l->channel)
        return;
    ipc_begin(&l->out, IPC_TASKS_OVER);
    channel_send(l->channel, buf_view(&l->out), -1);
}

/* It has had its time, or all that it may have: what it holds is still done. */
static bool is_full(const struct ledger *l)
{
    return l->handed_out >= l->rules.cases || loop_monotonic() - l->begun >= l->rules.shift;
}

static unsigned lease_at_most(const struct ledger *l, unsigned room)
{
    unsigned long left = l->rules.cases - l->handed_out;
    unsigned most = room < STORE_LEASE_MOST ? room : STORE_LEASE_MOST;
    return left < most ? (unsigned)left : most;
}

/* Jobs that the run is to do still, or does. */
static unsigned under_way(const struct ledger *l)
{
    unsigned held = LEDGER_ROOM - l->free_count;
    return l->late < held ? held - (unsigned)l->late : 0;
}

static void fill(struct ledger *l)
{
    unsigned held = under_way(l);
    unsigned most = held_at_most(l);
    if (l->over || !l->channel || l->away || held > most / 2 || l->free_count < most)
        return;
    if (is_full(l)) {
        if (held == 0)
            ledger_end_shift(l);
        return;
    }
    if (lease_some(l, lease_at_most(l, most - held)) || held > 0 || l->away || l->over)
        return;
    if (!l->rules.stay) /* nothing is due */
        ledger_end_shift(l);
}

static void keep_lease(struct ledger *l)
{
    struct fail fail;
    instant now = loop_monotonic();
    if (l->lost || now - l->beat < l->rules.lease / 4)
        return;
    set_clock(l);
    if (store_beat(l->store, l->machine, ledger_now(l), l->rules.lease, &fail))
        l->beat = now;
    else if (!ledger_bear(l, &fail))
        ledger_end_shift(l);
}

static void on_look(void *arg)
{
    struct ledger *l = arg;
    timer_start(l->timer, LOOK);
    keep_lease(l);
    ledger_flush(l);
    if (loop_monotonic() - l->looked >= LOOK_AT_POLICY) {
        ledger_look_at_policy(l);
        l->looked = loop_monotonic();
    }
    if (l->over && l->channel)
        ledger_end_shift(l);
    fill(l);
}

/* ---- a shift ---- */

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct ledger *l = arg;
    enum ipc_type type;
    (void)fd;
    struct ipc_reader r = ipc_read(payload, &type);
    uint64_t number = ipc_u64(&r);
    if (type == IPC_TASKS_LATE && ipc_end(&r))
        l->late = number;
    if (type != IPC_TASK_DONE || r.bad || number >= LEDGER_ROOM || !l->jobs[number].used ||
        l->jobs[number].settled)
        return; /* of a job that was let go */
    ledger_settle(l, &l->jobs[number], payload, l->bundle);
    if (l->settled_count >= LEDGER_BATCH && !l->away)
        ledger_flush(l);
    fill(l);
}

static void on_end(void *arg, const char *why)
{
    struct ledger *l = arg;
    (void)why;
    channel_free(l->channel);
    l->channel = NULL;
    l->over = true;
    loop_stop(l->loop);
}

static void after_round(void *arg)
{
    struct ledger *l = arg;
    if (l->channel)
        channel_flush(l->channel);
}

/* Ctrl-C on a terminal goes to both; else we pass it on. The second one ends the run at once. */
static void on_interrupt(void *arg)
{
    struct ledger *l = arg;
    l->stopping = true;
    l->over = true;
    if (l->pid > 0)
        kill(l->pid, SIGINT);
}

static bool set_up_loop(struct ledger *l, int channel, struct fail *fail)
{
    l->loop = loop_new(fail);
    if (!l->loop) {
        close(channel);
        return false;
    }
    l->channel = channel_new(l->loop, channel, false, on_frame, on_end, l);
    l->timer = timer_new(l->loop, on_look, l);
    if (!l->channel || !l->timer || !loop_on_signal(l->loop, SIGINT, on_interrupt, l) ||
        !loop_on_signal(l->loop, SIGTERM, on_interrupt, l))
        return fail_set(fail, "ENOMEM", "out of memory");
    loop_after_round(l->loop, after_round, l);
    timer_start(l->timer, 0);
    return true;
}

static void take_loop_down(struct ledger *l)
{
    timer_free(l->timer);
    channel_free(l->channel);
    loop_free(l->loop);
    l->timer = NULL;
    l->channel = NULL;
    l->loop = NULL;
}

/* In the shift's process: nothing of the ledger is used there. */
_Noreturn static void become_shift(struct ledger *l, int channel, unsigned long total)
{
    struct probe_options options = *l->options;
    options.bundle = l->bundle_path;
    options.scope_path = l->scope_path;
    struct shift shift = {&options, channel, total};
    int status = shift_work(&shift);
    fflush(stdout);
    _exit(status);
}

/* The store is not open meanwhile: a connection belongs to one process. */
static bool start_shift(struct ledger *l, unsigned long total, struct fail *fail)
{
    int ends[2];
    if (!channel_pair(ends, fail))
        return false;
    fflush(stdout);
    fflush(stderr);
    l->pid = fork();
    if (l->pid == 0) {
        close(ends[0]);
        become_shift(l, ends[1], total);
    }
    close(ends[1]);
    if (l->pid < 0) {
        close(ends[0]);
        return fail_errno(fail, errno, "a process can't be started");
    }
    return set_up_loop(l, ends[0], fail);
}

static bool open_store(struct ledger *l, struct fail *fail)
{
    if (l->store)
        return true;
    l->store = store_open(l->place, fail);
    if (l->store)
        set_clock(l);
    return l->store != NULL;
}

static void close_store(struct ledger *l)
{
    store_close(l->store);
    l->store = NULL;
}

bool ledger_begin_machine(struct ledger *l, struct fail *fail)
{
    char name[300] = "";
    gethostname(name, 255);
    size_t n = strlen(name);
    snprintf(name + n, sizeof name - n, ":%ld", (long)getpid());
    if (!store_machine_begin(l->store, name, ledger_now(l), l->rules.lease, &l->machine, fail) ||
        !campaign_run_path(l->bundle_path, l->folder, l->machine, "tar", fail))
        return false;
    campaign_bundle_name(l->bundle, l->machine);
    l->lock = campaign_lock(l->folder, l->machine, fail);
    return l->lock >= 0;
}

/* What waits is written, if the database comes back in time. */
static bool flush_all(struct ledger *l)
{
    instant began = loop_monotonic();
    while (!ledger_flush(l)) {
        if (!l->away)
            return false;
        if (loop_monotonic() - began > (l->stopping ? PATIENCE_STOPPING : PATIENCE)) {
            l->failed = l->why_away;
            return false;
        }
        usleep(500000);
    }
    return true;
}

bool ledger_keep(struct ledger *l, const char *sealed, const char *bundle, struct fail *fail)
{
    char file[CAMPAIGN_FILE];
    if (!campaign_name_sealed(sealed, file, fail) ||
        !store_bundle_sealed(l->store, bytes_of(bundle), bytes_of(file), ledger_now(l), fail) ||
        !campaign_keep(l->folder, sealed, file, fail))
        return false;
    if (!l->options->quiet)
        ledger_say(l, "sealed %s/evidence/%s", l->folder, file);
    return true;
}

/* The shift has ended by itself: its bundle is sealed, or was never begun. One that could not be sealed is left, as that of a
 * shift that died: who takes it over tries again. */
static bool has_sealed(const struct ledger *l, int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 && l->pid > 0 &&
           (access(l->bundle_path, F_OK) != 0 || ledger_is_sealed(l->bundle_path));
}

static bool put_away(struct ledger *l, struct fail *fail)
{
    return access(l->bundle_path, F_OK) != 0 || ledger_keep(l, l->bundle_path, l->bundle, fail);
}

static void forget_jobs(struct ledger *l)
{
    for (unsigned i = 0; i < LEDGER_ROOM; i++) {
        if (l->jobs[i].used)
            ledger_let_go(l, &l->jobs[i]);
    }
    l->settled_count = 0;
}

void ledger_end_machine(struct ledger *l, bool done)
{
    if (l->bundle_fd >= 0)
        close(l->bundle_fd);
    l->bundle_fd = -1;
    if (l->lock >= 0 && done)
        campaign_unlock(l->folder, l->machine, l->lock);
    else if (l->lock >= 0)
        close(l->lock);
    l->lock = -1;
    forget_jobs(l);
}

/* After the process: what it did is written down, what it did not do goes back. Left to whoever comes next where it died. */
static bool end_machine(struct ledger *l, int status, struct fail *fail)
{
    bool sealed = has_sealed(l, status);
    bool ok = flush_all(l) && (!sealed || put_away(l, fail)) &&
              (!sealed || l->lost || store_machine_end(l->store, l->machine, ledger_now(l), fail));
    ledger_end_machine(l, ok && sealed);
    if (l->failed.code)
        *fail = l->failed;
    return ok && !l->failed.code;
}

static bool run_shift(struct ledger *l, unsigned long total, struct fail *fail)
{
    int status = 0;
    close_store(l);
    if (!start_shift(l, total, fail)) {
        take_loop_down(l);
        return false;
    }
    bool open = open_store(l, fail);
    if (open)
        while (l->channel)
            loop_run(l->loop);
    take_loop_down(l); /* a shift that is still there ends now */
    while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        ledger_say(l, "the run was ended by signal %d (%s); what it has done is looked at",
                   WTERMSIG(status), strsignal(WTERMSIG(status)));
    return open && end_machine(l, status, fail);
}

static void begin_shift(struct ledger *l)
{
    l->over = l->lost = l->away = false;
    l->handed_out = l->late = 0;
    l->settled_count = 0;
    l->pid = 0;
    l->begun = l->beat = loop_monotonic();
    ledger_has_changed(l->scope_path, l->scope_seen);
    /* All opt-outs go to the shift before its first task. */
    memset(l->optout_seen, 0, sizeof l->optout_seen);
    l->last_optout = 0;
    l->looked = 0;
}

/* Is there anything for a shift to do now? */
static bool is_work(struct ledger *l, bool *work, unsigned long *total, struct fail *fail)
{
    struct store_totals totals;
    instant next = 0;
    size_t planned = 0;
    if (!job_plan_some(&l->plan, l->store, ledger_now(l), &planned, fail) ||
        !store_reclaim(l->store, ledger_now(l), fail) || !store_next_due(l->store, &next, fail) ||
        !store_totals(l->store, &totals, fail))
        return false;
    *work = planned > 0 || (next != 0 && next <= ledger_now(l));
    *total = totals.due;
    return true;
}

static bool one_shift(struct ledger *l, bool *worked, struct fail *fail)
{
    unsigned long total = 0;
    *worked = false;
    if (!open_store(l, fail) || !is_work(l, worked, &total, fail))
        return false;
    ledger_ask_for_stop(l);
    if (!*worked || l->stopped)
        return true;
    begin_shift(l);
    return ledger_begin_machine(l, fail) && run_shift(l, total, fail);
}

/* Those that died here. They are looked for between shifts. */
static bool adopt(struct ledger *l, struct fail *fail)
{
    return open_store(l, fail) && ledger_adopt(l, fail);
}

/* Between shifts; who stays outlives a database that is away. */
static void wait_for_store(struct ledger *l, const struct fail *why)
{
    if (!l->away)
        ledger_say(l, "%s; it is asked again every second", why->text);
    l->away = true;
    close_store(l);
    usleep(1000000);
}

static bool go_on(struct ledger *l, struct fail *fail)
{
    unsigned in_vain = 0;
    bool worked = true;
    while (!l->stopping && (worked || l->rules.stay)) {
        unsigned long before = l->finished + l->later;
        if (!adopt(l, fail) || !one_shift(l, &worked, fail)) {
            if (!l->rules.stay || !store_may_return(fail))
                return false;
            wait_for_store(l, fail);
            continue;
        }
        in_vain = worked && l->finished + l->later == before ? in_vain + 1 : 0;
        if (in_vain == VAIN_SHIFTS)
            return fail_set(fail, "EWORKER", "%u runs ended one after the other without a result",
                            in_vain);
        if (l->stopped && !l->rules.stay)
            break;
        l->stopped = false;
        if (!worked && l->rules.stay)
            usleep(1000000);
    }
    return true;
}

bool ledger_run(struct ledger *l, struct fail *fail)
{
    l->lock = l->bundle_fd = -1;
    l->out = buf_new(CHANNEL_FRAME);
    l->jobs = calloc(LEDGER_ROOM, sizeof *l->jobs);
    l->free_jobs = calloc(LEDGER_ROOM, sizeof *l->free_jobs);
    bool ok = l->jobs && l->free_jobs ? campaign_folder_make(l->folder, fail)
                                      : fail_set(fail, "ENOMEM", "out of memory");
    for (unsigned i = 0; ok && i < LEDGER_ROOM; i++)
        l->free_jobs[l->free_count++] = i;
    ok = ok && open_store(l, fail) &&
         job_plan_begin(&l->plan, l->store, l->scripts, ledger_now(l), fail) && go_on(l, fail);
    close_store(l);
    free(l->jobs);
    free(l->free_jobs);
    buf_free(&l->out);
    return ok;
}
