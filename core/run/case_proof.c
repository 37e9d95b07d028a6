#include "run/case_proof.h"

#include "run/case_agrees.h"
#include "run/case_frame.h"
#include "run/case_receipts.h"
#include "tape/object.h"
#include "tape/tape_reader.h"

/* Up to the verdict, whose views last as long as the reader. */
static bool read_verdict(struct tape_reader *reader, struct record *out, struct fail *fail)
{
    enum tape_step step;
    do
        step = tape_reader_next(reader, out, fail);
    while (step == TAPE_RECORD && out->op != RECORD_VERDICT);
    return step == TAPE_RECORD;
}

/* The tape's two ends, and the line of the last. */
struct ends {
    struct tape_head head;
    struct record verdict;
    unsigned line;
};

typedef bool (*ask)(const struct case_files *files, const struct ends *tape, struct fail *fail);

static bool with_tape(const struct case_files *files, ask fn, struct fail *fail)
{
    struct tape_reader reader;
    struct ends ends;
    bool ok = tape_reader_open(&reader, files->tape, &ends.head, fail) &&
              read_verdict(&reader, &ends.verdict, fail);
    ends.line = reader.line;
    ok = ok && fn(files, &ends, fail);
    tape_reader_close(&reader);
    return ok;
}

/* ---- the proof ---- */

static bool receipts_agree(json_t *said, const struct case_files *files, const struct ends *tape,
                           struct fail *fail)
{
    struct difference d = {0};
    bool relay = bytes_starts_nocase(tape->head.probe, "relay/");
    struct receipts_claim claim = {said, files, &tape->head, &tape->verdict, tape->line, relay};
    return (case_receipts_agree(&claim, &d) && case_frame_is_its_own(said, files, &d)) ||
           fail_set(fail, "EDIVERGED", "its receipts don't bear it out: expected %s, got %s",
                    d.expected, d.got);
}

static bool ask_proof(const struct case_files *files, const struct ends *tape, struct fail *fail)
{
    json_t *said = object_load_or(files->case_json, fail);
    bool ok = said && receipts_agree(said, files, tape, fail);
    json_decref(said);
    return ok;
}

bool case_proof_holds(const struct case_files *files, struct fail *fail)
{
    return with_tape(files, ask_proof, fail);
}

/* ---- all that it says ---- */

static bool ask_claims(const struct case_files *files, const struct ends *tape, struct fail *fail)
{
    struct difference d = {0};
    if (case_agrees(files, NULL, &tape->head, &tape->verdict, tape->line, &d))
        return true;
    fail_set(fail, "EDIVERGED", "expected %s, got %s", d.expected, d.got);
    return d.line == 0 ? false : fail_prefix(fail, "line %u of its tape", d.line);
}

bool case_claims_hold(const struct case_files *files, struct fail *fail)
{
    return !case_files_are_too_long(files, fail) && with_tape(files, ask_claims, fail);
}
