/*
 * args: the options of one command, from a table.
 *
 * A command describes its options once; the parser, `--help` and the error messages come from that
 * table. Every message goes to stderr as "ajar COMMAND: SENTENCE; see 'ajar COMMAND --help'".
 *
 *     enum { OPTION_WAIT, OPTION_JSON };
 *     static const struct args_option options[] = {
 *         [OPTION_WAIT] = {"wait", 'w', "SECONDS", "how long to wait for the token"},
 *         [OPTION_JSON] = {"json", 0, NULL, "print one JSON object a line"},
 *         {0},
 *     };
 *     static const struct args_command command = {"probe", "[OPTION]... TARGET...", "Tests ...",
 *                                                 options, NULL};
 *     struct args args;
 *     args_begin(&args, &command, argc, argv);
 *     for (int which; (which = args_next(&args)) != ARGS_END;)
 *         take_option(&args, which);
 *     if (args.status != ARGS_GO_ON)
 *         return args.status;
 *
 * Built on getopt_long: options may follow operands, "--" ends them, "--na" stands for "--name"
 * where that is clear. getopt keeps its place in globals: one struct args at a time.
 */
#pragma once

#include "base/time.h"

#include <getopt.h>
#include <stdbool.h>

enum { ARGS_OPTIONS_MOST = 40 };
enum { ARGS_GO_ON = -1, ARGS_END = -1 };

struct args_option {
    const char *name;  /* long name without its dashes; NULL ends the table */
    char letter;       /* short name, or 0 */
    const char *value; /* what its value is called in the help, or NULL if it takes none */
    const char *help;  /* one sentence without a full stop; wrapped where it must be */
};

struct args_command {
    const char *name;                  /* "probe" */
    const char *usage;                 /* what follows the name: "[OPTION]... TARGET..." */
    const char *about;                 /* what it does, printed as it stands: lines up to 80 wide */
    const struct args_option *options; /* --help is added to them */
    const char *more;                  /* after the options: examples, exit status; may be NULL */
};

struct args {
    const struct args_command *command;
    const struct args_command
        *shown; /* whose help --help prints; the command, if it is not set anew */
    int status; /* ARGS_GO_ON, or the status to exit with: 0 help was printed, 2 wrong usage */
    const char *value; /* of the option that args_next has returned; borrowed from argv */
    char **operands;   /* after ARGS_END: what is no option; ended by NULL; borrowed from argv */
    int operand_count;

    /* private */
    int argc;
    char **argv;
    int current;
    char letters[2 * ARGS_OPTIONS_MOST + 8];
    struct option longs[ARGS_OPTIONS_MOST + 2];
};

/* argv[0] is the command's name, as main.c hands it on. */
void args_begin(struct args *a, const struct args_command *command, int argc, char **argv);
/* The index of the next option in the table, or ARGS_END: no more, or a.status has been set. */
int args_next(struct args *a);

/* Says what is wrong with the usage on stderr and sets the status. Returns 2. */
int args_wrong(struct args *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Exactly one operand: returns it, or says that WHAT is missing, or that there is one too many, and
 * returns NULL. */
const char *args_only_operand(struct args *a, const char *what);

/* The value of the current option as a whole number; out of range or no number is wrong usage. */
bool args_number(struct args *a, long least, long most, long *out);
/* The same as seconds, decimals allowed ("0.25"), to the microsecond. */
bool args_seconds(struct args *a, span least, span most, span *out);

/* The help on stdout; args_next does it for --help. */
void args_help(const struct args_command *command);
