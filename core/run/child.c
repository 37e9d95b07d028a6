#include "run/child.h"

#include "base/hash.h"
#include "net/loop.h"
#include "run/confine.h"
#include "run/watch.h"
#include "tape/tape_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Waits until the descriptor is ready, to the deadline at most (milliseconds of the monotonic clock; 0: for
 * ever, as the child's own ends may). */
static bool await_fd(int fd, short events, int64_t deadline)
{
    struct pollfd ready = {.fd = fd, .events = events};
    for (;;) {
        int64_t left = deadline ? deadline - loop_monotonic() / 1000 : -1;
        int n = deadline && left <= 0 ? 0 : poll(&ready, 1, (int)left);
        if (n >= 0 || errno != EINTR)
            return n > 0;
    }
}

/* What was written is done with. */
static void pass(struct iovec *parts, size_t count, size_t written)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = written < parts[i].iov_len ? written : parts[i].iov_len;
        parts[i].iov_base = (char *)parts[i].iov_base + n;
        parts[i].iov_len -= n;
        written -= n;
    }
}

/* Both together, so that whoever waits for them is woken once; it is waited where the pipe is full. */
static bool write_both(int fd, struct iovec parts[2], int64_t deadline)
{
    while (parts[0].iov_len + parts[1].iov_len > 0) {
        ssize_t written = writev(fd, parts, 2);
        bool full = written < 0 && errno == EAGAIN;
        bool broken = written == 0 || (written < 0 && !full && errno != EINTR);
        if (broken || (full && !await_fd(fd, POLLOUT, deadline)))
            return false;
        pass(parts, 2, written > 0 ? (size_t)written : 0);
    }
    return true;
}

static bool read_all(int fd, void *to, size_t n, int64_t deadline)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = read(fd, p, n);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return false;
        if (got < 0 && errno == EAGAIN && !await_fd(fd, POLLIN, deadline))
            return false;
        if (got < 0)
            continue;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool send_by(int fd, struct bytes frame, int64_t deadline)
{
    uint32_t size = (uint32_t)frame.n;
    void *content = (void *)(uintptr_t)frame.p; // NOLINT(performance-no-int-to-ptr)
    struct iovec parts[2] = {{&size, sizeof size}, {content, frame.n}}; /* both are read alone */
    return frame.n <= CHILD_FRAME && write_both(fd, parts, deadline);
}

static bool receive_by(int fd, struct buf *into, int64_t deadline)
{
    uint32_t size = 0;
    buf_clear(into);
    if (!read_all(fd, &size, sizeof size, deadline) || size > CHILD_FRAME)
        return false;
    unsigned char *to = buf_reserve(into, size ? size : 1);
    if (!to || !read_all(fd, to, size, deadline))
        return false;
    buf_commit(into, size);
    return true;
}

bool child_send(int fd, struct bytes frame)
{
    return send_by(fd, frame, 0);
}

bool child_receive(int fd, struct buf *into)
{
    return receive_by(fd, into, 0);
}

/* A VM at its limit (vm_limits_default), and as much again for all else. */
#define MEMORY_MOST ((size_t)1024 * 1024 * 1024)

/* Puts the child's ends where it looks for them. */
static bool place_ends(int in, int out)
{
    int ends[] = {fcntl(in, F_DUPFD, 10), fcntl(out, F_DUPFD, 10)};
    return ends[0] >= 0 && ends[1] >= 0 && dup2(ends[0], CHILD_IN) >= 0 &&
           dup2(ends[1], CHILD_OUT) >= 0;
}

_Noreturn static void become(child_work work, const void *arg, int in, int out)
{
    char missing[64];
    struct fail fail;
    if (!place_ends(in, out))
        _exit(1);
    hash_start();
    tape_reader_start();
    if (!confine_descriptors(CHILD_OUT, &fail) || !confine_memory(MEMORY_MOST, &fail) ||
        !confine_streams(&fail) || !confine(CONFINE_WORKER, missing, &fail))
        _exit(1);
    work(arg, CHILD_IN, CHILD_OUT);
    _exit(0);
}

/* The socket is out of the way of all places before the ends are put in theirs. */
_Noreturn static void become_given(child_task task, void *arg, const struct child_gift *gift,
                                   int in, int out)
{
    char missing[64];
    struct fail fail;
    bool has_socket = gift->socket >= 0;
    int socket = has_socket ? fcntl(gift->socket, F_DUPFD, 10) : -1;
    if (!place_ends(in, out) || (has_socket && dup2(socket, CHILD_SOCKET) < 0))
        _exit(1);
    hash_start();
    tape_reader_start();
    if (!confine_descriptors(has_socket ? CHILD_SOCKET : CHILD_OUT, &fail))
        _exit(1);
    if (gift->prepare)
        gift->prepare(arg);
    if (!confine_memory(MEMORY_MOST, &fail) || !confine_streams(&fail) ||
        !confine(gift->reads ? CONFINE_READER : CONFINE_WORKER, missing, &fail))
        _exit(1);
    task(arg, CHILD_IN, CHILD_OUT);
    _exit(0);
}

