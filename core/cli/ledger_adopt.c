/* What machines have left that were killed, or lost their power: recovered, noted, put away. */
#include "cli/ledger.h"

#include "base/addr.h"
#include "cli/chain_place.h"
#include "cli/operator_key.h"
#include "net/loop.h"
#include "run/recover.h"
#include "run/task_ipc.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEFT_MOST = 1000, FRAME_MOST = 4 * 1024 * 1024 };
/* Clocks of machines that share a campaign may differ by this. */
#define CLOCKS_APART (30 * SPAN_SECOND)

/* A machine that is no more. */
struct left {
    int64_t machine;
    int lock;
};

struct adopting {
    struct ledger *ledger;
    struct ledger_job **jobs; /* those that they held, in the order of address, port and probe */
    size_t count;
    char bundle[CAMPAIGN_FILE]; /* whose cases are read */
    struct buf frame;
    struct secret_key *key;
    struct chain_file *chain; /* or NULL: none is kept */
};

/* ---- jobs ---- */

static int compare(const struct store_job *a, const struct store_job *b)
{
    unsigned char x[STORE_IP];
    unsigned char y[STORE_IP];
    store_ip(&a->addr, x);
    store_ip(&b->addr, y);
    int order = memcmp(x, y, STORE_IP);
    if (order == 0)
        order = (int)a->addr.port - (int)b->addr.port;
    return order != 0 ? order : strcmp(a->probe, b->probe);
}

static int compare_jobs(const void *a, const void *b)
{
    return compare(&(*(struct ledger_job *const *)a)->job, &(*(struct ledger_job *const *)b)->job);
}

static bool inherit(struct adopting *a, int64_t from, struct fail *fail)
{
    static struct store_job jobs[STORE_LEASE_MOST];
    struct ledger *l = a->ledger;
    size_t count = 1;
    while (count > 0 && a->count + STORE_LEASE_MOST <= LEDGER_ROOM) {
        if (!store_inherit(l->store, l->machine, from, ledger_now(l), STORE_LEASE_MOST, jobs,
                           &count, fail))
            return false;
        for (size_t i = 0; i < count; i++)
            a->jobs[a->count++] = ledger_hold(l, &jobs[i]);
    }
    return true;
}

