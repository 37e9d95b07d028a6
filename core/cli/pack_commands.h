/*
 * pack_commands: what `ajar pack` can do, a file cmd_pack_NAME.c for each or for what belongs together.
 */
#pragma once

#include "cli/commands.h"

/* All of them; the last has no name. */
const struct command *pack_commands(void);

int cmd_pack_build(int argc, char **argv);
int cmd_pack_sign(int argc, char **argv);
int cmd_pack_verify(int argc, char **argv);
int cmd_pack_info(int argc, char **argv);

extern const struct args_command cmd_pack_build_args;
extern const struct args_command cmd_pack_sign_args;
extern const struct args_command cmd_pack_verify_args;
extern const struct args_command cmd_pack_info_args;
