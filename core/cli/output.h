/*
 * output: the results of a run, for a person or for a program.
 *
 * A table of 80 columns (wider on a terminal that has room; into a file or a pipe no reason is cut), or one JSON object a line. While stderr is
 * a terminal a line of progress stands there, unless objects scroll by on the same one; in a file it is a line every
 * half minute.
 */
#pragma once

#include "run/run.h"

struct output;

enum output_form {
    OUTPUT_FITTING, /* a table on a terminal, else JSON */
    OUTPUT_TABLE,
    OUTPUT_JSON,
};

/* `command`: whose talk it is, lent. NULL when no memory is left. */
struct output *output_new(enum output_form form, bool quiet, const char *command);
/* Below an error that a script raised stands in the table how: for whoever is writing it. traced: its dialogue was
 * shown already. */
void output_explain_errors(struct output *o, bool traced);
void output_free(struct output *o);
void output_result(struct output *o, const struct run_result *result);
/* The progress line; `total` 0: not known. Into a file or a pipe a whole line goes twice a minute; none
 * where it is quiet. */
void output_tick(struct output *o, const struct run_counts *counts);
/* Others are going to write to stderr: no progress stands in the way, until the next tick. */
void output_make_room(struct output *o);
/* A line of talk on stderr. */
void output_say(struct output *o, const char *line);
/* The last words: how many were tested, and with what outcome; `duplicates` targets were left out. Under the table,
 * or as one line on stderr. */
void output_end(struct output *o, const struct run_counts *counts, unsigned long duplicates);
