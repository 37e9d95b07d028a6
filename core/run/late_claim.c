#include "run/late_claim.h"

#include "run/judge.h"
#include "run/late.h"
#include "tape/awaited.h"
#include "tape/object.h"

/* A receipt of this token, of the kind that proves, whose file lies in the case. */
static bool is_proof(const json_t *receipt, const struct case_files *files, bool relay,
                     const char *token)
{
    enum receipt_kind kind;
    if (!bytes_equal_text(object_text(receipt, "token"), token) ||
        !receipt_kind_parse(object_text(receipt, "kind"), &kind) || !judge_is_kind(relay, kind))
        return false;
    for (unsigned i = 0; i < files->receipt_count; i++)
        if (case_file_is(files->receipts[i].content, object_text(receipt, "sha256")))
            return case_file_holds(files->receipts[i].content, token);
    return false;
}

/* The reason is what the times in case.json make of it. */
static bool has_reason(const json_t *said, const json_t *receipt, const struct tape_head *head)
{
    instant came = 0;
    char reason[LATE_REASON];
    json_int_t elapsed = json_integer_value(json_object_get(said, "elapsed_ms"));
    if (!time_parse(object_text(receipt, "at"), &came) || elapsed < 0 || elapsed > INT32_MAX)
        return false;
    late_reason(reason, head->started, elapsed * 1000, came);
    return bytes_equal_text(object_text(said, "reason"), reason);
}

const char *late_claim_flaw(const json_t *said, const struct case_files *files, bool relay,
                            const struct tape_head *head)
{
    size_t i;
    struct token proof;
    char token[TOKEN_TEXT];
    const json_t *receipt;
    if (!token_parse(object_text(said, "proof"), &proof))
        return "no token proves it";
    if (!awaited_token(files->tape, token_text(&proof, token)))
        return "its proof is no token that could still come";
    json_array_foreach(json_object_get(said, "receipts"), i, receipt)
    {
        if (is_proof(receipt, files, relay, token))
            return has_reason(said, receipt, head) ? NULL : "its reason is another";
    }
    return "no receipt of its token came later";
}
