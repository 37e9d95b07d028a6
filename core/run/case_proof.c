#include "run/case_proof.h"

#include "run/case_agrees.h"
#include "run/case_test.h"
#include "run/weaker_claim.h"
#include "tape/tape_reader.h"

#include <string.h>

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

static bool ask(const struct case_files *files, const struct ends *tape, struct fail *fail)
{
    struct difference d = {0};
    if (case_agrees(files, NULL, &tape->head, &tape->verdict, tape->line, &d) &&
        (!files->tests || case_test_is_its_own(files->tests, files->tape, &d)))
        return true;
    fail_set(fail, "EDIVERGED", "expected %s, got %s", d.expected, d.got);
    return d.line == 0 ? false : fail_prefix(fail, "line %u of its tape", d.line);
}

bool case_claims_hold(const struct case_files *files, struct fail *fail)
{
    struct tape_reader reader;
    struct ends ends;
    if (case_files_are_too_long(files, fail))
        return false;
    bool ok = tape_reader_open(&reader, files->tape, &ends.head, fail) &&
              read_verdict(&reader, &ends.verdict, fail);
    ends.line = reader.line;
    if (!ok && strcmp(fail->code, "EHIDDEN") == 0 && !files->hidden_records)
        fail_set(fail, "EFORMAT", "a line of its tape is called hidden, and tree.txt hides none");
    ok = ok && ask(files, &ends, fail);
    tape_reader_close(&reader);
    return ok;
}

bool case_may_hide_proof(const struct case_files *files)
{
    bool may = false;
    if (bytes_find(files->case_json, bytes_of("\"overruled\"")) == BYTES_NOT_FOUND)
        return false;
    json_t *said = object_load(files->case_json);
    if (said)
        may = weaker_claim_may_hide_proof(
            said, bytes_starts_nocase(object_text(said, "probe"), "relay/"));
    json_decref(said);
    return may;
}
