/* What became of jobs: from a run's word to the store. */
#include "cli/ledger.h"

#include "run/task_ipc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Outside the scope now: perhaps not for ever. */
#define REFUSED_AGAIN (24 * 3600 * SPAN_SECOND)
#define LATEST_AGAIN  (7 * 24 * 3600 * SPAN_SECOND)

struct ledger_job *ledger_hold(struct ledger *l, const struct store_job *job)
{
    if (l->free_count == 0)
        return NULL;
    struct ledger_job *held = &l->jobs[l->free_jobs[--l->free_count]];
    *held = (struct ledger_job){.job = *job, .used = true};
    return held;
}

void ledger_let_go(struct ledger *l, struct ledger_job *job)
{
    free(job->done);
    *job = (struct ledger_job){0};
    l->free_jobs[l->free_count++] = (unsigned)(job - l->jobs);
}

/* Which says most of a server comes first. */
static unsigned weight_of(enum verdict verdict)
{
    static const unsigned weights[] = {
        [VERDICT_OPEN] = 5,         [VERDICT_SUSPECT] = 4,     [VERDICT_CLOSED] = 3,
        [VERDICT_INCONCLUSIVE] = 2, [VERDICT_UNREACHABLE] = 1, [VERDICT_ERROR] = 0,
    };
    return weights[verdict];
}

static bool says_nothing(enum verdict verdict)
{
    return verdict == VERDICT_UNREACHABLE || verdict == VERDICT_INCONCLUSIVE ||
           verdict == VERDICT_ERROR;
}

static span pause_before(const struct ledger *l, unsigned attempts)
{
    span pause = l->rules.retry_after;
    for (unsigned i = 1; i < attempts && pause < LATEST_AGAIN; i++)
        pause *= 4;
    return pause < LATEST_AGAIN ? pause : LATEST_AGAIN;
}

/* Who stops a run cuts short what it waits for: that was no attempt. */
static void judge_job(struct ledger *l, struct ledger_job *job, const struct task_done *done,
                      const char *bundle)
{
    bool cut = l->stopping && done->verdict != VERDICT_OPEN && done->verdict != VERDICT_CLOSED;
    bool again = !cut && says_nothing(done->verdict) && job->job.attempts < l->rules.attempts;
    job->back = done->refused || done->id.n == 0 || cut || again;
    job->uncounted = !again;
    job->due = ledger_now(l) +
               (again ? pause_before(l, job->job.attempts) : REFUSED_AGAIN * done->refused);
    l->later += again;
    job->row = (struct store_case){.job = job->job.id,
                                   .verdict = verdict_name(done->verdict),
                                   .weight = weight_of(done->verdict),
                                   .reason = done->reason,
                                   .started = done->started,
                                   .elapsed = done->elapsed,
                                   .bundle = bytes_of(bundle),
                                   .line = done->line};
    memcpy(job->row.id, done->id.p, done->id.n);
}

void ledger_settle(struct ledger *l, struct ledger_job *job, struct bytes frame, const char *bundle)
{
    enum ipc_type type;
    job->done = malloc(frame.n);
    if (!job->done) {
        fail_set(&l->failed, "ENOMEM", "out of memory");
        l->over = true;
        return;
    }
    memcpy(job->done, frame.p, frame.n);
    struct ipc_reader r = ipc_read(bytes_at(job->done, frame.n), &type);
    struct task_done done = task_read_done(&r);
    if (!ipc_end(&r) || done.id.n >= STORE_CASE_ID) {
        fail_set(&l->failed, "EWORKER", "the run says what no run says");
        l->over = true;
        return;
    }
    judge_job(l, job, &done, bundle);
    job->settled = true;
    l->settled[l->settled_count++] = (unsigned)(job - l->jobs);
}

/* What the run has written is on the disk. A bundle that was adopted is sealed, and so it is there. */
static bool sync_bundle(struct ledger *l, struct fail *fail)
{
    bool first = l->bundle_fd < 0;
    if (first)
        l->bundle_fd = open(l->bundle_path, O_RDONLY | O_CLOEXEC);
    if (l->bundle_fd < 0 && errno == ENOENT)
        return true;
    if (first && l->bundle_fd >= 0 && !campaign_sync_run(l->folder, fail))
        return false;
    return (l->bundle_fd >= 0 && fdatasync(l->bundle_fd) == 0) ||
           fail_errno(fail, errno, l->bundle_path);
}

static bool write_some(struct ledger *l, unsigned count, struct fail *fail)
{
    struct store_case cases[LEDGER_BATCH];
    struct store_back backs[LEDGER_BATCH];
    size_t case_count = 0;
    size_t back_count = 0;
    size_t taken = 0;
    for (unsigned i = 0; i < count; i++) {
        const struct ledger_job *job = &l->jobs[l->settled[i]];
        if (job->back)
            backs[back_count++] = (struct store_back){job->job.id, job->due, job->uncounted};
        else
            cases[case_count++] = job->row;
    }
    if (case_count > 0 &&
        !store_finish(l->store, l->machine, ledger_now(l), cases, case_count, &taken, fail))
        return false;
    l->finished += taken;
    if (back_count > 0 && !store_give_back(l->store, l->machine, backs, back_count, fail))
        return false;
    for (unsigned i = 0; i < count; i++)
        ledger_let_go(l, &l->jobs[l->settled[i]]);
    l->settled_count -= count;
    memmove(l->settled, l->settled + count, l->settled_count * sizeof l->settled[0]);
    return true;
}

bool ledger_flush(struct ledger *l)
{
    struct fail fail;
    if (l->settled_count == 0)
        return true;
    if (!sync_bundle(l, &fail)) {
        l->failed = fail;
        l->over = true;
        return false;
    }
    while (l->settled_count > 0) {
        unsigned count = l->settled_count < LEDGER_BATCH ? l->settled_count : LEDGER_BATCH;
        if (!write_some(l, count, &fail)) {
            ledger_bear(l, &fail);
            return false;
        }
        if (l->away)
            ledger_say(l, "the database is there again");
        l->away = false;
    }
    return true;
}
