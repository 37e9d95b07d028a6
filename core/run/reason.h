/*
 * reason: a script's words for its verdict, as results and letters show them.
 */
#pragma once

#include "base/bytes.h"

/* Words that came from a script or the network, fit to be shown: one printable line, cut to the array's size. */
void reason_copy(char *to, size_t size, struct bytes from);

/* What the supervisor says of a probe whose worker died twice, or its worker of one that its pack's process did not end: these
 * words, and how that came to pass, in one line. (An error of a script has several: the calls that led to it.) */
#define REASON_LOST      "the worker that ran this probe "
#define REASON_LOST_CELL "the process of this probe's pack "
bool reason_is_lost(struct bytes reason);
