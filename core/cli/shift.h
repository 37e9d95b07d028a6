/*
 * shift: the process that does a campaign's work for a while, into one bundle.
 *
 * It is `ajar probe` as ever, with tasks in place of targets: they come from the campaign's ledger (ledger.h) by a channel
 * (run/task_ipc.h), and what becomes of each goes back, after its case is in the bundle. It takes tasks until it is told that there
 * are no more, or the ledger is gone; then it ends those under way, leaves those that wait, and seals.
 */
#pragma once

#include "cli/probe_options.h"

struct shift {
    const struct probe_options *options; /* with the bundle and the scope */
    int channel;                         /* to the ledger; owned */
    unsigned long total;                 /* tasks, about */
};

/* In a process forked for it. Gives the exit status. */
int shift_work(const struct shift *shift);
