/*
 * judge: a worker's word is not enough. `open` stands only when the supervisor itself, from the sink,
 * holds the receipt for the token that the probe names, of the kind that the probe is about: mail for a
 * relay, a line or a request for a proxy. A worker that claims it without one has failed.
 *
 * And a server that serves the prober is not open to strangers when the prober may be its neighbour: there `open` and
 * `suspect` become `inconclusive`, whatever came back.
 */
#pragma once

#include "run/run.h"

/* What the supervisor says in the place of a script's `open`, `open` and `suspect`. */
#define JUDGE_UNPROVEN "the probe said open, and the sink holds no receipt for its token"
#define JUDGE_OWN_RETURNED                                                                         \
    "the token returned, but the target is in a network of the prober's own, which it may serve "  \
    "and strangers not: test it from elsewhere"
#define JUDGE_OWN_YES                                                                              \
    "it said yes, but the target is in a network of the prober's own, which it may serve and "     \
    "strangers not: test it from elsewhere"

/* The test message proves a relay, all but mail proves a proxy; reports and answers prove nothing. */
bool judge_is_kind(bool relay, enum receipt_kind kind);
/* Is this a receipt for the token that the result names as its proof, of the kind that proves it? */
bool judge_is_proof(const struct run_result *result, const struct receipt *r);
/* Puts another verdict in the place of the probe's, which is kept beside it; what proved that one proves nothing now. */
void judge_overrule(struct run_result *result, enum verdict verdict, const char *reason);
/* May a token that comes when the probe is over make this verdict open? */
bool judge_may_be_late(enum verdict verdict, enum late_token late);
/* Changes verdict and reason where they don't stand. is_own: the target is in a network of the prober's own. */
void judge(struct run_result *result, bool is_own);
