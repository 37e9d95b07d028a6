#include "cli/descriptors.h"

#include "run/process.h"

#include <sys/resource.h>

/* Beside one for each connection, when there is room enough; and probes that are at work whatever the room. */
enum { OTHER = 48, PROBES_LEAST = 8 };

/* What a run has open before its processes, a bundle and a list among it; and for the last worker its channel's two ends and
 * its pulse. */
enum { BEFORE = 13, LAST_WORKER = 3 };

/* The sink, which starts first, lifts its channel and for each port two sockets above the places that a process has
 * (become in run/supervisor_crew.c), and above what is open. Then each worker keeps a channel open. */
static unsigned long least_for(unsigned workers, unsigned ports)
{
    unsigned long open = BEFORE + 2UL * ports;
    unsigned long sink = (open > PROCESS_END ? open : PROCESS_END) + 1 + 2UL * ports;
    unsigned long all = BEFORE + ports + workers + LAST_WORKER;
    return sink > all ? sink : all;
}

bool descriptors_raise(unsigned workers, unsigned ports, struct fail *fail)
{
    struct rlimit limit;
    unsigned long least = least_for(workers, ports);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max >= least ||
           fail_set(fail, "EMFILE",
                    "this process may have %lu descriptors (ulimit -n), and %lu are needed at "
                    "least with %u %s (--workers)",
                    (unsigned long)limit.rlim_max, least, workers,
                    workers == 1 ? "worker" : "workers");
}

unsigned descriptors_allow(unsigned wanted, unsigned long *limit)
{
    struct rlimit now;
    getrlimit(RLIMIT_NOFILE, &now);
    *limit = (unsigned long)now.rlim_cur;
    if (*limit >= (unsigned long)wanted + OTHER)
        return wanted;
    return *limit > OTHER + PROBES_LEAST ? (unsigned)*limit - OTHER : PROBES_LEAST;
}
