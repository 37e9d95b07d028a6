#include "cli/descriptors.h"

#include <sys/resource.h>

/* Beside one for each connection: what every run has open, and how it is when there is room enough. */
enum { OTHER_LEAST = 12, OTHER = 48, A_WORKER = 2, PROBES_LEAST = 8 };

bool descriptors_raise(unsigned workers, struct fail *fail)
{
    struct rlimit limit;
    unsigned long least = OTHER_LEAST + A_WORKER * (unsigned long)workers;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max >= least ||
           fail_set(fail, "EMFILE",
                    "this process may have %lu descriptors (ulimit -n), and %lu are needed at "
                    "least with %u workers (--workers)",
                    (unsigned long)limit.rlim_max, least, workers);
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
