/*
 * plan: targets × probes, one item after the other.
 *
 * A target with a port is tried with the probes chosen; when none were chosen, with the safe ones that know
 * the port, and with all safe ones when none knows it. A target without a port is tried on each port that a
 * probe knows. Each address, port and probe comes once, also where targets overlap.
 */
#pragma once

#include "cli/scripts.h"
#include "cli/seen.h"
#include "cli/targets.h"
#include "run/run.h"

struct plan {
    struct targets *targets;
    const struct scripts *scripts;
    void (*on_bad)(void *arg, const struct fail *why); /* a line that is no target */
    void (*on_stray)(void *arg,
                     uint16_t port); /* a target's port that no probe is for; NULL: not told */
    void *arg;
    struct seen seen;
    unsigned long taken;      /* targets, duplicates among them */
    unsigned long duplicates; /* targets left out, as all of them has come before */
    struct target target;
    bool have;
    size_t from, to;   /* the scripts among which all are that are meant */
    bool any_bare;     /* some target came without a port */
    bool without_port; /* this one has come before without its port */
    bool any_given;    /* something of it has not come before */
    bool any_left_out; /* something has */
    bool fits;         /* some probe knows the target's port */
    size_t probe;      /* next to look at */
    size_t port;       /* next of its ports, for a target without one */
};

/* To be ended by plan_end. */
void plan_begin(struct plan *p, struct targets *targets, const struct scripts *scripts,
                void (*on_bad)(void *arg, const struct fail *why), void *arg);
void plan_end(struct plan *p);
/* The next item; with out NULL it is counted only. */
enum run_step plan_next(struct plan *p, struct run_item *out);
/* Is the port one of the probe's? */
bool plan_knows_port(const struct probe_info *info, uint16_t port);
