#include "run/case_agrees.h"

#include "base/text.h"
#include "run/case_contacts.h"
#include "run/case_differs.h"
#include "run/case_frame.h"
#include "run/case_hidden.h"
#include "run/case_receipts.h"
#include "run/case_times.h"
#include "run/judge.h"
#include "run/late_claim.h"
#include "run/reason.h"
#include "run/run_claim.h"
#include "run/weaker_claim.h"
#include "tape/json_read.h"
#include "tape/object.h"

#include <stdio.h>
#include <stdlib.h>

/* May the run have made this of what the script said? */
static bool is_weaker(enum verdict run, enum verdict script)
{
    return (script == VERDICT_OPEN && run == VERDICT_ERROR) ||
           (script != VERDICT_ERROR && run == VERDICT_INCONCLUSIVE);
}

/* All that is compared, and where to say what differs. */
struct agreement {
    const struct case_files *files;
    const struct case_derived *derived; /* or NULL */
    bool relay;
    json_t *said;
    const struct tape_head *head;
    const struct record *verdict;
    unsigned line; /* of the verdict */
    struct difference *out;
};

/* The tape's reason, as the run shows it. What earlier versions took for printable, and this one does not, stands as it is in their
 * bundles. */
static bool is_reason(struct bytes why, const char *reason)
{
    char shown[CONCLUSION_REASON + 1];
    if (bytes_equal_text(why, reason))
        return true;
    for (size_t i = 0; i < why.n; i++)
        if (why.p[i] < ' ')
            return false;
    reason_copy(shown, sizeof shown, why);
    return text_is_utf8(why) && strcmp(shown, reason) == 0;
}

/* These are to be the tape's. */
static bool same_words(const struct agreement *a, json_t *words)
{
    char reason[CONCLUSION_REASON + 1];
    const struct record *verdict = a->verdict;
    struct bytes name = object_text(words, "verdict");
    struct bytes why = object_text(words, "reason");
    if (!bytes_equal(name, verdict->data))
        return case_differs(a->out, a->line, "the verdict", name, verdict->data);
    reason_copy(reason, sizeof reason, verdict->more[0]);
    bool hidden = words == a->said && case_hides(words, "reason"); /* never within a member */
    return hidden || is_reason(why, reason) ||
           case_differs(a->out, a->line, "the reason", why, bytes_of(reason));
}

