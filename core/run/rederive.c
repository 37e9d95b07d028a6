#include "run/rederive.h"

#include "base/text.h"
#include "run/reason.h"
#include "tape/object.h"
#include "tape/steps.h"
#include "tape/tape_reader.h"
#include "tape/tape_walk.h"
#include "world/replay.h"

#include <stdio.h>
#include <string.h>

struct rederiving {
    struct replay *replay;
    struct vm *vm;
    bool ended;
    struct case_derived derived; /* what the script says beyond the verdict */
    struct rederived *out;
};

static void unable(struct rederived *out, const struct fail *fail)
{
    out->outcome = REDERIVED_UNABLE;
    out->fail = *fail;
}

/* It left the tape, or the tape can't be read. */
static void left(struct rederiving *r, const struct fail *fail)
{
    const struct difference *difference = replay_difference(r->replay);
    if (!difference) {
        unable(r->out, fail);
        return;
    }
    r->out->outcome = REDERIVED_DIFFERS;
    r->out->difference = *difference;
}

static void keep_error(struct rederived *out, struct bytes reason)
{
    size_t n = reason.n < sizeof out->error ? reason.n : sizeof out->error - 1;
    memcpy(out->error, reason.p ? (const char *)reason.p : "", n);
    out->error[n] = '\0';
}

/* Where in its circles a script is when its budget is spent is chance: a worker counts from when a timer fires. So, when
 * this one's is spent at the same place of the tape, the reason is the tape's, whatever line it names. */
static struct bytes reason_of(const struct rederiving *r, const struct conclusion *c)
{
    unsigned line = 0;
    if (c->verdict != VERDICT_ERROR || !vm_stopped(r->vm) ||
        !replay_expects(r->replay, bytes_of(verdict_name(VERDICT_ERROR))))
        return c->reason;
    struct bytes stands = replay_end(r->replay, &line)->more[0];
    return vm_says_stopped(stands) ? stands : c->reason;
}

/* The script came to an end without having left the tape before. */
static void compare(struct rederiving *r, const struct conclusion *c)
{
    struct fail fail;
    struct buf steps = buf_new(STEPS_LIMIT * 8);
    struct bytes verdict = bytes_of(verdict_name(c->verdict));
    steps_json(c->steps, &steps);
    if (c->verdict == VERDICT_ERROR && !replay_expects(r->replay, verdict))
        keep_error(r->out, c->reason);
    if (!replay_verdict(r->replay, verdict, reason_of(r, c), buf_view(&steps), &fail))
        left(r, &fail);
    buf_free(&steps);
}

/* A tape names the sink's ports only where there are several. */
static void keep_reach(struct ways_reach *out, struct bytes reach, const struct tape_head *head)
{
    struct ways ways = head->ways;
    if (ways.port_count == 0)
        ways.ports[ways.port_count++] = head->sink.port;
    ways_reach_parse(reach, &ways, out);
}

static void on_conclusion(void *arg, const struct conclusion *c)
{
    struct rederiving *r = arg;
    const struct fail *diverged = replay_diverged(r->replay);
    r->ended = true;
    r->derived.late = c->late;
    r->derived.has_proof = c->has_proof;
    r->derived.proof = c->proof;
    keep_reach(&r->derived.reach, c->reach, replay_head(r->replay));
    if (diverged)
        left(r, diverged);
    else
        compare(r, c);
}

static struct run_facts facts_of(const struct tape_head *head)
{
    return (struct run_facts){
        .probe = head->probe,
        .mail_domain = head->mail_domain,
        .sender_domain = head->sender_domain,
        .helo = head->helo,
        .authority = head->authority,
        .contact = head->contact,
        .info = head->info,
        .sink = head->sink,
        .ways = head->ways,
        .wait = head->wait,
        .args = head->args,
    };
}

static bool run(struct probes *probes, struct replay *replay, struct rederived *out,
                struct case_derived *derived, struct fail *fail)
{
    const struct tape_head *head = replay_head(replay);
    struct rederiving r = {.replay = replay, .vm = probes_vm(probes), .out = out};
    struct run_facts run_facts = facts_of(head);
    struct task_facts facts = {
        .run = &run_facts, .target = head->target, .target_name = head->name};
    int index = probes_find(probes, head->probe);
    if (index < 0)
        return fail_set(fail, "EPROBE", "the bundle holds no script for the probe %.*s",
                        (int)head->probe.n, (const char *)head->probe.p);
    struct probe_run *run =
        probe_run_new(probes, (size_t)index, replay_world(replay), &facts, on_conclusion, &r, fail);
    if (!run)
        return false;
    probe_run_start(run);
    probe_run_free(run);
    *derived = r.derived;
    return r.ended || fail_set(fail, "EWAIT", "the script waits where no tape lets it wait");
}

/* "builtin@0.1.0": "builtin", below data/packs/ */
static struct bytes folder_of(struct bytes pack)
{
    size_t at = bytes_index(pack, '@', 0);
    return bytes_slice(pack, 0, at == BYTES_NOT_FOUND ? pack.n : at);
}

