/*
 * pace: how fast we may knock: overall, at a prefix (/24, /48), and how soon again at a host. That a host has one
 * connection at a time is run/hosts.h.
 *
 * Token buckets in tables of bounded size; time is given by the caller. The overall rate may catch up
 * 50 ms after a late wake-up; a prefix is knocked at evenly. When more prefixes are busy at once than
 * the table has places for (65536), the next one waits; when sessions at more hosts were over a moment ago, the one of which
 * that is longest ago counts no more. IPv4-mapped addresses count as
 * IPv4.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

struct pace_limits {
    unsigned overall; /* connections a second; 0 = no limit */
    unsigned prefix;  /* connections a second to one /24 or /48; 0 = no limit */
    span session_gap; /* between two sessions at one host; 0 = none */
};

struct pace;

/* NULL when no memory is left. */
struct pace *pace_new(const struct pace_limits *limits);
void pace_free(struct pace *p);
/* 0: go now (and it is counted); else how long to wait before asking again. */
span pace_ask(struct pace *p, const struct addr *to, instant monotonic);
/* A session at this host is over. */
void pace_session_over(struct pace *p, const struct addr *host, instant monotonic);
/* 0: the next one may begin; else how long to wait. */
span pace_session(const struct pace *p, const struct addr *host, instant monotonic);
