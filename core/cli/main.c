/*
 * main: finds the command and runs it, and sees to it that results that could not be written don't
 * pass for success.
 */
#include "cli/commands.h"

#include "base/text.h"
#include "run/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_FAILED = 1, STATUS_WRONG = 2 };

struct command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
    {"probe", "tests whether servers are open, and proves it", cmd_probe},
    {"show", "shows what a bundle holds", cmd_show},
    {"verify", "checks that a bundle is what its signer sealed", cmd_verify},
    {"replay", "derives a bundle's verdicts again from its tapes", cmd_replay},
    {"notify", "writes the letters to the owners", cmd_notify},
    {"lists", "asks public DNS lists what they say of addresses", cmd_lists},
    {"key", "makes the key that bundles are signed with, or shows it", cmd_key},
    {"sim", "serves simulated servers on loopback", cmd_sim},
    {"probes", "lists the probes", cmd_probes},
    {NULL, NULL, NULL},
};

static const struct command *find(const char *name)
{
    for (const struct command *c = commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
    }
    return NULL;
}

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* How many letters must be changed, added or left out to make `b` of `a` (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 32 };
    size_t row[MOST + 1];
    size_t width = strnlen(b, MOST);
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; i < MOST && a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t changed = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = least_of(changed, row[j] + 1, row[j + 1] + 1);
        }
    }
    return row[width];
}

/* The command that was probably meant, or NULL. */
static const struct command *closest(const char *name)
{
    const struct command *best = NULL;
    size_t least = 3;
    for (const struct command *c = commands; c->name; c++) {
        bool is_start = name[0] && strncmp(c->name, name, strlen(name)) == 0;
        size_t d = is_start ? 0 : distance(name, c->name);
        if (d < least && d < strlen(c->name)) {
            least = d;
            best = c;
        }
    }
    return best;
}

static int reject(const char *name)
{
    char shown[64];
    snprintf(shown, sizeof shown, "%s", name);
    text_make_printable(shown);
    const char *kind = name[0] == '-' ? "option" : "command";
    const struct command *meant = closest(name);
    if (meant)
        fprintf(stderr, "ajar: unknown %s '%s'; did you mean 'ajar %s'?\n", kind, shown,
                meant->name);
    else
        fprintf(stderr, "ajar: unknown %s '%s'; see 'ajar --help'\n", kind, shown);
    return STATUS_WRONG;
}

static int help(FILE *to)
{
    fputs("Usage: ajar COMMAND [OPTION]... [ARGUMENT]...\n\n"
          "Finds mail servers and proxies that are open to strangers, proves it, and\n"
          "writes to their owners.\n\nCommands:\n",
          to);
    for (const struct command *c = commands; c->name; c++)
        fprintf(to, "  %-9s %s\n", c->name, c->summary);
    fputs("\n'ajar COMMAND --help' says more about a command; 'ajar --version' says which\n"
          "ajar this is. "
          "Exit status: 0 it ran to the end, 1 it failed, 2 wrong usage,\n"
          "3 something was open and --fail-on-open was given.\n",
          to);
    return 0;
}

static int help_on(const char *name)
{
    const struct command *command = find(name);
    if (!command)
        return reject(name);
    char word[16];
    char option[] = "--help";
    char *argv[] = {word, option, NULL};
    snprintf(word, sizeof word, "%s", command->name);
    return command->run(2, argv);
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return STATUS_WRONG;
    }
    const char *name = argv[1];
    if (strcmp(name, PROCESS_WORKER) == 0)
        return process_worker();
    if (strcmp(name, PROCESS_SINK) == 0)
        return process_sink();
    if (strcmp(name, "--version") == 0)
        return printf("ajar %s\n", AJAR_VERSION) < 0;
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help(stdout);
    if (strcmp(name, "help") == 0)
        return argc > 2 ? help_on(argv[2]) : help(stdout);
    const struct command *command = find(name);
    return command ? command->run(argc - 1, argv + 1) : reject(name);
}

/* A file opened by a command must not land on a closed standard descriptor and be taken for it. The
 * place is filled with /dev/null, the wrong way round, so that using it still fails. */
static bool fill_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        bool is_open = fcntl(fd, F_GETFD) >= 0;
        if (!is_open && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            return false;
    }
    return true;
}

/* Results that did not get out (a full disk, a pipe whose reader has left) are a failure. */
static int close_stdout(int status)
{
    bool failed_before = ferror(stdout) != 0;
    errno = 0;
    bool failed = fclose(stdout) != 0;
    if (!failed && !failed_before)
        return status;
    const char *why = failed && errno ? strerror(errno) : "a write failed";
    fprintf(stderr, "ajar: stdout: %s; the output is not complete\n", why);
    return STATUS_FAILED;
}

int main(int argc, char **argv)
{
    if (!fill_standard_descriptors())
        return STATUS_FAILED;
    /* A reader of stdout or a peer that goes away is an error to report, not the end of us. */
    signal(SIGPIPE, SIG_IGN);
    return close_stdout(run(argc, argv));
}
