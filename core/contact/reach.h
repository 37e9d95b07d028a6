/*
 * reach: which addresses a question about contacts may go to. A registry's answer can refer to any address, so that this
 * machine asks what only it can reach (a router, a cloud's metadata at 169.254.169.254): such are refused.
 */
#pragma once

#include "base/addr.h"

/* An address of the public Internet: in none of the ranges of IANA's special-purpose registries (RFC 6890), not multicast, and
 * no IPv4 address in the clothes of IPv6 (mapped, NAT64, 6to4, Teredo) that is not public itself. */
bool reach_is_public(const struct addr *a);
