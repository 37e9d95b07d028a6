/*
 * interfaces: the networks that this machine stands in.
 *
 * Who is tested from the inside of its own network may serve its neighbours, and nobody else: see guard/scope.h.
 */
#pragma once

#include "base/addr.h"

enum { INTERFACES_MOST = 256 };

/* The networks of all interfaces that are up but loopback's, each as a prefix; a single address where the interface
 * knows no network. How many there are, at most INTERFACES_MOST; 0 also when the system does not say. */
size_t interfaces_networks(struct prefix out[INTERFACES_MOST]);
