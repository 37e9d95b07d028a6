/*
 * provenance: what run.json says of a run beyond what its probes were told: who, from where, by which clock, with
 * which build of the program, with which settings (doc/evidence.md, section 5.1).
 */
#pragma once

#include "run/run.h"

/* Appends the members operator, build, vantage and options. */
bool provenance_put(struct buf *out, const struct run_options *o, struct fail *fail);
