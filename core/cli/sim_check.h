/*
 * sim_check: scenarios are served and probed, and what is found is held against what they expect.
 *
 * Both commands run as they do by hand: `ajar sim` and `ajar probe`, each a process of its own, on loopback.
 */
#pragma once

#include "cli/scripts.h"

#include <jansson.h>

struct sim_check {
    const char *command; /* whose name complaints begin with: "sim" */
    const struct scripts *probes;
    char *const *operands; /* as they were given: what the scenarios are chosen by */
    const char *const
        *choices;     /* of --probe, NULL-ended; none: those of which something is expected */
    const char *sink; /* ADDR:PORT[,PORT...], or NULL: ports that are free */
    unsigned net;     /* 0: the usual one */
    bool json;        /* an object for each verdict, instead of a row for each that is wrong */
    bool every;       /* a row for each verdict, in order, with the steps to those that are wrong */
    const char *evidence; /* the bundle to make of the run, signed by this key; or NULL */
    const char *key;
    bool quiet;  /* nothing is said of it */
    bool silent; /* nor of the verdicts: only the bundle is wanted */
    /* Gets each result, with the scenario's id (both lent); or NULL. */
    void (*on_result)(void *arg, const char *scenario, json_t *result);
    void *arg;
    bool brief; /* with one port of the sink, and no time for what comes late */
};

/* 0: all is as expected; 1: something is not, or it could not be found out. Results go to stdout. */
int sim_check(const struct sim_check *check);
