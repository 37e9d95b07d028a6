#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The first line of a descriptor, without its end; false when it is longer than `size` - 1. */
static bool read_line(int fd, char *out, size_t size)
{
    size_t n = 0;
    char c;
    while (read(fd, &c, 1) == 1 && c != '\n') {
        if (n + 1 == size)
            return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

static bool from_file(const char *path, char *out, size_t size, struct fail *fail)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    bool ok = read_line(fd, out, size);
    close(fd);
    return ok || fail_set(fail, "EPASSWORD", "%s: the password is over %zu bytes", path, size - 1);
}

/* One prompt on the terminal, echo off while the answer is typed. */
static bool ask(int terminal, const char *prompt, const char *what, char *out, size_t size,
                struct fail *fail)
{
    struct termios before;
    struct termios silent;
    if (tcgetattr(terminal, &before) != 0)
        return fail_errno(fail, errno, "the terminal");
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    dprintf(terminal, "%s %s: ", prompt, what);
    tcsetattr(terminal, TCSAFLUSH, &silent);
    bool ok = read_line(terminal, out, size);
    tcsetattr(terminal, TCSAFLUSH, &before);
    dprintf(terminal, "\n");
    return ok || fail_set(fail, "EPASSWORD", "the password is over %zu bytes", size - 1);
}

static bool ask_twice(int terminal, const char *what, char *out, size_t size, struct fail *fail)
{
    char again[1025];
    if (size > sizeof again)
        size = sizeof again;
    bool ok = ask(terminal, "New password for", what, out, size, fail) &&
              ask(terminal, "Once more, for", what, again, size, fail);
    if (ok && strcmp(out, again) != 0)
        ok = fail_set(fail, "EPASSWORD", "the two passwords differ");
    explicit_bzero(again, sizeof again);
    return ok;
}

bool password_get(const char *what, bool twice, char *out, size_t size, struct fail *fail)
{
    const char *path = getenv("AJAR_KEY_PASSWORD_FILE");
    if (path)
        return from_file(path, out, size, fail);
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return fail_set(fail, "EPASSWORD",
                        "%s has a password, and there is no terminal to ask for it: put it into a file "
                        "and name that in AJAR_KEY_PASSWORD_FILE", what);
    bool ok = twice ? ask_twice(terminal, what, out, size, fail)
                    : ask(terminal, "Password for", what, out, size, fail);
    close(terminal);
    return ok;
}
