/*
 * watch: sees by its pulse that a process turns in circles.
 */
#pragma once

#include "base/time.h"
#include "run/pulse.h"

#include <sys/types.h>

struct watch_limits {
    unsigned looks; /* at which it may stand still inside Lua, */
    span
        processor; /* while it takes so much processor time: on a busy machine it may not be its turn */
    unsigned blocked_looks; /* and when it takes no processor time either */
    unsigned
        idle_looks; /* and outside of Lua, where its loop goes round by itself; 0: it need not */
    unsigned start_looks; /* and until it is ready */
};

/* Zeroed but for the pulse: not looked at yet. */
struct watch {
    struct pulse *pulse;
    uint64_t rounds; /* at the last look */
    uint64_t job;    /* in which it was then; 0: outside of Lua */
    unsigned stuck;  /* looks in a row at which it stood still */
    span busy;       /* the processor time that it had taken before those */
};

/* Has it done nothing that it should for too long: inside Lua, or while it starts? To be asked a few times a second. */
/* What a process has taken of the processor so far; 0: not known. */
span watch_processor_time(pid_t pid);
bool watch_is_stuck(struct watch *w, pid_t pid, bool ready, const struct watch_limits *limits);
