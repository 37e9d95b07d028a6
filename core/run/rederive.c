#include "run/rederive.h"

#include "tape/steps.h"
#include "tape/tape_reader.h"
#include "world/replay.h"

struct rederiving {
    struct replay *replay;
    bool ended;
    bool same;
    struct fail *fail;
};

static void on_conclusion(void *arg, const struct conclusion *c)
{
    struct rederiving *r = arg;
    struct buf steps = buf_new(STEPS_LIMIT * 8);
    steps_json(c->steps, &steps);
    r->ended = true;
    const struct fail *diverged = replay_diverged(r->replay);
    if (diverged)
        *r->fail = *diverged;
    else
        r->same = replay_verdict(r->replay, bytes_of(verdict_name(c->verdict)), c->reason,
                                 buf_view(&steps), r->fail);
    buf_free(&steps);
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

static bool run(struct probes *probes, struct replay *replay, struct fail *fail)
{
    const struct tape_head *head = replay_head(replay);
    struct rederiving r = {.replay = replay, .fail = fail};
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
    return r.ended ? r.same
                   : fail_set(fail, "EDIVERGED", "the script waits where the tape did not");
}

/* The supervisor's own word on a probe whose worker died: there is no conversation to go through. */
static bool is_given_up(struct bytes tape)
{
    struct tape_reader reader;
    struct tape_head head;
    struct record record;
    struct fail ignored;
    bool is = tape_reader_open(&reader, tape, &head, &ignored) &&
              tape_reader_next(&reader, &record, &ignored) == TAPE_RECORD &&
              record.op == RECORD_VERDICT && bytes_equal_text(record.data, "error");
    tape_reader_close(&reader);
    return is;
}

bool rederive(struct probes *probes, struct bytes tape, struct fail *fail)
{
    if (is_given_up(tape))
        return true;
    struct replay *replay = replay_new(tape, fail);
    if (!replay)
        return false;
    bool same = run(probes, replay, fail);
    replay_free(replay);
    return same;
}
