#include "run/watch.h"

#include <time.h>

span watch_processor_time(pid_t pid)
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
    uint64_t job = atomic_load(&w->pulse->job);
    bool inside = job != 0;
    bool stands = rounds == w->rounds && job == w->job;
    bool idle = !ready || ((inside || limits->idle_looks > 0) && stands);
    w->rounds = rounds;
    w->job = job;
    w->stuck = idle ? w->stuck + 1 : 0;
    if (!idle)
        w->busy = watch_processor_time(pid);
    if (!ready)
        return w->stuck >= limits->start_looks;
    if (!inside)
        return limits->idle_looks > 0 && w->stuck >= limits->idle_looks;
    return w->stuck >= limits->blocked_looks ||
           (w->stuck >= limits->looks && watch_processor_time(pid) - w->busy >= limits->processor);
}
