/*
 * when: dates as lists write them.
 *
 *     2026-11-24 02:10:16    2026-11-24T02:10:16.123Z    2026-11-24T02:10:16+01:00    2026-11-24T02:10:16+0100
 *
 * Without a zone it is UTC; without a time of day, midnight.
 */
#pragma once

#include "base/time.h"

/* False: it is none of these, or no day that there is. Fuzzed. */
bool when_parse(struct bytes text, instant *out);
/* Seconds since 1970, as ZMap writes them. */
bool when_parse_seconds(struct bytes text, instant *out);
