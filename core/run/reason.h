/*
 * reason: a script's words for its verdict, as results and letters show them.
 */
#pragma once

#include "base/bytes.h"

/* Words that came from a script or the network, fit to be shown: one printable line, cut to the array's size. */
void reason_copy(char *to, size_t size, struct bytes from);

/* What the supervisor says of a probe whose worker died twice: these words, and how it died. */
#define REASON_LOST "the worker that ran this probe "
bool reason_is_lost(struct bytes reason);
