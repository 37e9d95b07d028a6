/*
 * probe_args: what the operator tells the probes: --arg NAME=VALUE, --arg PROBE.NAME=VALUE, --thorough.
 *
 * NAME=VALUE is for all chosen probes that declare NAME; PROBE.NAME=VALUE, PROBE an id or a glob, for
 * those alone, and goes before the other. Of two for the same the later counts.
 */
#pragma once

#include "cli/scripts.h"

/* Checks all texts (NULL-ended) and sets s->args of the probes that are told something. `thorough` is
 * thorough=true for those that know it. EARGUMENT: one sentence that says which text is wrong, and why. */
bool probe_args_take(struct scripts *s, const char *const *texts, bool thorough, struct fail *fail);
