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
/* Does it say more than the run's number of cases: the name of one, or the size of what was found, as the first builds of ajar
 * 0.1.0 wrote it? Then an extract, which must have this file, tells of other cases. */
bool recovery_tells_of_others(struct bytes content);
