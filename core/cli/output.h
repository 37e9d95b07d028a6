/*
 * output: the results of a run, for a person at a terminal or for a program.
 *
 * On a terminal: a table of 80 columns (wider where there is room) and, on stderr, a line of progress.
 * Otherwise, or with --json: one JSON object a line, and no progress.
 */
#pragma once

#include "run/run.h"

struct output;

struct output *output_new(bool json);
void output_free(struct output *o);
void output_result(struct output *o, const struct run_result *result);
/* The progress line; `total` 0: not known. */
void output_tick(struct output *o, const struct run_counts *counts);
/* A line of talk on stderr. */
void output_say(struct output *o, const char *line);
/* The last words: how many were tested, and with what outcome. */
void output_end(struct output *o, const struct run_counts *counts);
