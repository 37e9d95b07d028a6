/*
 * recovery: data/recovery.json, of a bundle that was sealed after its run had been cut off (doc/evidence.md, section 8).
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"

#define RECOVERY_FILE "data/recovery.json"

enum { RECOVERY_LIMIT = 16 * 1024 };

/* When it was recovered. Fails when the content is no JSON object whose `recovered` is a time. */
bool recovery_read(struct bytes content, char recovered[TIME_TEXT], struct fail *fail);
