/*
 * main: finds the command and runs it, and sees to it that results that could not be written don't
 * pass for success.
 */
#include "cli/commands.h"

#include "cli/help.h"
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

static int run(int argc, char **argv)
{
    if (argc < 2) {
        help_print(stderr);
        return STATUS_WRONG;
    }
    const char *name = argv[1];
    if (strcmp(name, PROCESS_WORKER) == 0)
        return process_worker();
    if (strcmp(name, PROCESS_SINK) == 0)
        return process_sink();
    if (strcmp(name, PROCESS_CELL) == 0)
        return process_cell();
    if (strcmp(name, "--version") == 0)
        return printf("ajar %s\n", AJAR_VERSION) < 0;
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help_command(argc - 1, argv + 1);
    const struct command *command = commands_find(name);
    return command ? command->run(argc - 1, argv + 1) : commands_reject(name);
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
