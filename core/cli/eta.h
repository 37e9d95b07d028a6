/*
 * eta: how fast a run is, and how long it still takes.
 *
 * Results come in waves: a thousand probes that began together end together, and then for seconds none does. So the rate is
 * that of the last minute, not of the last second, and while too little is known nothing is said of the end.
 */
#pragma once

#include "base/time.h"

#include <stdbool.h>

enum { ETA_SAMPLES = 31 };

struct eta {
    struct {
        instant at;
        unsigned long done;
    } samples[ETA_SAMPLES]; /* the last minute's, two seconds apart; a ring */
    unsigned count;
    unsigned next;
    instant began;
};

/* `now` is of the monotonic clock. */
void eta_begin(struct eta *e, instant now);
/* So many are done by now. To be called a few times a second. */
void eta_note(struct eta *e, instant now, unsigned long done);
/* Results a second, over the last minute or since the beginning; 0: none yet. */
double eta_rate(const struct eta *e, instant now, unsigned long done);
/* Seconds to the end. False: there is none in sight (total 0: it is not known), or it is too early to tell. */
bool eta_left(const struct eta *e, instant now, unsigned long done, unsigned long total,
              unsigned long *seconds);
