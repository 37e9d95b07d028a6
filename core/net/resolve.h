/*
 * resolve: a host name to its addresses, by the system's resolver. Blocks: for a command's own
 * operands before a run begins, never inside one.
 */
#pragma once

#include "base/addr.h"
#include "base/fail.h"

/* Up to `most` addresses (port 0), IPv4 and IPv6 as the system orders them; 0 with fail. */
size_t resolve_name(const char *name, struct addr *out, size_t most, struct fail *fail);
