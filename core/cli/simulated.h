/*
 * simulated: which scenarios `ajar sim` works with: the built-in ones, and those of scripts given by path.
 */
#pragma once

#include "cli/scripts.h"
#include "script/scenarios.h"

enum { SIMULATED_MOST = 1000 };

struct simulated {
    struct scenarios *scenarios;
    size_t chosen[SIMULATED_MOST]; /* in the order in which they were named, each once */
    size_t count;
};

/* The built-in scenarios, and behind them those of the scripts (FILE.lua) among the operands. Each probe that one of
 * them expects something of must be among `probes`: a slip is named with its script and scenario. */
bool simulated_load(struct simulated *s, char *const *operands, const struct scripts *probes,
                    struct fail *fail);
/* Chooses what the operands mean: an id, a glob, a script's path (all its scenarios); all when there is none. One that
 * means nothing is an error. */
bool simulated_choose(struct simulated *s, char *const *operands, struct fail *fail);
void simulated_free(struct simulated *s);
