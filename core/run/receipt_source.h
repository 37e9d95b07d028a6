/*
 * receipt_source: could these receipts be this case's?
 *
 * Only what its own test has sent comes back to it: a receipt's token is one that the tape has made, and it came behind that.
 * The test message names the target that it was given to. And a proof that came from our own end of the connections
 * alone is none (run/exits.h).
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"
#include "world/difference.h"

/* One machine's clock may be set back by so much while it tests. */
#define RECEIPT_SOURCE_SLACK (60 * SPAN_SECOND)

/* `said` is case.json; `relay`: the probe is about relays. False: *out says which receipt, and what is wrong with it. */
bool receipt_source_agrees(json_t *said, const struct case_files *files,
                           const struct tape_head *head, bool relay, struct difference *out);
/* Did one of the tape's connections begin at this address, where the target does not stand? Of loopback's usual ones, from which
 * all on one machine comes, that tells nothing. */
bool receipt_source_is_own(struct bytes tape, const struct tape_head *head,
                           const struct addr *peer);
