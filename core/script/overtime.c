#include "script/overtime.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum { EVERY_NS = 4 * 1000 * 1000 };

struct overtime {
    timer_t timer;
    void (*fn)(void *arg);
    void *arg;
};

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    int saved = errno;
    if (info->si_code == SI_TIMER) {
        const struct overtime *o = info->si_value.sival_ptr;
        o->fn(o->arg);
    }
    errno = saved;
}

/* A process is started with the signals blocked that its parent had blocked. */
static bool let_in(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t set;
    sigemptyset(&action.sa_mask);
    sigemptyset(&set);
    sigaddset(&set, SIGVTALRM);
    return sigaction(SIGVTALRM, &action, NULL) == 0 && sigprocmask(SIG_UNBLOCK, &set, NULL) == 0;
}

struct overtime *overtime_new(void (*fn)(void *arg), void *arg)
{
    struct overtime *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    *o = (struct overtime){.fn = fn, .arg = arg};
    struct sigevent event = {
        .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGVTALRM, .sigev_value.sival_ptr = o};
    const struct itimerspec every = {{0, EVERY_NS}, {0, EVERY_NS}};
    if (!let_in() || timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &o->timer) != 0) {
        free(o);
        return NULL;
    }
    timer_settime(o->timer, 0, &every, NULL);
    return o;
}

void overtime_free(struct overtime *o)
{
    if (!o)
        return;
    timer_delete(o->timer);
    free(o);
}
