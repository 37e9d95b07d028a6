/*
 * exits: where the sink was reached from, against where we test from.
 *
 * A proof that came from our own address did not come through the target: something on our own side, a transparent
 * proxy or a redirection on the way, took the connection in its place and went on as ourselves. Such an `open` becomes
 * `inconclusive`. A target that stands at our own address is what it is.
 */
#pragma once

#include "run/run.h"

/* What is said in the place of `open` then. */
#define EXITS_OWN                                                                                  \
    "the token returned, but from our own address: something on our side of the way, a "           \
    "transparent proxy perhaps, passes connections on in the target's place"

/* Our own address as the target sees it: `from` where the operator named one, else that of the way to it; family
 * ADDR_NONE when it is not known, or where all is on this machine (127.0.0.1, ::1) unless it was named. */
struct addr exits_own(const struct addr *target, const struct addr *from);
/* Changes verdict and reason of an `open` whose proof came from `own` alone. */
void exits_judge(struct run_result *result, const struct addr *own);
