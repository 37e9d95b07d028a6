/*
 * pace: how fast we may knock: overall, and at a prefix (/24, /48). That a host has one connection at a
 * time is run/hosts.h.
 *
 * Token buckets in tables of bounded size; time is given by the caller. The overall rate may catch up
 * 50 ms after a late wake-up; a prefix is knocked at evenly. When more prefixes are busy at once than
 * the table has places for (65536), the next one waits. IPv4-mapped addresses count as
 * IPv4.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

struct pace_limits {
    unsigned overall; /* connections a second; 0 = no limit */
    unsigned prefix;  /* connections a second to one /24 or /48; 0 = no limit */
};

struct pace;

/* NULL when no memory is left. */
struct pace *pace_new(const struct pace_limits *limits);
void pace_free(struct pace *p);
/* 0: go now (and it is counted); else how long to wait before asking again. */
span pace_ask(struct pace *p, const struct addr *to, instant monotonic);
