/*
 * late_claim: may a case be `open` though its script came to something else?
 *
 * Only when the token came after the script had ended (run/late.h): there is a receipt of the kind that proves, for a
 * token that the tape has made and not seen come back, and the receipt's own bytes hold that token.
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"

#include "tape/object.h"

/* NULL: it may. Else why not, in a few words. `said` is case.json; `relay`: the probe is about relays. */
const char *late_claim_flaw(const json_t *said, const struct case_files *files, bool relay,
                            const struct tape_head *head);
