/* From a worker's word and the sink's receipts to a result. */
#include "run/supervisor.h"

#include "base/text.h"
#include "guard/scope.h"
#include "run/cell_ipc.h"
#include "run/evidence.h"
#include "run/exits.h"
#include "run/judge.h"
#include "run/reason.h"
#include "tape/record.h"
#include "tape/tape_head.h"

#include <string.h>

static void new_case_id(struct supervisor *s, char id[CASE_ID])
{
    unsigned char random[8];
    random_take(&s->random, random, sizeof random);
    memcpy(id, "c-", 2);
    hash_hex(random, sizeof random, id + 2);
}

/* Keeps it as evidence; a result that is not kept is no case. */
static void keep(struct supervisor *s, struct run_result *result)
{
    struct fail fail;
    struct bag *bag = s->options->bag;
    result->id[0] = '\0';
    result->line = bytes_at(NULL, 0);
    if (!bag || s->failed.code || result->refused)
        return;
    new_case_id(s, result->id);
    buf_clear(&s->line);
    if (supervisor_keep_scripts(s, &fail) && evidence_case(bag, result, &s->line, &fail)) {
        result->line = buf_view(&s->line);
        s->counts->cases++;
        return;
    }
    result->id[0] = '\0';
    supervisor_fail(s, &fail);
}

/* Counts it, keeps it, hands it out. */
void result_report(struct supervisor *s, struct run_result *result)
{
    s->counts->done++;
    s->deaths_in_a_row = 0;
    s->counts->verdicts[result->verdict]++;
    keep(s, result);
    s->options->on_result(s->options->arg, result);
}

void result_judge_exit(const struct supervisor *s, struct run_result *result)
{
    if (result->verdict != VERDICT_OPEN)
        return;
    struct addr own = exits_own(&result->item->target, &s->options->from);
    exits_judge(result, &own);
}

/* Does what the worker says stand? */
static void weigh(const struct supervisor *s, struct run_result *result)
{
    judge(result, scope_is_own(s->options->scope, &result->item->target));
    result_judge_exit(s, result);
}

bool result_done(struct supervisor *s, struct ipc_reader *r, struct member *from)
{
    char reason[CONCLUSION_REASON + 1];
    struct run_result result = {.reason = reason};
    struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    struct conclusion c = ipc_conclusion(r);
    reason_copy(reason, sizeof reason, c.reason);
    result.verdict = c.verdict;
    result.steps = c.steps;
    result.has_proof = c.has_proof;
    result.proof = c.proof;
    result.late = c.late;
    ways_reach_parse(c.reach, &s->options->ways, &result.reach);
    result.started = (instant)ipc_u64(r);
    result.elapsed = (span)ipc_u64(r);
    result.tape = ipc_bytes(r);
    if (!ipc_end(r) || !job || !job->started || &s->workers[job->worker] != from)
        return false;
    if (c.verdict != VERDICT_ERROR)
        cells_well(s, job);
    result.item = &job->item;
    result.probe = s->options->probes[job->item.probe];
    result.receipts = job->receipts;
    result.receipt_count = job->receipt_count;
    weigh(s, &result);
    from->in_flight--;
    dial_over(s, job);
    if (!late_keep(s, job, &result))
        result_report(s, &result);
    jobs_remove(s->jobs, job);
    return true;
}

bool result_trace(struct supervisor *s, struct ipc_reader *r)
{
    struct run_trace trace = {0};
    const struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    trace.script_line = ipc_u32(r);
    trace.line = ipc_u32(r);
    trace.t = (span)ipc_u64(r);
    trace.c = ipc_u32(r);
    trace.further = ipc_u8(r) == 1;
    unsigned ink = ipc_u8(r);
    trace.text = ipc_bytes(r);
    if (!ipc_end(r) || ink > INK_GOOD || !s->options->on_trace)
        return false;
    trace.ink = (enum print_ink)ink;
    if (job) {
        trace.item = &job->item;
        s->options->on_trace(s->options->arg, &trace);
    }
    return true;
}

bool result_receipt(struct supervisor *s, struct ipc_reader *r)
{
    struct receipt receipt = ipc_receipt(r);
    struct bytes raw = ipc_bytes(r);
    if (!ipc_end(r))
        return false;
    struct sup_job *job = jobs_find_number(s->jobs, receipt.token.b);
    if (!job) {
        late_receipt(s, &receipt, raw);
        return true;
    }
    if (!run_receipts_add(&job->receipts, &job->receipt_count, &receipt, raw))
        return true; /* more than we keep */
    ipc_begin(&s->out, IPC_RECEIPT);
    ipc_put_u64(&s->out, job->id);
    ipc_put_receipt(&s->out, &receipt);
    crew_send(&s->workers[job->worker], -1);
    return true;
}

static struct run_result without_conversation(struct supervisor *s, const struct run_item *item,
                                              const struct fail *why)
{
    return (struct run_result){
        .item = item,
        .probe = s->options->probes[item->probe],
        .verdict = VERDICT_ERROR,
        .reason = why->text,
        .started = loop_now(),
    };
}

void result_refused(struct supervisor *s, const struct run_item *item, enum run_refusal refusal,
                    const struct fail *why)
{
    struct run_result result = without_conversation(s, item, why);
    result.refused = refusal;
    s->counts->refused++;
    s->counts->own += refusal == RUN_REFUSED_BY_VANTAGE;
    result_report(s, &result);
}

static void put_lost_tape(struct buf *tape, const struct supervisor *s,
                          const struct run_result *result)
{
    const struct settings *set = &s->settings;
    const char *name = result->item->name;
    struct tape_head head = {
        .probe = bytes_of(result->probe->id),
        .pack = bytes_of(result->probe->pack),
        .target = result->item->target,
        .name = bytes_of(name ? name : ""),
        .started = result->started,
        .sink = set->sink,
        .ways = set->ways,
        .mail_domain = set->mail_domain,
        .sender_domain = set->sender_domain,
        .helo = set->helo,
        .authority = set->authority,
        .contact = set->contact,
        .info = set->info,
        .wait = set->wait,
        .args = set->args ? set->args[result->item->probe] : bytes_at(NULL, 0),
    };
    struct record verdict = {.op = RECORD_VERDICT,
                             .t = result->elapsed,
                             .data = bytes_of(verdict_name(result->verdict)),
                             .more = {bytes_of(result->reason)}};
    tape_head_put(tape, &head);
    record_put(tape, &verdict);
}

void result_lost(struct supervisor *s, const struct run_item *item, span took,
                 const struct fail *why)
{
    struct run_result result = without_conversation(s, item, why);
    result.started -= took;
    result.elapsed = took;
    struct buf tape = buf_new(TAPE_LIMIT);
    put_lost_tape(&tape, s, &result);
    result.tape = buf_view(&tape);
    result_report(s, &result);
    buf_free(&tape);
}
