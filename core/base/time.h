/*
 * time: instants and spans as microseconds, and as text. No clock is read here: time comes from the
 * world (scripts) or from net/loop.h (processes).
 */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

typedef int64_t instant; /* microseconds since 1970-01-01T00:00:00Z */
typedef int64_t span;    /* microseconds */

#define SPAN_SECOND ((span)1000000)

enum { TIME_TEXT = 32 };

/* RFC 3339, UTC, microseconds: "2026-11-24T02:10:16.123456Z". Writes into out and returns it. */
const char *time_text(instant when, char out[TIME_TEXT]);
/* RFC 5322: "Tue, 24 Nov 2026 02:10:16 +0000". */
const char *time_mail_text(instant when, char out[TIME_TEXT]);
/* For people: "2026-11-24 02:10:16 UTC". */
const char *time_reader_text(instant when, char out[TIME_TEXT]);
/* Reads exactly what time_text writes. */
bool time_parse(struct bytes text, instant *out);
