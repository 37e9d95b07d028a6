#include "run/late_claim.h"

#include "run/judge.h"
#include "run/late.h"
#include "run/receipt_source.h"
#include "run/sent_whole.h"
#include "tape/awaited.h"
#include "tape/object.h"

static const char none[] = "no receipt of its token came later";

/* NULL: a receipt of this token, of the kind that proves, by the bytes of its file, which lies in the case. */
static const char *receipt_flaw(const json_t *receipt, const struct case_files *files, bool relay,
                                const struct token *proof)
{
    enum receipt_kind kind;
    char token[TOKEN_TEXT];
    unsigned at = case_files_find(files, object_text(receipt, "file"));
    if (!bytes_equal_text(object_text(receipt, "token"), token_text(proof, token)) ||
        !receipt_kind_parse(object_text(receipt, "kind"), &kind) || !judge_is_kind(relay, kind) ||
        at == files->receipt_count)
        return none;
    struct bytes content = files->receipts[at].content;
    if (files->receipts[at].hidden)
        return NULL;
    return case_file_is(content, object_text(receipt, "sha256"))
               ? case_file_flaw(receipt, proof, content)
               : none;
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

static bool came_before(const json_t *receipt, const struct tape_head *head, span sent)
{
    instant came;
    return time_parse(object_text(receipt, "at"), &came) &&
           came < head->started + sent - RECEIPT_SOURCE_SLACK;
}

/* Is the token one that could still come, and would tell otherwise? */
static bool is_awaited(const struct case_files *files, bool relay, const char *token)
{
    bool by_second = relay && files->interface >= CASE_FILES_DOUBTED;
    return (by_second ? awaited_mail : awaited_token)(files->tape, token);
}

/* Of mail alone: of a proxy the script may say that nothing which comes later counts. */
bool late_claim_is_due(const json_t *said, const struct case_files *files, bool relay,
                       const struct tape_head *head)
{
    size_t i;
    span sent;
    struct addr peer;
    struct token token;
    char text[TOKEN_TEXT];
    const json_t *receipt;
    json_array_foreach(json_object_get(said, "receipts"), i, receipt)
    {
        if (relay && token_parse(object_text(receipt, "token"), &token) &&
            is_awaited(files, relay, token_text(&token, text)) &&
            sent_whole(files->tape, text, &sent) && !receipt_flaw(receipt, files, relay, &token) &&
            addr_parse(object_text(receipt, "peer"), &peer) &&
            !receipt_source_is_own(files->tape, head, &peer))
            return true;
    }
    return false;
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
    if (!is_awaited(files, relay, token_text(&proof, token)))
        return "its proof is no token that could still come";
    span sent = 0;
    if (relay && !sent_whole(files->tape, token, &sent))
        return "no message with its proof has gone out whole";
    const char *flaw = none;
    json_array_foreach(json_object_get(said, "receipts"), i, receipt)
    {
        const char *of = receipt_flaw(receipt, files, relay, &proof);
        if (!of && came_before(receipt, head, sent))
            return "its receipt is from before its message went out";
        if (!of)
            return has_reason(said, receipt, head) ? NULL : "its reason is another";
        flaw = flaw == none ? of : flaw;
    }
    return flaw;
}
