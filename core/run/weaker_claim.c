#include "run/weaker_claim.h"

#include "run/case_differs.h"
#include "run/exits.h"
#include "run/judge.h"
#include "run/receipt_source.h"
#include "run/run_claim.h"

/* Is it of a kind that proves and, where it is known which token the script says has come, of that? */
static bool is_proof(const struct weaker_claim *c, const json_t *receipt)
{
    enum receipt_kind kind;
    char token[TOKEN_TEXT];
    struct bytes of = object_text(receipt, "token");
    if (!receipt_kind_parse(object_text(receipt, "kind"), &kind) || !judge_is_kind(c->relay, kind))
        return false;
    bool known = c->script == VERDICT_OPEN && c->derived && c->derived->has_proof && of.n > 0;
    return !known || bytes_equal_text(of, token_text(&c->derived->proof, token));
}

static bool has_proof(const struct weaker_claim *c, bool from_ourselves)
{
    size_t i;
    struct addr peer;
    const json_t *receipt;
    json_array_foreach(json_object_get(c->said, "receipts"), i, receipt)
    {
        if (is_proof(c, receipt) &&
            (!from_ourselves || (addr_parse(object_text(receipt, "peer"), &peer) &&
                                 receipt_source_is_own(c->files->tape, c->head, &peer))))
            return true;
    }
    return false;
}

static bool came_from_ourselves(const struct weaker_claim *c)
{
    enum late_token may = c->derived ? c->derived->late : LATE_TOKEN_ANY;
    return (c->script == VERDICT_OPEN || judge_may_be_late(c->script, may)) &&
           (case_hides(c->said, "receipts") || has_proof(c, true));
}

static const char *inconclusive_flaw(const struct weaker_claim *c, struct bytes reason)
{
    if (bytes_equal_text(reason, EXITS_OWN))
        return came_from_ourselves(c) ? NULL : "no receipt of its came from an address of ours";
    bool own =
        bytes_equal_text(reason, JUDGE_OWN_RETURNED) || bytes_equal_text(reason, JUDGE_OWN_YES);
    if (own && run_claim_has_no_scope(c->files->run))
        return "without a scope file no network was the prober's own";
    if (c->script == VERDICT_OPEN && bytes_equal_text(reason, JUDGE_OWN_RETURNED))
        return NULL;
    if (c->script == VERDICT_SUSPECT && bytes_equal_text(reason, JUDGE_OWN_YES))
        return NULL;
    return "that is no reason for which a run overrules it";
}

static const char *error_flaw(const struct weaker_claim *c, struct bytes reason)
{
    if (!bytes_equal_text(reason, JUDGE_UNPROVEN))
        return "that is no reason for which a run overrules it";
    return c->derived && has_proof(c, false) ? "there is a receipt for its token" : NULL;
}

const char *weaker_claim_flaw(const struct weaker_claim *c)
{
    struct bytes reason = object_text(c->said, "reason");
    if (case_hides(c->said, "reason"))
        return NULL;
    return c->run == VERDICT_ERROR ? error_flaw(c, reason) : inconclusive_flaw(c, reason);
}
