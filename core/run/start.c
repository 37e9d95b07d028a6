#include "run/start.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct handed handed_nothing(void)
{
    struct handed h;
    for (unsigned i = 0; i < HANDED; i++)
        h.fds[i] = -1;
    return h;
}

/* A kernel that refuses lets us work as before. */
void process_take_turns(void)
{
    const struct sched_param none = {0};
    if (sched_getscheduler(0) == SCHED_OTHER)
        sched_setscheduler(0, SCHED_BATCH, &none);
}

/* In the child: a descriptor in its place, or nothing there. The high ones are closed by confine_descriptors. */
static void place(int high, int at)
{
    if (high < 0)
        close(at);
    else if (dup2(high, at) < 0)
        _exit(127);
}

/* In the child: a copy above all places. Without one the process would begin without what it was to be handed. */
static int lift(int fd)
{
    int high = fcntl(fd, F_DUPFD, PROCESS_SECOND + HANDED);
    if (high < 0)
        _exit(127);
    return high;
}

/* In the child: the descriptors in their places, then this program again. */
_Noreturn static void become(const char *role, int channel, const struct handed *h)
{
    char name[] = "ajar";
    char word[32];
    int high[HANDED];
    strncpy(word, role, sizeof word - 1);
    word[sizeof word - 1] = '\0';
    char *const argv[] = {name, word, NULL};
    signal(SIGINT, SIG_IGN);  /* from a terminal, or from who ends a service, they go to all: */
    signal(SIGTERM, SIG_IGN); /* the supervisor alone decides */
    /* Thousands of probes are spread over a worker's memory: large pages spare it address look-ups. */
    setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
    int high_channel = lift(channel);
    for (unsigned i = 0; i < HANDED; i++)
        high[i] = h->fds[i] < 0 ? -1 : lift(h->fds[i]);
    place(high_channel, PROCESS_CHANNEL);
    for (unsigned i = 0; i < HANDED; i++)
        place(high[i], PROCESS_SECOND + (int)i);
    execv("/proc/self/exe", argv);
    _exit(127);
}

pid_t process_start(const char *role, int channel, const struct handed *h, struct fail *fail)
{
    pid_t pid = fork();
    if (pid == 0)
        become(role, channel, h);
    if (pid < 0)
        fail_errno(fail, errno, "a process can't be started");
    return pid;
}

/* Never with the -1 of a fork that failed: that would be everybody. */
void process_end(pid_t pid, char *out, size_t size)
{
    int status = 0;
    snprintf(out, size, "ended");
    if (pid <= 0)
        return;
    kill(pid, SIGKILL);
    if (waitpid(pid, &status, 0) != pid)
        return;
    if (WIFSIGNALED(status))
        snprintf(out, size, "was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        snprintf(out, size, "ended with status %d", WEXITSTATUS(status));
}
