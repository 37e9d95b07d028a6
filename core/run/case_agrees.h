/*
 * case_agrees: does case.json, which people read, say what the tape says?
 *
 * The verdict on the tape is the script's, that in case.json the run's. Where the two are one, so is the reason.
 * Otherwise case.json also says what the script's was ("overruled"), and the run's is weaker (run/judge.h); stronger is it
 * only where the token came later (run/late_claim.h), behind a `suspect` or a verdict whose script says that mail is
 * awaited. The steps are the same in any case.
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

/* `verdict` is the last record of the tape, which has been read, on this line; `relay`: the probe is about relays; `awaits`: its
 * script, run again, says that mail may still come. False: *out is the difference, "expected" what case.json says. A
 * case.json that can't be read differs. Fuzzed. */
bool case_agrees(const struct case_files *files, bool relay, bool awaits,
                 const struct tape_head *head, const struct record *verdict, unsigned line,
                 struct difference *out);
