/*
 * case_agrees: does case.json, which people read, say what the tape says?
 *
 * The verdict on the tape is the script's, that in case.json the run's. Where the two are one, so is the reason.
 * Otherwise case.json also says what the script's was ("overruled"), and the run's is weaker (run/judge.h); stronger is it
 * only where the token came later (run/late_claim.h) and the script says that it may (judge_may_be_late). The steps are the
 * same in any case.
 */
#pragma once

#include "run/run.h"
#include "tape/tape_head.h"
#include "world/difference.h"

/* A case as it lies in a bundle. Everything is lent. */
struct case_files {
    struct bytes tape;
    struct bytes case_json; /* empty: it is not looked at */
    struct bytes receipts[RUN_RECEIPTS];
    unsigned receipt_count;
};

/* `verdict` is the last record of the tape, which has been read, on this line; `relay`: the probe is about relays; `late`: what
 * its script, run again, says of a token that comes later. False: *out is the difference, "expected" what case.json says. A
 * case.json that can't be read differs. Fuzzed. */
bool case_agrees(const struct case_files *files, bool relay, enum late_token late,
                 const struct tape_head *head, const struct record *verdict, unsigned line,
                 struct difference *out);
