/*
 * campaign_commands: what `ajar campaign` can do, a file cmd_campaign_NAME.c for each.
 */
#pragma once

#include "cli/commands.h"

/* All of them; the last has no name. */
const struct command *campaign_commands(void);

int cmd_campaign_new(int argc, char **argv);
int cmd_campaign_import(int argc, char **argv);
int cmd_campaign_run(int argc, char **argv);
int cmd_campaign_stop(int argc, char **argv);
int cmd_campaign_resume(int argc, char **argv);
int cmd_campaign_optout(int argc, char **argv);
int cmd_campaign_show(int argc, char **argv);
int cmd_campaign_notify(int argc, char **argv);
int cmd_campaign_recheck(int argc, char **argv);
int cmd_campaign_status(int argc, char **argv);

extern const struct args_command cmd_campaign_new_args;
extern const struct args_command cmd_campaign_import_args;
extern const struct args_command cmd_campaign_run_args;
extern const struct args_command cmd_campaign_stop_args;
extern const struct args_command cmd_campaign_resume_args;
extern const struct args_command cmd_campaign_optout_args;
extern const struct args_command cmd_campaign_show_args;
extern const struct args_command cmd_campaign_notify_args;
extern const struct args_command cmd_campaign_recheck_args;
extern const struct args_command cmd_campaign_status_args;
