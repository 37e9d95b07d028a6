/*
 * prefix_set: many prefixes, and whether an address is in one of them.
 *
 * Prefixes of one length stand in one sorted array: a look-up is one binary search for each length
 * that is present, and a million IPv4 prefixes take 4 MB. Fill the set, sort it once, then ask.
 */
#pragma once

#include "base/addr.h"

struct prefix_set;

/* NULL when no memory is left. */
struct prefix_set *prefix_set_new(void);
void prefix_set_free(struct prefix_set *set);
/* Bits of the base beyond the prefix are cleared. False when no memory is left. */
bool prefix_set_add(struct prefix_set *set, const struct prefix *p);
/* Adds all of `more`. False when no memory is left; some may then have been added. */
bool prefix_set_merge(struct prefix_set *set, const struct prefix_set *more);
/* To be called between the last add and the first look-up; drops what was added twice. */
void prefix_set_sort(struct prefix_set *set);
/* The address as it is: an IPv4-mapped one is an IPv6 address here. */
bool prefix_set_has(const struct prefix_set *set, const struct addr *a);
size_t prefix_set_count(const struct prefix_set *set);
