/*
 * vantage: from where it is tested (--from), and an address at which certainly nobody listens (--control), so that
 * what answers there all the same is known to stand before the targets: a transparent proxy on our own side.
 */
#pragma once

#include "base/addr.h"
#include "base/fail.h"
#include "guard/scope.h"

/* Reads both (NULL: not given, family ADDR_NONE). Fails with EUSAGE: no address, one that this machine does not have, a
 * control that the scope does not allow, or that is the sink. */
bool vantage_read(const char *from, const char *control, const struct scope *scope,
                  struct addr *from_out, struct addr *control_out, struct fail *fail);
