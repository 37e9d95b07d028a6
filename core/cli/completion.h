/*
 * completion: what the shell offers when a command line is being typed.
 */
#pragma once

/* A script for bash on stdout: commands, and the options of each; elsewhere files. Returns 0. */
int completion_print_bash(void);
