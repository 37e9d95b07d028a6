#include "cli/password.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* The first line of a descriptor, without its end: an empty one, or one that does not fit, fails. `out` has
 * KEY_PASSWORD_SIZE bytes. A
 * byte at a time, so that what follows it is not read into memory that nobody wipes. */
static bool read_line(int fd, char *out, char cancel, struct fail *fail)
{
    size_t n = 0;
    char c = '\n';
    ssize_t got;
    while ((got = read(fd, &c, 1)) == 1 && c != '\n' && !(cancel && c == cancel)) {
        if (n == KEY_PASSWORD_LIMIT)
            return fail_set(fail, "EPASSWORD", "the password is longer than %d bytes",
                            KEY_PASSWORD_LIMIT);
        out[n++] = c;
    }
    n -= n > 0 && out[n - 1] == '\r';
    out[n] = '\0';
    if (got < 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    if (got == 1 && c != '\n')
        return fail_set(fail, "ECANCELED", "no password was given");
    return n > 0 || fail_set(fail, "EPASSWORD", "the password is empty");
}

static bool from_file(const char *path, char *out, struct fail *fail)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail_errno(fail, errno, path);
        return fail_prefix(fail, "AJAR_KEY_PASSWORD_FILE");
    }
    struct stat st = {0};
    bool ok = fstat(fd, &st) == 0 && (st.st_mode & 077) == 0;
    /* A device or a folder is no place for one, and the system's at that: its mode is to stay. */
    if (!ok)
        fail_set(fail, "EMODE",
                 S_ISREG(st.st_mode)
                     ? "others can read this password; do: chmod 600 on it"
                     : "no file, and others can read it too; the password's place is a file that "
                       "its owner alone can read (mode 0600)");
    ok = ok && read_line(fd, out, '\0', fail);
    close(fd);
    return ok || fail_prefix(fail, "%s", path);
}

/* One prompt on the terminal, echo off while the answer is typed. Ctrl-C comes as a character then,
 * not as a signal: else it would leave a terminal behind that stays silent. */
static bool ask(int terminal, const char *prompt, const char *what, char *out, struct fail *fail)
{
    struct termios before;
    struct termios silent;
    if (tcgetattr(terminal, &before) != 0)
        return fail_errno(fail, errno, "the terminal");
    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    silent.c_cc[VEOL] = before.c_cc[VINTR]; /* ends the line at once */
    tcsetattr(terminal, TCSAFLUSH, &silent);
    dprintf(terminal, "%s %s: ", prompt, what);
    bool ok = read_line(terminal, out, (char)before.c_cc[VINTR], fail);
    tcsetattr(terminal, TCSAFLUSH, &before);
    dprintf(terminal, "\n");
    return ok;
}

static bool ask_twice(int terminal, const char *what, char *out, struct fail *fail)
{
    char *again = key_password_new(fail);
    bool ok = again && ask(terminal, "New password for", what, out, fail) &&
              ask(terminal, "Once more, for", what, again, fail);
    if (ok && strcmp(out, again) != 0)
        ok = fail_set(fail, "EPASSWORD", "the two passwords differ");
    key_password_free(again);
    return ok;
}

static bool from_terminal(const char *what, bool twice, char *out, struct fail *fail)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return fail_set(
            fail, "EPASSWORD",
            "%s needs a password, and there is no terminal to ask for it: put it into a "
            "file and name that in AJAR_KEY_PASSWORD_FILE",
            what);
    bool ok = twice ? ask_twice(terminal, what, out, fail)
                    : ask(terminal, "Password for", what, out, fail);
    close(terminal);
    return ok;
}

char *password_get(const char *what, bool twice, struct fail *fail)
{
    const char *path = getenv("AJAR_KEY_PASSWORD_FILE");
    char *out = key_password_new(fail);
    if (out && (path ? from_file(path, out, fail) : from_terminal(what, twice, out, fail)))
        return out;
    key_password_free(out);
    return NULL;
}
