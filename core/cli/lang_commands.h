/*
 * lang_commands: what `ajar lang` can do, a file cmd_lang_NAME.c for each.
 */
#pragma once

#include "cli/commands.h"

/* All of them; the last has no name. */
const struct command *lang_commands(void);

int cmd_lang_list(int argc, char **argv);
int cmd_lang_check(int argc, char **argv);
int cmd_lang_sheet(int argc, char **argv);

extern const struct args_command cmd_lang_list_args;
extern const struct args_command cmd_lang_check_args;
extern const struct args_command cmd_lang_sheet_args;
