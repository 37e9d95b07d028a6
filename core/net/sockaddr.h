/*
 * sockaddr: our addresses as the kernel wants them, and back. For the files of this house.
 */
#pragma once

#include "base/addr.h"

#include <sys/socket.h>

/* Length of the address that was written to `out`. */
socklen_t sockaddr_of(const struct addr *a, struct sockaddr_storage *out);
/* False when it is neither IPv4 nor IPv6. An IPv4-mapped address comes out as IPv4. */
bool sockaddr_read(const struct sockaddr_storage *from, struct addr *out);
