/*
 * probe_report: what `ajar probe` tells the operator beside the results: what was left out, and the end.
 */
#pragma once

#include "cli/output.h"
#include "cli/plan.h"
#include "cli/probe_options.h"

enum { PROBE_REPORT_STRAYS = 5 };

struct probe_report {
    const char *command;   /* "probe" or "run" */
    struct output *output; /* owned */
    bool has_scope;        /* --scope was given */
    unsigned long bad;     /* lines and arguments that were no targets */
    bool bad_argument;     /* one of them was an argument */
    struct fail first;     /* the first of them, while it is kept back: it may stay the only one */
    struct addr refused;   /* the last address that was */
    unsigned long refused_count;
    uint16_t strays[PROBE_REPORT_STRAYS]; /* ports that no probe is for, as told */
    unsigned stray_count;
    unsigned probe_count; /* how many are tried there */
};

/* False: no memory. */
bool probe_report_begin(struct probe_report *r, const struct probe_options *options);
void probe_report_free(struct probe_report *r);

/* What is no target, counted; the first few are told. Fits plan_begin; `report` is a struct
 * probe_report. */
void probe_report_bad(void *report, const struct fail *why);
/* The same while all is gone through before anything is probed. Then comes probe_report_bad_status. */
void probe_report_bad_early(void *report, const struct fail *why);
/* All was gone through beforehand: gives 0, or says that something was bad and gives the status to exit with. */
int probe_report_bad_status(const struct probe_report *r);

/* A port that no probe is for, so that all that are chosen are tried there; told once for each of the first few. Fits
 * struct plan's on_stray. */
void probe_report_stray(void *report, uint16_t port);

/* A result, and in words what was refused: once for each address in a row, and not for thousands. */
void probe_report_result(struct probe_report *r, const struct run_result *result);
/* The last words about the results; `why` (NULL: it ran to the end) is why the run ended early. False: targets were
 * given, and not one of them was tested; that is said, too. `plan` is NULL where none were given. */
bool probe_report_end(struct probe_report *r, const struct run_counts *counts,
                      const struct plan *plan, const struct fail *why);
/* The session's bundle is there, which nobody asked for. */
void probe_report_kept(const struct probe_options *options);
/* The bundle was sealed. */
void probe_report_sealed(const struct probe_options *options, const struct run_counts *counts);
