/*
 * alarm: the instants at which a loop has something to do, earliest first.
 *
 * A binary heap of alarms that live inside their owners, so that 20,000 streams with a deadline
 * each cost 40 bytes apiece and no call to the kernel. For the files of this house: others use the
 * timers of loop.h.
 */
#pragma once

#include "base/time.h"

struct alarm {
    void (*fn)(void *arg);
    void *arg;
    size_t slot; /* place in the heap, counted from 1; 0 = not set */
};

struct alarm_entry {
    instant at;
    struct alarm *alarm;
};

struct alarms {
    struct alarm_entry *heap;
    size_t n;
    size_t cap;
    size_t members; /* alarms that may be set: there is always room for all of them */
};

/* Makes room for one more alarm, so that setting it can't fail. False when no memory is left. */
bool alarms_join(struct alarms *all);
/* The alarm is set no more and its room is given back. */
void alarms_leave(struct alarms *all, struct alarm *alarm);

/* Sets it to go off at `at` (monotonic), or moves it there. */
void alarms_set(struct alarms *all, struct alarm *alarm, instant at);
void alarms_clear(struct alarms *all, struct alarm *alarm);
/* When it will go off; 0 = it is not set. */
instant alarms_when(const struct alarms *all, const struct alarm *alarm);
/* When the first one goes off; 0 = none is set. */
instant alarms_first(const struct alarms *all);
/* Takes the first one out if it is due at `now`; else NULL. */
struct alarm *alarms_take(struct alarms *all, instant now);
