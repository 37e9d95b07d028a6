/*
 * seen: which addresses and networks have been targets, so that none is tested twice.
 *
 * A set of (network, port), a single address being a network of one. It costs 11 to 21 bytes for each IPv4 entry
 * and 27 to 53 for each IPv6 one, half as much again for a moment while it grows: 24 MiB at most for a million
 * IPv4 addresses. A network costs as much as an address, whatever its size. The keys are mixed with a random
 * number: a list that was written to make the set slow does not.
 */
#pragma once

#include "base/addr.h"

/* Keys of one family in open addressing. Private. */
struct seen_table {
    unsigned char *slots;
    size_t room; /* slots; a power of two, or 0 */
    size_t used;
    unsigned char lengths[129]; /* 1: networks of so many bits are in it */
};

struct seen {
    struct seen_table tables[2]; /* IPv4, IPv6 */
    uint64_t seed;
};

void seen_begin(struct seen *s);
void seen_free(struct seen *s);
/* Is the address in a network that was added with the same port? IPv4-mapped IPv6 is IPv4. */
bool seen_has(const struct seen *s, const struct addr *a);
/* The same of all of a network: does it lie in one that was added with its base's port? */
bool seen_covers(const struct seen *s, const struct prefix *network);
/* The port is the base's. False: no memory was left, and it is not remembered. */
bool seen_add(struct seen *s, const struct prefix *network);
