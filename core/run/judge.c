#include "run/judge.h"

bool judge_is_kind(bool relay, enum receipt_kind kind)
{
    return relay ? kind == RECEIPT_MAIL : !receipt_kind_is_mail(kind);
}

bool judge_is_proof(const struct run_result *result, const struct receipt *r)
{
    return result->has_proof && hash_equal(r->token.b, result->proof.b, TOKEN_SIZE) &&
           judge_is_kind(result->probe->relay, r->kind);
}

static bool is_proven(const struct run_result *result)
{
    for (unsigned i = 0; i < result->receipt_count; i++)
        if (judge_is_proof(result, &result->receipts[i].receipt))
            return true;
    return false;
}

bool judge_may_be_late(enum verdict verdict, enum late_token late)
{
    switch (late) {
    case LATE_TOKEN_SUSPECT:
        return verdict == VERDICT_SUSPECT;
    case LATE_TOKEN_ANY:
        return verdict != VERDICT_OPEN && verdict != VERDICT_ERROR;
    default:
        return false;
    }
}

static bool accuses(enum verdict v)
{
    return v == VERDICT_OPEN || v == VERDICT_SUSPECT;
}

void judge_overrule(struct run_result *result, enum verdict verdict, const char *reason)
{
    if (!result->overruled_reason) {
        result->overruled = result->verdict;
        result->overruled_reason = result->reason;
    }
    result->verdict = verdict;
    result->reason = reason;
    result->has_proof = false;
    result->reach.count = 0;
}

void judge(struct run_result *result, bool is_own)
{
    if (result->verdict != VERDICT_OPEN) {
        result->has_proof = false;
        result->reach.count = 0;
    } else if (!is_proven(result)) {
        judge_overrule(result, VERDICT_ERROR, JUDGE_UNPROVEN);
    }
    if (is_own && accuses(result->verdict))
        judge_overrule(result, VERDICT_INCONCLUSIVE,
                       result->verdict == VERDICT_OPEN ? JUDGE_OWN_RETURNED : JUDGE_OWN_YES);
}