/* What is hidden can't be held against anything. */
static const char *late_flaw(const struct agreement *a)
{
    static const char *const needed[] = {"proof", "receipts", "reason", "elapsed_ms"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (case_hides(a->said, needed[i]))
            return NULL;
    return late_claim_flaw(a->said, a->files, a->relay, a->head);
}

/* The run has another verdict: may it, and does it say what the script's was? */
static bool may_overrule(const struct agreement *a, enum verdict run, enum verdict script)
{
    char got[DIFFERENCE_TEXT];
    struct bytes name = object_text(a->said, "verdict");
    json_t *overruled = json_object_get(a->said, "overruled");
    bool is_told = overruled || case_hides(a->said, "overruled");
    enum late_token may = a->derived ? a->derived->late : LATE_TOKEN_ANY;
    bool late = run == VERDICT_OPEN && judge_may_be_late(script, may);
    if (!is_told || !(late || is_weaker(run, script)))
        return case_differs(a->out, a->line, "the verdict", name, a->verdict->data);
    struct weaker_claim weaker = {a->said, a->files, a->derived, a->head, a->relay, run, script};
    const char *flaw = late ? late_flaw(a) : weaker_claim_flaw(&weaker);
    if (flaw) {
        snprintf(got, sizeof got, "%s: %s", verdict_name(script), flaw);
        return case_differs_text(a->out, a->line, "the verdict", verdict_name(run), got);
    }
    return !overruled || same_words(a, overruled);
}

static bool same_verdict(const struct agreement *a)
{
    enum verdict run;
    enum verdict script;
    if (case_hides(a->said, "verdict"))
        return true;
    if (!verdict_parse(object_text(a->said, "verdict"), &run) ||
        !verdict_parse(a->verdict->data, &script))
        return same_words(a, a->said);
    if (run != script)
        return may_overrule(a, run, script);
    json_t *overruled = json_object_get(a->said, "overruled");
    bool settled = a->derived && a->derived->late == LATE_TOKEN_NOTHING;
    if (script == VERDICT_SUSPECT && a->files->interface >= CASE_FILES_SORTED && !settled &&
        late_claim_is_due(a->said, a->files, a->relay, a->head))
        return case_differs_text(a->out, 0, "the verdict", "suspect",
                                 "open, by a receipt of its own test message that is listed");
    return same_words(a, a->said) && (!overruled || same_words(a, overruled));
}

static bool same_steps(const struct agreement *a)
{
    struct bytes list = a->verdict->more[1];
    if (case_hides(a->said, "steps"))
        return true;
    json_t *steps = json_read(list, NULL);
    bool same = steps && json_equal(steps, json_object_get(a->said, "steps"));
    json_decref(steps);
    return same || case_differs_text(a->out, a->line, "steps", "of its own", "that are others");
}

/* What the script has found stands where the run has let its `open` stand. */
static bool is_its_open(const struct agreement *a)
{
    return bytes_equal_text(object_text(a->said, "verdict"), "open") &&
           bytes_equal_text(a->verdict->data, "open");
}

static bool same_proof(const struct agreement *a)
{
    char token[TOKEN_TEXT] = "";
    struct bytes proof = object_text(a->said, "proof");
    if (!is_its_open(a) || !a->derived || case_hides(a->said, "proof"))
        return true;
    if (a->derived->has_proof)
        token_text(&a->derived->proof, token);
    return bytes_equal_text(proof, token) ||
           case_differs(a->out, a->line, "the proof", proof, bytes_of(token));
}

static bool same_ports(const struct agreement *a)
{
    const json_t *ports = json_object_get(a->said, "ports");
    bool unknown = is_its_open(a) && !a->derived;
    bool any = is_its_open(a) && a->derived && a->derived->reach.count > 0;
    if (case_hides(a->said, "ports") || unknown || (!any && !ports))
        return true;
    struct buf text = buf_new(DIFFERENCE_TEXT);
    if (any)
        ways_reach_put(&text, &a->derived->reach);
    json_t *reach = json_loadb(text.n ? (const char *)text.p : "", text.n, 0, NULL);
    bool same = any && json_equal(reach, ports);
    char *said = ports ? json_dumps(ports, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    if (!same)
        case_differs(a->out, a->line, "the ports", bytes_of(said ? said : ""), buf_view(&text));
    free(said);
    json_decref(reach);
    buf_free(&text);
    return same;
}

static bool agrees(const struct agreement *a)
{
    struct frame_claim frame = {a->said, a->files, a->head, a->verdict, a->line};
    struct receipts_claim receipts = {a->said, a->files, a->head, a->verdict, a->line, a->relay};
    return case_hidden_agrees(&frame, a->out) && case_frame_agrees(&frame, a->out) &&
           run_claim_agrees(a->files, a->head, a->out) && same_verdict(a) && same_steps(a) &&
           same_proof(a) && same_ports(a) && case_receipts_agree(&receipts, a->out) &&
           case_frame_is_its_own(a->said, a->files, a->out) &&
           case_contacts_agree(a->said, a->files, a->out) &&
           case_times_agree(a->said, a->files, a->head, a->out);
}

static bool unreadable(struct difference *out, const char *why)
{
    out->line = 0;
    snprintf(out->expected, sizeof out->expected,
             "a case.json that is one JSON object, in which no name stands twice");
    snprintf(out->got, sizeof out->got, "a case.json that is %.*s", DIFFERENCE_TEXT - 40, why);
    text_make_printable(out->got);
    return false;
}

bool case_agrees(const struct case_files *files, const struct case_derived *derived,
                 const struct tape_head *head, const struct record *verdict, unsigned line,
                 struct difference *out)
{
    struct fail why;
    json_t *said = files->said ? json_incref(files->said) : object_load_or(files->case_json, &why);
    if (!said)
        return unreadable(out, why.text);
    bool relay = derived ? derived->relay : bytes_starts_nocase(head->probe, "relay/");
    struct agreement a = {files, derived, relay, said, head, verdict, line, out};
    bool ok = agrees(&a);
    json_decref(said);
    return ok;
}
