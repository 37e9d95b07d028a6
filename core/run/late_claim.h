/*
 * late_claim: may a case be `open` though its script came to something else?
 *
 * Only when the token came after the script had ended (run/late.h): there is a receipt of the kind that proves, by its own
 * bytes too (sink/kept.h), for a token that the tape has made and not seen come back; of a relay, one with which a message
 * has gone out whole (run/sent_whole.h), and by which the probe's own doubt is none any more (tape/awaited.h).
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"

#include "tape/object.h"

/* Was there, by what lies in the case, such a receipt of any of its tokens, so that the run would have made it `open`? */
bool late_claim_is_due(const json_t *said, const struct case_files *files, bool relay,
                       const struct tape_head *head);
/* NULL: it may. Else why not, in a few words. `said` is case.json; `relay`: the probe is about relays. */
const char *late_claim_flaw(const json_t *said, const struct case_files *files, bool relay,
                            const struct tape_head *head);
