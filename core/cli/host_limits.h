/*
 * host_limits: what one host is to bear of relay tests, over all probes and ports of a run: how many test messages in a day,
 * and how soon a session follows another.
 */
#pragma once

#include "base/time.h"
#include "cli/scripts.h"

enum { HOST_MESSAGES = 5, HOST_MESSAGES_MOST = 1000 };
#define HOST_GAP (2 * SPAN_SECOND)

struct host_limits {
    unsigned messages;
    span gap;
    bool gap_on_loopback; /* there too: only where it was said */
};

/* As --messages and --gap say (-1: not given); else as what probes were told by --arg allows: the most messages, if more than
 * HOST_MESSAGES, and the shortest gap. */
struct host_limits host_limits_of(long messages, span gap, const struct scripts *s);
