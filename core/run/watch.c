#include "run/watch.h"

#include <time.h>

/* What a process has taken so far; 0: not known. */
static span processor_time(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return t.tv_sec * SPAN_SECOND + t.tv_nsec / 1000;
}

bool watch_is_stuck(struct watch *w, pid_t pid, bool ready, const struct watch_limits *limits)
{
    uint64_t rounds = atomic_load(&w->pulse->rounds);
    bool inside = atomic_load(&w->pulse->job) != 0;
    bool idle = !ready || (inside && rounds == w->rounds);
    w->rounds = rounds;
    w->stuck = idle ? w->stuck + 1 : 0;
    if (!idle)
        w->busy = processor_time(pid);
    if (!ready)
        return w->stuck >= limits->start_looks;
    return w->stuck >= limits->blocked_looks ||
           (w->stuck >= limits->looks && processor_time(pid) - w->busy >= limits->processor);
}
