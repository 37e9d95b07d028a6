/*
 * window: how many probes are in flight now.
 *
 * More in flight than keep the workers busy make nothing faster: their replies lie in our own line, and the memory of
 * each dialogue has gone cold when its turn comes. A worker that goes round its loop finds the dialogues that have
 * something to go on with. While those are few the window opens by a half, up to what the operator allows; while they
 * are many it closes by a sixteenth, down to WINDOW_LEAST. So a network that answers late gets all that is allowed in a
 * fraction of a second, and one that answers at once what keeps the processor busy.
 */
#pragma once

#include "base/time.h"

#include <stdint.h>

enum {
    WINDOW_LEAST = 64,
    WINDOW_LOOK = 10 * 1000, /* microseconds from one look to the next */
    WINDOW_FEW = 16,         /* dialogues a round */
    WINDOW_MANY = 32,
};

/* What workers did: rounds of their loops, and dialogues that they found something to do for. */
struct window_work {
    uint64_t rounds, wakes;
};

struct window {
    unsigned now, most;
    instant looked;
};

/* At most so many: --inflight. */
struct window window_new(unsigned most);
/* Is it time for a look? `at` is the monotonic time. */
bool window_is_due(const struct window *window, instant at);
/* `work`: what was done since the last look. */
void window_look(struct window *window, struct window_work work, instant at);
