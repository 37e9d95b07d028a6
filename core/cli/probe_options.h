/*
 * probe_options: what `ajar probe` was asked to do.
 *
 * The table of its options is in probe_options.c; the help and the manual come from there. Texts are
 * borrowed from argv.
 */
#pragma once

#include "cli/names.h"
#include "cli/output.h"
#include "cli/tsa.h"

enum { PROBE_LISTS_MOST = 64 };

#define PROBE_MAIL_DOMAIN "ajar.test" /* where none is given: on loopback */
#define PROBE_SENDERS                                                                              \
    "bounce." /* before the mail domain: that of the senders, where none is given */

struct probe_options {
    const char *command;                         /* "probe" or "run": who speaks */
    const char *scope_path;                      /* or NULL: only loopback */
    const char *lists[PROBE_LISTS_MOST + 1];     /* --input; ended by NULL, as are the next two */
    const char *choices[PROBE_LISTS_MOST + 1];   /* --probe */
    const char *arguments[PROBE_LISTS_MOST + 1]; /* --arg */
    bool thorough;
    const char *bundle;        /* or NULL: no evidence is kept */
    const char *key_path;      /* or NULL: the operator's own */
    struct tsa tsa;            /* services that stamp the bundle */
    const char *operator_name; /* who tests, or NULL */
    const char *chain;         /* file of the key's runs, "none", or NULL: beside the key */
    const char *sink;          /* ADDR:PORT[,PORT...] that others can connect to, or NULL */
    const char *sink_name;     /* that leads there, or NULL */
    const char *from;          /* an address of this machine, or NULL: as it comes */
    const char *control;       /* where nobody listens, or NULL */
    const char *mail_domain;
    const char
        *sender_domain; /* another of ours, for senders, or NULL: "bounce." and the mail domain */
    const char *helo;
    enum output_form form;
    bool fail_on_open;
    bool trace;
    bool single; /* ajar run: one script, that is being written */
    bool typed;  /* ajar repl: the script is typed while it runs */
    bool kept;   /* its bundle is one that the operator did not ask for: no key of his seals it */
    bool proxy;  /* and is a proxy probe's, else a relay's */
    bool quiet;
    span wait;
    span timeout; /* without the wait */
    long in_flight;
    long rate;        /* -1: not given */
    long prefix_rate; /* -1: not given */
    long messages;    /* to one host in a day; -1: not given */
    span gap;         /* between two sessions at one host; -1: not given */
    long workers;     /* 0: not given */
    struct resolvers resolvers;
    const char *listings_path;
    const char *contacts_path;
    char *const *operands; /* targets; ended by NULL */

    /* Of `ajar campaign run`. */
    const char *campaign; /* a folder or a URL; NULL: it is another command */
    const char *folder;   /* or NULL */
    bool stay;
    long attempts;
    span retry_after;
    span shift;
    long shift_cases;
};

/* The options, and the words of the help. */
extern const struct args_command probe_options_args;

/* Reads the command line; what is wrong with it is said. Gives ARGS_GO_ON, or the status to exit with. */
int probe_options_read(struct probe_options *o, int argc, char **argv);
/* The same for `ajar run`, whose first operand is the one script to run. */
int probe_options_read_run(struct probe_options *o, int argc, char **argv);
/* The same for `ajar repl`, which has one target, and no script yet. */
int probe_options_read_repl(struct probe_options *o, int argc, char **argv);
/* The same for `ajar campaign run`, which has a campaign, and no targets. */
int probe_options_read_campaign(struct probe_options *o, int argc, char **argv);
