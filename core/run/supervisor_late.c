/* Cases whose token may still come are reported when it has, or when the run ends. */
#include "run/supervisor.h"

#include "guard/scope.h"
#include "run/judge.h"
#include "run/late.h"
#include "tape/awaited.h"

/* Is it a receipt of the right kind, for a token that the probe has made and not seen come back, and of which that tells
 * anything? */
static bool proves(const struct run_result *result, const struct receipt *receipt)
{
    char token[TOKEN_TEXT];
    struct run_result claim = *result;
    claim.has_proof = true;
    claim.proof = receipt->token;
    token_text(&receipt->token, token);
    return judge_is_proof(&claim, receipt) &&
           (result->probe->relay ? awaited_mail : awaited_token)(result->tape, token);
}

/* What the probe said stays beside the verdict. */
static void report_open(struct supervisor *s, struct run_result *result,
                        const struct receipt *receipt)
{
    char reason[LATE_REASON];
    late_reason(reason, result->started, result->elapsed, receipt->at);
    judge_overrule(result, VERDICT_OPEN, reason);
    result->has_proof = true;
    result->proof = receipt->token;
    result_judge_exit(s, result);
    result_report(s, result);
}

static void count(struct supervisor *s)
{
    s->counts->held = late_count(s->late);
}

static void report_as_it_is(struct supervisor *s, struct late_case *c)
{
    count(s);
    result_report(s, &c->result);
    late_case_free(c);
}

/* A receipt that came when the probe had stopped to wait for it, and had not ended yet. */
static const struct receipt *proof_in_hand(const struct run_result *result)
{
    for (unsigned i = 0; i < result->receipt_count; i++)
        if (proves(result, &result->receipts[i].receipt))
            return &result->receipts[i].receipt;
    return NULL;
}

/* Whether a token that comes from here on would make it open. What the run has overruled stays so, and a target in a
 * network of the prober's own is open for nothing that comes (judge.h). */
static bool is_awaited(const struct supervisor *s, const struct run_result *result)
{
    return !result->overruled_reason && judge_may_be_late(result->verdict, result->late) &&
           !scope_is_own(s->options->scope, &result->item->target);
}

bool late_keep(struct supervisor *s, struct sup_job *job, struct run_result *result)
{
    if (!is_awaited(s, result))
        return false;
    const struct receipt *proof = proof_in_hand(result);
    if (proof) {
        report_open(s, result, proof);
        return true;
    }
    if (!late_hold(s->late, job, result))
        return false;
    s->deaths_in_a_row = 0;
    while (late_is_full(s->late))
        report_as_it_is(s, late_take_oldest(s->late));
    count(s);
    return true;
}

void late_receipt(struct supervisor *s, const struct receipt *receipt, struct bytes raw)
{
    struct late_case *c = late_find(s->late, receipt->token.b);
    if (!c || !late_add_receipt(s->late, c, receipt, raw) || !proves(&c->result, receipt))
        return;
    late_take(s->late, c);
    count(s);
    report_open(s, &c->result, receipt);
    late_case_free(c);
}

void late_release(struct supervisor *s)
{
    for (struct late_case *c; (c = late_take_oldest(s->late));)
        report_as_it_is(s, c);
}
