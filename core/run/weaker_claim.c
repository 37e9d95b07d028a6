#include "run/weaker_claim.h"

#include "run/case_differs.h"
#include "run/exits.h"
#include "run/judge.h"
#include "run/receipt_source.h"
#include "run/run_claim.h"
#include "tape/tape_walk.h"

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

/* Its scripts come to `open` by a token that they have seen come back, and name that. */
static bool is_builtin(const struct tape_head *head)
{
    static const char pack[] = "builtin@";
    return bytes_equal_text(bytes_slice(head->pack, 0, sizeof pack - 1), pack);
}

/* Each receipt on a tape is one that the sink holds, which case_receipts_agree asks. */
static bool has_seen_proof(const struct weaker_claim *c)
{
    struct record r;
    bool found = false;
    enum receipt_kind kind;
    struct tape_walk walk = tape_walk_begin(c->files->tape, RECORD_RECEIPT);
    while (!found && tape_walk_next(&walk, &r))
        found = receipt_kind_parse(r.more[0], &kind) && judge_is_kind(c->relay, kind);
    tape_walk_end(&walk);
    return found;
}

/* Whose token it is, who has not run the script knows of those that are built in alone. */
static const char *error_flaw(const struct weaker_claim *c, struct bytes reason)
{
    if (!bytes_equal_text(reason, JUDGE_UNPROVEN))
        return "that is no reason for which a run overrules it";
    bool holds = c->derived ? has_proof(c, false) : is_builtin(c->head) && has_seen_proof(c);
    return holds ? "there is a receipt for its token" : NULL;
}

bool weaker_claim_may_hide_proof(json_t *said, bool relay)
{
    struct weaker_claim c = {.said = said, .relay = relay};
    const json_t *script = json_object_get(said, "overruled");
    return bytes_equal_text(object_text(said, "verdict"), "error") &&
           bytes_equal_text(object_text(script, "verdict"), "open") && has_proof(&c, false);
}

const char *weaker_claim_flaw(const struct weaker_claim *c)
{
    struct bytes reason = object_text(c->said, "reason");
    if (case_hides(c->said, "reason"))
        return NULL;
    return c->run == VERDICT_ERROR ? error_flaw(c, reason) : inconclusive_flaw(c, reason);
}
