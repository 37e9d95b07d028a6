/*
 * manual: the pages for man(1), from the same words as --help.
 *
 * In the macros of man(7). The date is today's, or that of the environment variable SOURCE_DATE_EPOCH (seconds
 * since 1970), with which a build gives the same pages again.
 */
#pragma once

#include "cli/commands.h"

/* ajar(1) on stdout. Returns 0. */
int manual_print_program(void);
/* ajar-COMMAND(1) on stdout. Returns 0. */
int manual_print(const struct command *command);
