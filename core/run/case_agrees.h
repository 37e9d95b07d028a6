/*
 * case_agrees: does case.json, which people read, say what the tape and the receipts say?
 *
 * The verdict on the tape is the script's, that in case.json the run's. Where the two are one, so is the reason.
 * Otherwise case.json also says what the script's was ("overruled"), and the run's is weaker (run/judge.h); stronger is it
 * only where the token came later (run/late_claim.h) and the script says that it may (judge_may_be_late). The steps are the
 * same in any case. So are the probe, its pack, the target, when and for how long it ran, the tape's digest; what is said
 * of receipts, exits and the proof is as run/case_receipts.h says, the times as run/case_times.h. Only `source` stands nowhere else. A member that is hidden
 * differs from nothing.
 */
#pragma once

#include "base/ways.h"
#include "run/case_files.h"
#include "tape/tape_head.h"
#include "world/difference.h"

/* What the script, run again, says beyond the verdict. */
struct case_derived {
    bool relay;           /* it is about relays */
    enum late_token late; /* of a token that comes later */
    bool has_proof;
    struct token proof;
    struct ways_reach reach;
};

/* `derived` is NULL for whoever has not run the script: what it alone can say (which token proves, which ports were reached,
 * whether mail may still come) is then not asked, and a probe is about relays when its id begins with "relay/".
 * `verdict` is the last record of the tape, which has been read, on this line. False: *out is the difference, "expected"
 * what case.json says; its line is 0 where that is not about the tape. A case.json that can't be read differs. Fuzzed. */
bool case_agrees(const struct case_files *files, const struct case_derived *derived,
                 const struct tape_head *head, const struct record *verdict, unsigned line,
                 struct difference *out);
