#include "cli/eta.h"

/* Fewer results, or less time, are no ground for a forecast. */
enum { DONE_LEAST = 20 };
#define TIME_LEAST (10 * SPAN_SECOND)
#define APART      (2 * SPAN_SECOND)

void eta_begin(struct eta *e, instant now)
{
    *e = (struct eta){.began = now};
    eta_note(e, now, 0);
}

void eta_note(struct eta *e, instant now, unsigned long done)
{
    unsigned last = (e->next + ETA_SAMPLES - 1) % ETA_SAMPLES;
    if (e->count > 0 && now - e->samples[last].at < APART)
        return;
    e->samples[e->next].at = now;
    e->samples[e->next].done = done;
    e->next = (e->next + 1) % ETA_SAMPLES;
    e->count += e->count < ETA_SAMPLES;
}

/* What was done since the oldest sample, and in what time. */
static unsigned long lately(const struct eta *e, instant now, unsigned long done, span *time)
{
    unsigned oldest = e->count < ETA_SAMPLES ? 0 : e->next;
    *time = now - e->samples[oldest].at;
    return done - e->samples[oldest].done;
}

static double per_second(unsigned long done, span time)
{
    return time > 0 ? (double)done * 1e6 / (double)time : 0;
}

double eta_rate(const struct eta *e, instant now, unsigned long done)
{
    span time = 0;
    unsigned long more = lately(e, now, done, &time);
    return per_second(more, time);
}

bool eta_left(const struct eta *e, instant now, unsigned long done, unsigned long total,
              unsigned long *seconds)
{
    span time = 0;
    unsigned long more = lately(e, now, done, &time);
    if (more < DONE_LEAST) { /* slow: all of the run says more than its last minute */
        more = done;
        time = now - e->began;
    }
    if (total <= done || more < DONE_LEAST || time < TIME_LEAST)
        return false;
    *seconds = (unsigned long)((double)(total - done) / per_second(more, time));
    return true;
}
