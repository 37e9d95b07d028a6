#include "run/rederive.h"

#include "tape/steps.h"
#include "tape/tape_reader.h"
#include "world/replay.h"

#include <string.h>

struct rederiving {
    struct replay *replay;
    bool ended;
    bool awaits; /* the script says that mail may still come */
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

/* The script came to an end without having left the tape before. */
static void compare(struct rederiving *r, const struct conclusion *c)
{
    struct fail fail;
    struct buf steps = buf_new(STEPS_LIMIT * 8);
    struct bytes verdict = bytes_of(verdict_name(c->verdict));
    steps_json(c->steps, &steps);
    if (c->verdict == VERDICT_ERROR && !replay_expects(r->replay, verdict))
        keep_error(r->out, c->reason);
    if (!replay_verdict(r->replay, verdict, c->reason, buf_view(&steps), &fail))
        left(r, &fail);
    buf_free(&steps);
}

static void on_conclusion(void *arg, const struct conclusion *c)
{
    struct rederiving *r = arg;
    const struct fail *diverged = replay_diverged(r->replay);
    r->ended = true;
    r->awaits = c->awaits;
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

/* The supervisor's own word on a probe whose worker died: there is no conversation to go through. */
static bool is_given_up(struct replay *replay)
{
    return world_line(replay_world(replay)) == 1 && replay_expects(replay, bytes_of("error"));
}

/* `awaits`: what the script says of mail that may still come. */
static bool run(struct probes *probes, struct replay *replay, struct rederived *out, bool *awaits,
                struct fail *fail)
{
    const struct tape_head *head = replay_head(replay);
    struct rederiving r = {.replay = replay, .out = out};
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
    *awaits = r.awaits;
    return r.ended || fail_set(fail, "EWAIT", "the script waits where no tape lets it wait");
}

static void compare_case(struct probes *probes, struct replay *replay,
                         const struct case_files *files, bool awaits, struct rederived *out)
{
    unsigned line = 0;
    const struct record *verdict = replay_end(replay, &line);
    const struct tape_head *head = replay_head(replay);
    int index = probes_find(probes, head->probe);
    bool relay = index >= 0 && probes_at(probes, (size_t)index)->relay;
    if (!case_agrees(files, relay, awaits, head, verdict, line, &out->difference))
        out->outcome = REDERIVED_DIFFERS;
}

void rederive(struct probes *probes, const struct case_files *files, struct rederived *out)
{
    struct fail fail;
    bool awaits = false;
    *out = (struct rederived){.outcome = REDERIVED_SAME};
    struct replay *replay = replay_new(files->tape, &fail);
    bool ok = replay && (is_given_up(replay) || run(probes, replay, out, &awaits, &fail));
    if (!ok)
        unable(out, &fail);
    else if (out->outcome == REDERIVED_SAME && files->case_json.n > 0)
        compare_case(probes, replay, files, awaits, out);
    replay_free(replay);
}
