/*
 * case_proof: what can be asked of a case without its script, for whoever does not replay it (`ajar verify`, `ajar notify`):
 * does case.json say what lies beside it, and has it the receipts of the proof that it names?
 */
#pragma once

#include "run/case_files.h"

/* All that case_agrees asks, but for what only the script can say. The fail: EDIVERGED, what differs; EFORMAT, case.json or the
 * tape can't be read; ELIMIT, it is longer than any of a run's; EHIDDEN, a line of the tape is hidden, or EVERSION, its tape
 * is of another version: of such a case this can't be asked. */
bool case_claims_hold(const struct case_files *files, struct fail *fail);
/* Says such a case less than it may prove (weaker_claim_may_hide_proof)? */
bool case_may_hide_proof(const struct case_files *files);
