/*
 * probe_run: a run of `ajar probe` from its options to its exit status, for all commands that test.
 */
#pragma once

#include "cli/probe_options.h"
#include "cli/probe_prepare.h"

struct loop;
struct repl;

/* Where the items come from and the results go, in the place of targets that the options name. The functions are called as those of
 * struct run_options are (run/run.h), begin and end within the run's loop. */
struct probe_feed {
    bool (*begin)(void *arg, struct loop *loop, const struct probe_prepared *prepared,
                  struct fail *fail);
    void (*end)(void *arg);
    enum run_step (*next)(void *arg, struct run_item *out);
    void (*result)(void *arg, const struct run_result *result);
    void (*tick)(void *arg, const struct run_counts *counts);
    unsigned long total; /* items, about; 0: not known */
    void *arg;
};

/* Runs to the end and gives the exit status; what goes wrong is said. `feed`: NULL for the targets of the options. `repl` is lent; NULL:
 * nothing is typed. */
int probe_run(const struct probe_options *options, const struct probe_feed *feed,
              struct repl *repl);
