/*
 * chain: do verified bundles, or extracts of them, follow each other in their signer's chain (doc/evidence.md, "The
 * chain")?
 */
#pragma once

#include "evidence/bundle.h"

struct chain_member {
    const char *path;                   /* for messages */
    const struct bundle_report *report; /* verified */
};

/* True when `next` is the run after `before`, or both are extracts, or one is, of one run. Else one sentence says what
 * is wrong: in no chain, of another key, the same run twice, in the wrong order, a gap, a fork. */
bool chain_follows(const struct chain_member *before, const struct chain_member *next,
                   struct fail *fail);