_Noreturn static void become_program(const char *path, int in, int out)
{
    char *const arguments[] = {strdup(path), NULL};
    struct fail fail;
    if (place_ends(in, out) && confine_descriptors(CHILD_OUT, &fail))
        execv(path, arguments);
    _exit(127);
}

/* Forks, with a pipe each way; c->pid is 0 in the child, which finds its ends in `in` and `out`. */
static bool part(struct child *c, int *in, int *out, struct fail *fail)
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
    *c = (struct child){.pid = fork(), .to = down[1], .from = up[0]};
    bool is_child = c->pid == 0;
    close(down[is_child]);
    close(up[!is_child]);
    *in = down[0];
    *out = up[1];
    if (is_child)
        return true;
    fcntl(c->to, F_SETFL, O_NONBLOCK);
    fcntl(c->from, F_SETFL, O_NONBLOCK);
    if (c->pid > 0)
        return true;
    close(c->to);
    close(c->from);
    return fail_errno(fail, errno, "no child process");
}

bool child_start(struct child *c, child_work work, const void *arg, struct fail *fail)
{
    int in;
    int out;
    bool ok = part(c, &in, &out, fail);
    if (ok && c->pid == 0)
        become(work, arg, in, out);
    return ok;
}

bool child_start_program(struct child *c, const char *path, struct fail *fail)
{
    int in;
    int out;
    bool ok = part(c, &in, &out, fail);
    if (ok && c->pid == 0)
        become_program(path, in, out);
    return ok;
}

bool child_start_with(struct child *c, child_task task, void *arg, const struct child_gift *gift,
                      struct fail *fail)
{
    int in;
    int out;
    bool ok = part(c, &in, &out, fail);
    if (ok && c->pid == 0)
        become_given(task, arg, gift, in, out);
    return ok;
}

void child_end(struct child *c)
{
    close(c->to);
    close(c->from);
    kill(c->pid, SIGKILL);
    waitpid(c->pid, NULL, 0);
}

enum { LOOK_MS = 50 };

/* Until the answer begins, the deadline is over, or the child has taken too much of the processor. */
static bool await_answer(const struct child *c, int64_t deadline, span begun, bool *spent)
{
    for (;;) {
        int64_t look = loop_monotonic() / 1000 + LOOK_MS;
        bool last = !c->processor || look >= deadline;
        if (await_fd(c->from, POLLIN, last ? deadline : look))
            return true;
        *spent = c->processor && watch_processor_time(c->pid) - begun >= c->processor;
        if (last || *spent)
            return false;
    }
}

/* Why nothing came. */
static bool refuse(const struct child *c, int64_t deadline, int seconds, bool spent,
                   struct fail *fail)
{
    if (spent)
        return fail_set(fail, "ETIMEDOUT", "the script ran over %.1f seconds of processor time",
                        (double)c->processor / (double)SPAN_SECOND);
    if (loop_monotonic() / 1000 >= deadline)
        return fail_set(fail, "ETIMEDOUT", "the script ran over %d seconds", seconds);
    return fail_set(fail, "EWORKER", "the confined process that ran the script died");
}

static int64_t deadline_in(int seconds)
{
    return loop_monotonic() / 1000 + (int64_t)seconds * 1000;
}

/* Processor time that it has had; where that is not limited nobody asks. */
static span processor_time(const struct child *c)
{
    return c->processor ? watch_processor_time(c->pid) : 0;
}

static bool hear_by(struct child *c, span begun, struct buf *answer, int64_t deadline, int seconds,
                    struct fail *fail)
{
    bool spent = false;
    if (await_answer(c, deadline, begun, &spent) && receive_by(c->from, answer, deadline))
        return true;
    return refuse(c, deadline, seconds, spent, fail);
}

bool child_tell(struct child *c, struct bytes question, int seconds, struct fail *fail)
{
    int64_t deadline = deadline_in(seconds);
    signal(SIGPIPE, SIG_IGN);
    return send_by(c->to, question, deadline) || refuse(c, deadline, seconds, false, fail);
}

bool child_hear(struct child *c, struct buf *answer, int seconds, struct fail *fail)
{
    return hear_by(c, processor_time(c), answer, deadline_in(seconds), seconds, fail);
}

bool child_ask(struct child *c, struct bytes question, struct buf *answer, int seconds,
               struct fail *fail)
{
    int64_t deadline = deadline_in(seconds);
    span begun = processor_time(c);
    signal(SIGPIPE, SIG_IGN);
    return (send_by(c->to, question, deadline) || refuse(c, deadline, seconds, false, fail)) &&
           hear_by(c, begun, answer, deadline, seconds, fail);
}
