#include "run/case_proof.h"

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

static bool agrees(struct receipts_claim *claim, struct fail *fail)
{
    struct difference d = {0};
    return (case_receipts_agree(claim, &d) &&
            case_frame_is_its_own(claim->said, claim->files, &d)) ||
           fail_set(fail, "EDIVERGED", "its receipts don't bear it out: expected %s, got %s",
                    d.expected, d.got);
}

static bool check(json_t *said, const struct case_files *files, struct fail *fail)
{
    struct tape_reader reader;
    struct tape_head head;
    struct record verdict;
    bool ok = tape_reader_open(&reader, files->tape, &head, fail) &&
              read_verdict(&reader, &verdict, fail);
    if (ok) {
        bool relay = bytes_starts_nocase(head.probe, "relay/");
        struct receipts_claim claim = {said, files, &head, &verdict, reader.line, relay};
        ok = agrees(&claim, fail);
    }
    tape_reader_close(&reader);
    return ok;
}

bool case_proof_holds(const struct case_files *files, struct fail *fail)
{
    json_t *said = object_load_or(files->case_json, fail);
    bool ok = said && check(said, files, fail);
    json_decref(said);
    return ok;
}
