/*
 * coverage_ipc: which lines have run, as the confined child that runs the scripts says it.
 *
 * Both know the scripts. A child that was taken over can say that other lines have run, and nothing else.
 */
#pragma once

#include "run/ipc.h"
#include "script/coverage.h"

void ipc_put_coverage(struct buf *out, const struct coverage *c);
/* Adds what it says to what is known. */
void ipc_coverage(struct ipc_reader *r, struct coverage *c);
