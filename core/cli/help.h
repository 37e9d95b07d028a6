/*
 * help: what there is, for a person at a terminal and for the shell.
 */
#pragma once

#include <stdio.h>

/* The help of the program as a whole. Returns 0. */
int help_print(FILE *to);
/* `ajar help [COMMAND]`: the same as COMMAND --help; for the build also `--man [COMMAND]`, the manual (see
 * manual.h), and `--bash-completion`. argv[0] is "help". Returns the exit status. */
int help_command(int argc, char **argv);
