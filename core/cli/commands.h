/*
 * commands: one function for each command of the program, in cmd_NAME.c; main.c lists them.
 *
 * argv[0] is the command's name. Each returns the exit status: 0 it ran to the end, 1 it failed,
 * 2 wrong usage, 3 something was open and --fail-on-open was given. Results go to stdout, talk to
 * stderr. A command need not check its writes to stdout: main.c does at the end.
 */
#pragma once

int cmd_probe(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_notify(int argc, char **argv);
int cmd_sim(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_probes(int argc, char **argv);
int cmd_lists(int argc, char **argv);
