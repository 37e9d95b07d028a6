/*
 * completion: what the shell offers when a command line is being typed.
 *
 * A script for each of three shells, made from the tables of commands and options. Each offers the commands, the commands
 * that a command has of its own, and the options of each; zsh and fish show beside them what they are about. Where an
 * option's value is a file, and where no option stands, files are offered.
 */
#pragma once

#include "cli/args.h"

/* Each prints a script on stdout and returns 0. */
int completion_print_bash(void);
int completion_print_zsh(void);
int completion_print_fish(void);

/* Whether the value of an option is the name of a file or folder, by what its help calls it. */
bool completion_wants_file(const struct args_option *o);
