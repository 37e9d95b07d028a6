#include "run/child.h"

#include "base/hash.h"
#include "run/confine.h"
#include "tape/tape_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static bool write_all(int fd, const void *from, size_t n)
{
    const char *p = from;
    while (n > 0) {
        ssize_t written = write(fd, p, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        p += written;
        n -= (size_t)written;
    }
    return true;
}

static bool read_all(int fd, void *to, size_t n)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

bool child_send(int fd, struct bytes frame)
{
    uint32_t size = (uint32_t)frame.n;
    return write_all(fd, &size, sizeof size) && write_all(fd, frame.p, frame.n);
}

bool child_receive(int fd, struct buf *into)
{
    uint32_t size = 0;
    buf_clear(into);
    if (!read_all(fd, &size, sizeof size) || size > CHILD_FRAME)
        return false;
    unsigned char *to = buf_reserve(into, size ? size : 1);
    if (!to || !read_all(fd, to, size))
        return false;
    buf_commit(into, size);
    return true;
}

_Noreturn static void become(child_work work, const void *arg, int in, int out)
{
    char missing[64];
    struct fail fail;
    hash_start();
    tape_reader_start();
    if (!confine(CONFINE_WORKER, missing, &fail))
        _exit(1);
    work(arg, in, out);
    _exit(0);
}

bool child_start(struct child *c, child_work work, const void *arg, struct fail *fail)
{
    int down[2];
    int up[2];
    if (pipe2(down, O_CLOEXEC) != 0)
        return fail_errno(fail, errno, "no pipe to a child");
    if (pipe2(up, O_CLOEXEC) != 0) {
        fail_errno(fail, errno, "no pipe from a child");
        close(down[0]);
        close(down[1]);
        return false;
    }
    c->pid = fork();
    if (c->pid == 0) {
        close(down[1]);
        close(up[0]);
        become(work, arg, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    c->to = down[1];
    c->from = up[0];
    if (c->pid > 0)
        return true;
    close(c->to);
    close(c->from);
    return fail_errno(fail, errno, "no child process");
}

void child_end(struct child *c)
{
    close(c->to);
    close(c->from);
    kill(c->pid, SIGKILL);
    waitpid(c->pid, NULL, 0);
}

bool child_ask(struct child *c, struct bytes question, struct buf *answer, int seconds,
               struct fail *fail)
{
    struct pollfd ready = {.fd = c->from, .events = POLLIN};
    int n = 1;
    signal(SIGPIPE, SIG_IGN);
    if (child_send(c->to, question))
        do
            n = poll(&ready, 1, seconds * 1000);
        while (n < 0 && errno == EINTR);
    if (n == 0)
        return fail_set(fail, "ETIMEDOUT", "the script ran over %d seconds", seconds);
    return child_receive(c->from, answer) ||
           fail_set(fail, "EWORKER", "the confined process that ran the script died");
}
