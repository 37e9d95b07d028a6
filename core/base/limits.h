/*
 * limits: what a pack says that its probes take at most (doc/packs.md). 0: what all may.
 */
#pragma once

struct limits {
    unsigned seconds;     /* of one probe at one target, the waits included */
    unsigned connections; /* in its life */
    unsigned memory;      /* MiB, of all the pack's probes in one process of its own */
};

enum {
    LIMITS_SECONDS = 3600,
    LIMITS_CONNECTIONS = 200,
    LIMITS_MEMORY_LEAST = 16,
    LIMITS_MEMORY = 256
};
