/*
 * pack_commands: what `ajar pack` can do, a file cmd_pack_NAME.c for each or for what belongs together.
 */
#pragma once

#include "cli/commands.h"

/* All of them; the last has no name. */
const struct command *pack_commands(void);

int cmd_pack_new(int argc, char **argv);
int cmd_pack_check(int argc, char **argv);
int cmd_pack_test(int argc, char **argv);
int cmd_pack_build(int argc, char **argv);
int cmd_pack_sign(int argc, char **argv);
int cmd_pack_verify(int argc, char **argv);
int cmd_pack_info(int argc, char **argv);
int cmd_pack_index(int argc, char **argv);
int cmd_pack_source(int argc, char **argv);
int cmd_pack_update(int argc, char **argv);
int cmd_pack_install(int argc, char **argv);
int cmd_pack_list(int argc, char **argv);
int cmd_pack_remove(int argc, char **argv);
int cmd_pack_pin(int argc, char **argv);
int cmd_pack_unpin(int argc, char **argv);
int cmd_pack_rollback(int argc, char **argv);
int cmd_pack_trust(int argc, char **argv);

extern const struct args_command cmd_pack_new_args;
extern const struct args_command cmd_pack_check_args;
extern const struct args_command cmd_pack_test_args;
extern const struct args_command cmd_pack_build_args;
extern const struct args_command cmd_pack_sign_args;
extern const struct args_command cmd_pack_verify_args;
extern const struct args_command cmd_pack_info_args;
extern const struct args_command cmd_pack_index_args;
extern const struct args_command cmd_pack_source_args;
extern const struct args_command cmd_pack_update_args;
extern const struct args_command cmd_pack_install_args;
extern const struct args_command cmd_pack_list_args;
extern const struct args_command cmd_pack_remove_args;
extern const struct args_command cmd_pack_pin_args;
extern const struct args_command cmd_pack_unpin_args;
extern const struct args_command cmd_pack_rollback_args;
extern const struct args_command cmd_pack_trust_args;
