/*
 * case_proof: does a case that is said to be `open` have the receipts of its proof? What can be asked without its script: for
 * whoever acts on a case, and does not replay it.
 */
#pragma once

#include "run/case_files.h"

/* The files, the tape's records and the proof are what case.json says (run/case_receipts.h), and both it and the tape are the
 * case's own. The fail says what differs, or why it can't be read. A probe is about relays when its id begins with "relay/". */
bool case_proof_holds(const struct case_files *files, struct fail *fail);
