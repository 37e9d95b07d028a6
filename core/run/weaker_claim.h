/*
 * weaker_claim: may a case be `inconclusive` or `error` though its script came to something else?
 *
 * The run has three reasons for that (run/judge.h, run/exits.h), each in words of its own: the sink holds no receipt for the
 * token of an `open`; the proof came from the prober's own address; the target is in a network of the prober's own. The
 * first two show in receipts and tape; for the first of them one has to know which token the script names, which is known of those
 * that are built in, and of others by running them. The third is the operator's word: the scope file, of which the bundle has the digest,
 * may call any network his own.
 */
#pragma once

#include "run/case_agrees.h"

struct weaker_claim {
    json_t *said; /* case.json */
    const struct case_files *files;
    const struct case_derived *derived; /* or NULL */
    const struct tape_head *head;
    bool relay;
    enum verdict run, script;
};

/* NULL: it may. Else why not, in a few words. */
const char *weaker_claim_flaw(const struct weaker_claim *claim);
/* `error` of an `open`, and the case lists a receipt of a kind that proves? Of the script's own token it may be, which replaying
 * shows. */
bool weaker_claim_may_hide_proof(json_t *said, bool relay);
