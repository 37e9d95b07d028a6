/*
 * descriptors: how many this process may have (ulimit -n), and what follows from that for a run.
 */
#pragma once

#include "base/fail.h"

/* Takes as many as may be had. EMFILE: too few for a run with so many workers, and a sink with so many ports, to begin. */
bool descriptors_raise(unsigned workers, unsigned ports, struct fail *fail);
/* How many of the probes that are wanted at once they allow; *limit is how many there may be. */
unsigned descriptors_allow(unsigned wanted, unsigned long *limit);
