#include "cli/sim_process.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/text.h"
#include "cli/complain.h"
#include "net/hand.h"
#include "net/stream.h"
#include "run/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SOCKETS_AT = 3, LINE_MOST = 64 * 1024 };
#define MEMORY_MOST ((size_t)1024 * 1024 * 1024)

/* What a stream of its words has brought: the line that is not yet whole. */
struct words {
    int from;
    FILE *to;
    struct buf line;
};

enum { SOCKETS, OUT, ERR, SIGNALS, WATCHED };

struct outside {
    pid_t pid;
    int fds[WATCHED]; /* -1: closed */
    struct words words[2];
    instant end; /* of the monotonic clock; 0: none */
};

/* ---- inside ---- */

/* The ends of three pairs, in the places that they are to have: 1, 2 and SOCKETS_AT. */
static bool take_places(int sockets, int out, int err)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int high[] = {fcntl(sockets, F_DUPFD, 10), fcntl(out, F_DUPFD, 10), fcntl(err, F_DUPFD, 10)};
    return nothing >= 0 && high[0] >= 0 && high[1] >= 0 && high[2] >= 0 && dup2(nothing, 0) >= 0 &&
           dup2(high[1], 1) >= 0 && dup2(high[2], 2) >= 0 && dup2(high[0], SOCKETS_AT) >= 0;
}

_Noreturn static void become(sim_work work, void *arg, int sockets, int out, int err)
{
    char missing[64];
    struct fail fail = {0};
    struct sockets given = {.channel = SOCKETS_AT};
    struct loop *loop = NULL;
    signal(SIGINT, SIG_IGN); /* from a terminal they go to both: who started us decides */
    signal(SIGTERM, SIG_IGN);
    if (!take_places(sockets, out, err))
        _exit(1);
    hash_start();
    stream_tls_free(stream_tls_client(&fail)); /* OpenSSL reads its files, once */
    tzset();                                   /* and the clock of certificates its own */
    if (!confine_descriptors(SOCKETS_AT, &fail) || !(loop = loop_new(&fail)) ||
        !confine_memory(MEMORY_MOST, &fail) || !confine(CONFINE_SIMULATOR, missing, &fail))
        _exit(complain("sim", &fail));
    int status = work(arg, loop, &given);
    fflush(stdout);
    _exit(status);
}

/* ---- outside ---- */

static void close_at(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* A pipe or a pair: one end stays, the other goes to the process inside. */
struct ends {
    int ours;
    int its;
};

static bool open_pipe(struct ends *e, struct fail *fail)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0)
        return fail_errno(fail, errno, "pipe");
    *e = (struct ends){.ours = fds[0], .its = fds[1]};
    return true;
}

static bool open_hand(struct ends *e, struct fail *fail)
{
    int fds[2];
    if (!hand_pair(fds, fail))
        return false;
    *e = (struct ends){.ours = fds[0], .its = fds[1]};
    return true;
}

/* Signals are read like all else; the process inside is begun with them. */
static int watch_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static bool start(struct outside *o, sim_work work, void *arg, struct fail *fail)
{
    struct ends ends[SIGNALS] = {{-1, -1}, {-1, -1}, {-1, -1}};
    bool ok = open_hand(&ends[SOCKETS], fail) && open_pipe(&ends[OUT], fail) &&
              open_pipe(&ends[ERR], fail);
    fflush(stdout);
    o->pid = ok ? fork() : -1;
    if (o->pid == 0)
        become(work, arg, ends[SOCKETS].its, ends[OUT].its, ends[ERR].its);
    if (ok && o->pid < 0)
        ok = fail_errno(fail, errno, "a process can't be started");
    for (unsigned i = 0; i < SIGNALS; i++) {
        close_at(&ends[i].its);
        o->fds[i] = ends[i].ours;
    }
    return ok;
}

/* A line, whole or too long to be kept. */
static void print_line(struct words *w)
{
    buf_put_byte(&w->line, '\0');
    if (!w->line.overflow) {
        text_make_printable((char *)w->line.p);
        fprintf(w->to, "%s\n", (const char *)w->line.p);
    }
    buf_clear(&w->line);
}

/* False when there will be no more. */
static bool relay(struct words *w)
{
    unsigned char room[4096];
    ssize_t n = read(w->from, room, sizeof room);
    for (ssize_t i = 0; i < n; i++) {
        if (room[i] == '\n')
            print_line(w);
        else
            buf_put_byte(&w->line, room[i] ? room[i] : '?');
    }
    if (n == 0 && w->line.n > 0)
        print_line(w);
    fflush(w->to);
    return n > 0 || (n < 0 && errno == EINTR);
}

static int time_left(const struct outside *o)
{
    if (o->end == 0)
        return -1;
    instant left = o->end - loop_monotonic();
    return left > 0 ? (int)((left + 999) / 1000) : 0;
}

/* Serves the process inside until it has no more to say: true; or until it is to end: false. */
static bool look_after(struct outside *o)
{
    while (o->fds[OUT] >= 0 || o->fds[ERR] >= 0) {
        struct pollfd ready[WATCHED];
        for (unsigned i = 0; i < WATCHED; i++)
            ready[i] = (struct pollfd){.fd = o->fds[i], .events = POLLIN};
        int n = poll(ready, WATCHED, time_left(o));
        if (n == 0 || (n > 0 && ready[SIGNALS].revents))
            return false;
        if (n < 0)
            continue;
        if (ready[SOCKETS].revents && !sockets_answer(o->fds[SOCKETS]))
            close_at(&o->fds[SOCKETS]); /* who asks for what he can't have gets nothing any more */
        for (unsigned i = OUT; i <= ERR; i++)
            if (ready[i].revents && !relay(&o->words[i - OUT]))
                close_at(&o->fds[i]);
    }
    return true;
}

static int conclude(const struct outside *o, bool by_itself)
{
    int status = 0;
    if (!by_itself)
        kill(o->pid, SIGKILL);
    if (waitpid(o->pid, &status, 0) != o->pid || !by_itself)
        return 0;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    fprintf(stderr, "ajar sim: the process of the scenarios was ended by signal %d (%s)\n",
            WTERMSIG(status), strsignal(WTERMSIG(status)));
    return 1;
}

int sim_process_run(sim_work work, void *arg, span limit)
{
    struct fail fail;
    struct outside o = {.fds = {-1, -1, -1, -1}, .end = limit > 0 ? loop_monotonic() + limit : 0};
    if (!start(&o, work, arg, &fail))
        return complain("sim", &fail);
    o.fds[SIGNALS] = watch_signals();
    o.words[0] = (struct words){o.fds[OUT], stdout, buf_new(LINE_MOST)};
    o.words[1] = (struct words){o.fds[ERR], stderr, buf_new(LINE_MOST)};
    int status = conclude(&o, look_after(&o));
    for (unsigned i = 0; i < WATCHED; i++)
        close_at(&o.fds[i]);
    buf_free(&o.words[0].line);
    buf_free(&o.words[1].line);
    return status;
}
