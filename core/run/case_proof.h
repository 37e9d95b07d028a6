/*
 * case_proof: what can be asked of a case without its script, for whoever does not replay it: does it have the receipts of the
 * proof that it names, and does case.json say what lies beside it?
 */
#pragma once

#include "run/case_files.h"

/* The files, the tape's records and the proof are what case.json says (run/case_receipts.h), and both it and the tape are the
 * case's own. The fail says what differs, or why it can't be read. A probe is about relays when its id begins with "relay/". */
bool case_proof_holds(const struct case_files *files, struct fail *fail);
/* All that case_agrees asks, but for what only the script can say. The fail: EDIVERGED, what differs; EFORMAT, case.json or the
 * tape can't be read; EHIDDEN, a line of the tape is hidden, ELIMIT, it is longer than any of a run's, or EVERSION, its tape
 * is of another version: of such a case this can't be asked. */
bool case_claims_hold(const struct case_files *files, struct fail *fail);
