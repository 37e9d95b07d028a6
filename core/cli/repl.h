/*
 * repl: a session at a prompt: between the person at the terminal and the run of the script that takes what is typed.
 */
#pragma once

#include "net/loop.h"
#include "run/run.h"

struct repl;

/* Starts the process at the terminal, and writes the script that takes the lines. `limit`: the time of one line. */
struct repl *repl_new(bool proxy, span limit, struct fail *fail);
/* Ends the terminal's process, too. */
void repl_free(struct repl *r);
/* Where the script lies until it was loaded. */
const char *repl_path(const struct repl *r);
void repl_loaded(struct repl *r);
/* The run's loop is there. `script`, the run's own, gets the session's text once it is over; lent. */
bool repl_begin(struct repl *r, struct loop *loop, struct script_source *script, struct fail *fail);
void repl_end(struct repl *r);
struct run_session *repl_session(struct repl *r);
