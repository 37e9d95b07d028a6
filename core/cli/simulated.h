/*
 * simulated: which scenarios `ajar sim` works with: the built-in ones, and those of scripts given by path.
 */
#pragma once

#include "cli/scripts.h"
#include "script/scenarios.h"

enum { SIMULATED_MOST = 1000, SIMULATED_SCRIPTS = 100 };

struct simulated {
    struct script_source sources[SIMULATED_SCRIPTS];
    size_t source_count;
    size_t builtin_count;                /* the first of them */
    struct buf texts[SIMULATED_SCRIPTS]; /* of the others, owned */
    struct scenarios *scenarios;
    size_t chosen[SIMULATED_MOST]; /* in the order in which they were named, each once */
    size_t count;
};

/* Reads the built-in scripts, and behind them those (FILE.lua) among the operands, which outlive `s`. */
bool simulated_read(struct simulated *s, char *const *operands, struct fail *fail);
/* Can each of those be loaded, alone, within a second of processor time? That is tried in a confined process of its own; each that
 * can't is told, with the reason, which begins with its path ("FILE.lua:3: words"). */
typedef void simulated_fault(const char *path, const char *words);
bool simulated_try(const struct simulated *s, simulated_fault *fault);
/* Loads them, which runs what stands at their top level: in the process that is confined for it (cli/sim_process.h). Each
 * probe that one of the scenarios expects something of must be among `probes`: a slip is named with its script and
 * scenario. */
bool simulated_load(struct simulated *s, const struct scripts *probes, struct fail *fail);
/* Chooses what the operands mean: an id, a glob, a script's path (all its scenarios); all when there is none. One that
 * means nothing is an error. */
bool simulated_choose(struct simulated *s, char *const *operands, struct fail *fail);
void simulated_free(struct simulated *s);
