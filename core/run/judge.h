/*
 * judge: a worker's word is not enough. `open` stands only when the supervisor itself, from the sink,
 * holds the receipt for the token that the probe names, of the kind that the probe is about: mail for a
 * relay, a line or a request for a proxy. A worker that claims it without one has failed.
 */
#pragma once

#include "run/run.h"

/* Changes verdict and reason where they don't stand. */
void judge(struct run_result *result);