/* Does the script that ran lie in the pack that the tape names? One of the signer's own may bear a built-in one's id. */
static bool is_of_its_pack(const struct probe_info *probe, const struct tape_head *head,
                           struct difference *out)
{
    struct bytes pack = folder_of(head->pack);
    if (bytes_equal_text(pack, probe->pack))
        return true;
    *out = (struct difference){.line = 1};
    snprintf(out->expected, sizeof out->expected, "a script of the pack %.*s, as the tape says",
             pack.n < 100 ? (int)pack.n : 100, pack.n ? (const char *)pack.p : "");
    snprintf(out->got, sizeof out->got, "one of the pack %.100s", probe->pack);
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

/* "suspect, then open by a later receipt" */
static void tell_overruled(const struct case_files *files, struct bytes script,
                           char out[REDERIVED_TOLD])
{
    struct fail fail;
    if (bytes_find(files->case_json, bytes_of("\"overruled\"")) == BYTES_NOT_FOUND)
        return;
    json_t *said = object_load_or(files->case_json, &fail);
    struct bytes run = object_text(said, "verdict");
    bool later = bytes_equal_text(run, "open");
    if (run.n > 0 && !bytes_equal(run, script))
        snprintf(out, REDERIVED_TOLD, "%.*s, then %.*s%s", (int)script.n, (const char *)script.p,
                 (int)run.n, (const char *)run.p, later ? " by a later receipt" : " for the run");
    json_decref(said);
}

static void compare_case(struct probes *probes, struct replay *replay,
                         const struct case_files *files, struct case_derived *derived,
                         struct rederived *out)
{
    unsigned line = 0;
    const struct record *verdict = replay_end(replay, &line);
    const struct tape_head *head = replay_head(replay);
    int index = probes_find(probes, head->probe);
    const struct probe_info *probe = index >= 0 ? probes_at(probes, (size_t)index) : NULL;
    derived->relay = probe && probe->relay;
    if ((!probe || is_of_its_pack(probe, head, &out->difference)) &&
        case_agrees(files, derived, head, verdict, line, &out->difference)) {
        tell_overruled(files, verdict->data, out->told);
        return;
    }
    out->outcome = REDERIVED_DIFFERS;
    out->error[0] = '\0'; /* it is none of the script's */
}

/* Does the tape begin with the verdict `error`? */
static bool is_bare(struct replay *replay)
{
    return world_line(replay_world(replay)) == 1 &&
           replay_expects(replay, bytes_of(verdict_name(VERDICT_ERROR)));
}

/* The verdict of a tape that is not written as ajar writes it, by reading each line. */
static bool read_verdict(struct tape_reader *reader, struct bytes tape, struct record *out)
{
    struct fail fail;
    struct tape_head head;
    enum tape_step step = tape_reader_open(reader, tape, &head, &fail) ? TAPE_RECORD : TAPE_BAD;
    *out = (struct record){.op = RECORD_NOTE};
    while (step == TAPE_RECORD && out->op != RECORD_VERDICT)
        step = tape_reader_next(reader, out, &fail);
    return step == TAPE_RECORD;
}

/* Has the tape a verdict of this name (NULL: whatever it is), with a reason of that kind? */
static bool ends_as(struct bytes tape, const char *verdict, bool (*is)(struct bytes reason))
{
    struct record record;
    struct tape_reader reader = {0};
    struct tape_walk walk = tape_walk_begin(tape, RECORD_VERDICT);
    bool ends = (tape_walk_next(&walk, &record) || read_verdict(&reader, tape, &record)) &&
                is(record.more[0]) && (!verdict || bytes_equal_text(record.data, verdict));
    tape_walk_end(&walk);
    tape_reader_close(&reader);
    return ends;
}

/* A tape whose script is not held against it: nothing may stand behind the verdict. */
static void look_at_end(struct replay *replay, enum rederived_outcome outcome,
                        struct rederived *out)
{
    struct fail fail;
    struct rederiving r = {.replay = replay, .out = out};
    unsigned line = 0;
    replay_pass(replay);
    struct record verdict = *replay_end(replay, &line);
    *out = (struct rederived){.outcome = outcome};
    keep_error(out, verdict.more[0]);
    if (!replay_verdict(replay, verdict.data, verdict.more[0], verdict.more[1], &fail))
        left(&r, &fail);
}

/* Runs the script where that tells anything. *replay is then at the verdict, unless that could not be tried. */
static void derive(struct probes *probes, struct bytes tape, struct replay **replay,
                   struct rederived *out, struct case_derived *derived)
{
    struct fail fail;
    *replay = replay_new(tape, &fail);
    bool bare = *replay && is_bare(*replay);
    bool lost = *replay && ends_as(tape, verdict_name(VERDICT_ERROR), reason_is_lost);
    if (lost) {
        look_at_end(*replay, bare ? REDERIVED_NOTHING : REDERIVED_ENDED, out);
        return;
    }
    if (!*replay || !run(probes, *replay, out, derived, &fail))
        unable(out, &fail);
    if (!bare || out->outcome == REDERIVED_SAME)
        return;
    replay_free(*replay);
    *replay = replay_new(tape, &fail);
    if (*replay)
        look_at_end(*replay, REDERIVED_NOTHING, out);
    else
        unable(out, &fail);
}

void rederive(struct probes *probes, const struct case_files *files, struct rederived *out)
{
    struct case_derived derived = {.late = LATE_TOKEN_SUSPECT};
    struct replay *replay = NULL;
    *out = (struct rederived){.outcome = REDERIVED_SAME};
    derive(probes, files->tape, &replay, out, &derived);
    bool has_end = out->outcome == REDERIVED_SAME || out->outcome == REDERIVED_NOTHING ||
                   out->outcome == REDERIVED_ENDED;
    if (has_end && files->case_json.n > 0)
        compare_case(probes, replay, files, &derived, out);
    replay_free(replay);
}

bool rederive_is_spent(struct bytes tape)
{
    return ends_as(tape, NULL, vm_says_stopped);
}
