#include "run/judge.h"

static bool is_proven(const struct run_result *result)
{
    for (unsigned i = 0; result->has_proof && i < result->receipt_count; i++) {
        const struct receipt *r = &result->receipts[i].receipt;
        if (hash_equal(r->token.b, result->proof.b, TOKEN_SIZE) && r->kind != RECEIPT_BOUNCE)
            return true;
    }
    return false;
}

void judge(struct run_result *result)
{
    if (result->verdict != VERDICT_OPEN) {
        result->has_proof = false;
    } else if (!is_proven(result)) {
        result->verdict = VERDICT_ERROR;
        result->reason = "the probe said open, and the sink holds no receipt for its token";
        result->has_proof = false;
    }
}
