/*
 * pace: how fast we may knock: overall, for a prefix (/24, /48) and for a host.
 *
 * Token buckets in tables of bounded size; time is given by the caller. The overall rate may catch up
 * 50 ms after a late wake-up; a prefix is knocked at evenly. When more prefixes are busy at once than
 * the table has places for (65536), the next one waits. What a host is allowed at a time it is given
 * by pace_host_take and holds until pace_host_give. IPv4-mapped addresses count as IPv4.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

struct pace_limits {
    unsigned overall;    /* connections a second; 0 = no limit */
    unsigned prefix;     /* connections a second to one /24 or /48; 0 = no limit */
    unsigned host_count; /* jobs at a time on one host; 0 = no limit */
};

struct pace;

/* NULL when no memory is left. */
struct pace *pace_new(const struct pace_limits *limits);
void pace_free(struct pace *p);
/* 0: go now (and it is counted); else how long to wait before asking again. */
span pace_ask(struct pace *p, const struct addr *to, instant monotonic);
/* True: this host is yours until pace_host_give. Memory is bounded by the number of hosts held; when
 * none is left the answer is false. */
bool pace_host_take(struct pace *p, const struct addr *host);
/* Only for a host that was taken. */
void pace_host_give(struct pace *p, const struct addr *host);
