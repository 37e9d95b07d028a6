/*
 * commands: what the program can do: a table with one row for each command, which cmd_NAME.c holds.
 *
 * The help, the manuals and the completion of the shell come from this table and from the options that each row
 * points to. A command is run with its name as argv[0] and returns the exit status: 0 it ran to the end, 1 it failed,
 * 2 wrong usage, 3 something was open and --fail-on-open was given. Results go to stdout, talk to stderr. A
 * command need not check its writes to stdout: main.c does at the end.
 */
#pragma once

#include "cli/args.h"

struct command {
    const char *name;
    const char *summary; /* "tests whether servers are open", for a list of commands */
    int (*run)(int argc, char **argv);
    const struct args_command *args;
    const struct command *(*parts)(void); /* of a command that has commands of its own; else NULL */
};

/* All commands; the last has no name. */
const struct command *commands_all(void);
/* By its name; NULL: there is none. */
const struct command *commands_find(const char *name);
/* One of the commands that a command has; NULL: there is none. */
const struct command *commands_part(const struct command *c, const char *name);
/* Says on stderr that there is no such command or option, and which was probably meant. Returns 2. */
int commands_reject(const char *name);

/* Runs the command of a command's own that argv[1] names. Without one, what is missing is said, with examples. */
int commands_run_part(const char *name, const char *examples, int argc, char **argv);

int cmd_probe(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_repl(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_cosign(int argc, char **argv);
int cmd_stamp(int argc, char **argv);
int cmd_seal(int argc, char **argv);
int cmd_custody(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_notify(int argc, char **argv);
int cmd_deliver(int argc, char **argv);
int cmd_inbox(int argc, char **argv);
int cmd_sim(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_redact(int argc, char **argv);
int cmd_probes(int argc, char **argv);
int cmd_lists(int argc, char **argv);
int cmd_contact(int argc, char **argv);
int cmd_lang(int argc, char **argv);
int cmd_view(int argc, char **argv);
int cmd_pack(int argc, char **argv);
int cmd_campaign(int argc, char **argv);

/* The options of each, and the words of its help. */
extern const struct args_command cmd_run_args;
extern const struct args_command cmd_repl_args;
extern const struct args_command cmd_verify_args;
extern const struct args_command cmd_cosign_args;
extern const struct args_command cmd_stamp_args;
extern const struct args_command cmd_seal_args;
extern const struct args_command cmd_custody_args;
extern const struct args_command cmd_export_args;
extern const struct args_command cmd_show_args;
extern const struct args_command cmd_key_args;
extern const struct args_command cmd_notify_args;
extern const struct args_command cmd_deliver_args;
extern const struct args_command cmd_inbox_args;
extern const struct args_command cmd_sim_args;
extern const struct args_command cmd_replay_args;
extern const struct args_command cmd_extract_args;
extern const struct args_command cmd_redact_args;
extern const struct args_command cmd_probes_args;
extern const struct args_command cmd_lists_args;
extern const struct args_command cmd_contact_args;
extern const struct args_command cmd_lang_args;
extern const struct args_command cmd_view_args;
extern const struct args_command cmd_pack_args;
extern const struct args_command cmd_campaign_args;
