/*
 * job_plan: which probes a campaign's targets get, as jobs in its store.
 *
 * The choice is that of `ajar probe` (plan.h). It has a number in the store, which grows when probes or ports change: then
 * all targets get those that they lack.
 */
#pragma once

#include "cli/scripts.h"
#include "store/store_jobs.h"

struct job_plan {
    const struct scripts *scripts; /* lent */
    unsigned number;
};

/* Notes the choice in the store. */
bool job_plan_begin(struct job_plan *p, struct store *s, const struct scripts *scripts, instant now,
                    struct fail *fail);
/* Plans up to some hundred targets; *count how many there were. Their jobs are due at `now`. */
bool job_plan_some(const struct job_plan *p, struct store *s, instant now, size_t *count,
                   struct fail *fail);
