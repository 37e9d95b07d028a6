/*
 * complain: what a command says when it could not do its work, and the exit status that goes with it.
 *
 * One rule for all commands. 2, wrong usage: what was typed can't be right, whatever files and network say: an
 * option, a value, a target among the arguments, a probe or scenario that there is not. 1, it failed: it was
 * understood and could not be done: a file that is missing, can't be read or says what it must not, a port in
 * use, no memory.
 */
#pragma once

#include "base/fail.h"

/* "ajar COMMAND: SENTENCE" on stderr. Gives the exit status: 2 for the codes EUSAGE, EARGUMENT and ETARGET. */
int complain(const char *command, const struct fail *fail);
/* The same in words; gives `status` back. */
int complain_words(const char *command, int status, const char *words);
/* Is this code one of wrong usage? */
bool complain_is_usage(const struct fail *fail);