static struct ledger_job *find(const struct adopting *a, const struct store_job *wanted)
{
    size_t low = 0;
    size_t high = a->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(&a->jobs[middle]->job, wanted);
        if (order == 0)
            return a->jobs[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- cases ---- */

/* What a case.json of ours says. */
struct noted_case {
    struct store_job job; /* its address and probe */
    enum verdict verdict;
    const char *id;
    const char *reason;
    instant started;
    span elapsed;
};

static bool read_case(const json_t *json, struct noted_case *out)
{
    const char *target = json_string_value(json_object_get(json, "target"));
    const char *probe = json_string_value(json_object_get(json, "probe"));
    const char *verdict = json_string_value(json_object_get(json, "verdict"));
    const char *started = json_string_value(json_object_get(json, "started"));
    const json_t *port = json_object_get(json, "port");
    *out = (struct noted_case){.id = json_string_value(json_object_get(json, "case")),
                               .reason = json_string_value(json_object_get(json, "reason"))};
    out->elapsed = json_integer_value(json_object_get(json, "elapsed_ms")) * (SPAN_SECOND / 1000);
    if (!target || !probe || !verdict || !started || !json_is_integer(port) || !out->id ||
        !out->reason || strlen(probe) > STORE_PROBE || strlen(out->id) >= CASE_ID)
        return false;
    snprintf(out->job.probe, sizeof out->job.probe, "%s", probe);
    if (!addr_parse_ip(bytes_of(target), &out->job.addr) ||
        !verdict_parse(bytes_of(verdict), &out->verdict) ||
        !time_parse(bytes_of(started), &out->started))
        return false;
    out->job.addr.port = (uint16_t)json_integer_value(port);
    return true;
}

/* One that began before its job was due is of an earlier attempt, which is noted already. */
static bool is_of(const struct noted_case *c, const struct store_job *job)
{
    return c->started + CLOCKS_APART >= job->due;
}

/* Its ledger was killed, and the run cut short what it waited for (world/live.c, scripts/lib/ajar.lua): that was no attempt. */
static bool is_cut_short(const struct noted_case *c)
{
    static const char stopped[] = "the run was stopped before ";
    return strncmp(c->reason, stopped, sizeof stopped - 1) == 0;
}

static void note(struct adopting *a, const struct noted_case *c, struct bytes line)
{
    struct ledger *l = a->ledger;
    struct ledger_job *job = find(a, &c->job);
    if (!job || !job->used || job->settled || !is_of(c, &job->job) || is_cut_short(c))
        return;
    struct run_item item = {.number = (uint64_t)(job - l->jobs)};
    struct run_result result = {.item = &item,
                                .verdict = c->verdict,
                                .reason = c->reason,
                                .started = c->started,
                                .elapsed = c->elapsed,
                                .line = line};
    snprintf(result.id, sizeof result.id, "%s", c->id);
    task_put_done(&a->frame, &result);
    ledger_settle(l, job, buf_view(&a->frame), a->bundle);
}

static bool is_case_json(const char *name)
{
    size_t n = strlen(name);
    return n > 10 && strcmp(name + n - 10, "/case.json") == 0;
}

static bool on_files(void *arg, const struct bag_file *files, size_t n, struct fail *fail)
{
    struct adopting *a = arg;
    (void)fail;
    for (size_t i = 0; i < n; i++) {
        struct noted_case c;
        if (!is_case_json(files[i].name))
            continue;
        struct bytes line = files[i].content;
        json_t *json = json_loadb((const char *)line.p, line.n, 0, NULL);
        if (json && read_case(json, &c))
            note(a, &c, line);
        json_decref(json);
    }
    return true;
}

/* ---- bundles ---- */

/* The chain of the key's runs finds out what became of a seal whose program was ended, while the bundle is where that was. */
static bool open_chain(struct adopting *a, struct fail *fail)
{
    const struct probe_options *o = a->ledger->options;
    char path[CAMPAIGN_PATH];
    if (!campaign_run_path(path, a->ledger->folder, a->ledger->machine, "tar", fail))
        return false;
    a->key = operator_key_load(o->key_path, fail);
    struct chain_place place = {a->ledger->command, o->chain, o->key_path, path};
    return a->key && chain_place_open(&place, a->key, &a->chain, fail);
}

bool ledger_is_sealed(const char *bundle)
{
    struct partial found;
    struct fail fail;
    return partial_read(bundle, NULL, NULL, &found, &fail) && found.sealed;
}

/* Who did this before may have been ended at any moment. */
static bool recover(struct adopting *a, const char *from, const char *to, struct fail *fail)
{
    struct partial found;
    if (ledger_is_sealed(to))
        return true;
    unlink(to);
    if (!recover_bundle(from, to, a->key, a->chain, loop_now(), &found, fail))
        return false;
    ledger_say(a->ledger, "a run was cut off: %lu of its cases were recovered", found.cases);
    return true;
}

/* Its cases are noted before it gets its place: who is killed in between leaves it to the next one. */
static bool take_sealed(struct adopting *a, const char *sealed, struct fail *fail)
{
    struct ledger *l = a->ledger;
    struct partial found;
    if (!partial_read(sealed, on_files, a, &found, fail))
        return false;
    if (!ledger_flush(l)) {
        *fail = l->failed;
        return l->failed.code ? false : fail_set(fail, "EGONE", "the database is away");
    }
    return ledger_keep(l, sealed, a->bundle, fail);
}

/* It was recovered before, and has its place: only what was cut off was still to be set aside. */
static bool is_kept(const struct adopting *a)
{
    struct fail fail;
    struct buf file = buf_new(CAMPAIGN_FILE);
    bool kept = store_bundle_file(a->ledger->store, bytes_of(a->bundle), &file, &fail) &&
                buf_put_byte(&file, '\0') && strcmp((char *)file.p, a->bundle) != 0 &&
                campaign_has(a->ledger->folder, (char *)file.p);
    buf_free(&file);
    return kept;
}

/* The bundle of one of them, if it had begun one. */
static bool take_bundle(struct adopting *a, const struct left *left, struct fail *fail)
{
    struct ledger *l = a->ledger;
    char path[CAMPAIGN_PATH];
    char recovered[CAMPAIGN_PATH];
    struct partial found;
    campaign_bundle_name(a->bundle, left->machine);
    if (!campaign_run_path(path, l->folder, left->machine, "tar", fail) ||
        !campaign_run_path(recovered, l->folder, left->machine, "recovered.tar", fail))
        return false;
    if (access(path, F_OK) != 0)
        return true;
    if (!partial_read(path, NULL, NULL, &found, fail))
        return false;
    if (found.sealed)
        return take_sealed(a, path, fail);
    if (found.has_run && !is_kept(a) &&
        (!recover(a, path, recovered, fail) || !take_sealed(a, recovered, fail)))
        return false;
    return campaign_set_aside(l->folder, left->machine, fail);
}

/* ---- all of it ---- */

static bool adopt_all(struct adopting *a, const struct left *left, size_t count, struct fail *fail)
{
    struct ledger *l = a->ledger;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = inherit(a, left[i].machine, fail);
    qsort(a->jobs, a->count, sizeof(void *), compare_jobs);
    for (size_t i = 0; ok && i < count; i++)
        ok = take_bundle(a, &left[i], fail);
    /* What is not finished goes back with the machine's end. */
    return ok && store_machine_end(l->store, l->machine, ledger_now(l), fail);
}

static size_t find_left(const struct ledger *l, struct left *left)
{
    int64_t machines[LEFT_MOST];
    size_t n = campaign_locks(l->folder, machines, LEFT_MOST);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        int lock = campaign_lock_left(l->folder, machines[i]);
        if (lock >= 0)
            left[count++] = (struct left){machines[i], lock};
    }
    return count;
}

bool ledger_adopt(struct ledger *l, struct fail *fail)
{
    struct left left[LEFT_MOST];
    struct adopting a = {.ledger = l, .frame = buf_new(FRAME_MOST)};
    size_t count = find_left(l, left);
    if (count == 0)
        return true;
    a.jobs = calloc(LEDGER_ROOM, sizeof(void *));
    bool ok = a.jobs ? ledger_begin_machine(l, fail) : fail_set(fail, "ENOMEM", "out of memory");
    ok = ok && open_chain(&a, fail) && adopt_all(&a, left, count, fail);
    chain_file_close(a.chain);
    secret_key_free(a.key);
    for (size_t i = 0; i < count; i++)
        if (ok)
            campaign_unlock(l->folder, left[i].machine, left[i].lock);
        else
            close(left[i].lock);
    if (a.jobs)
        ledger_end_machine(l, ok);
    free(a.jobs);
    buf_free(&a.frame);
    return ok;
}
