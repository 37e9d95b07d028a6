/*
 * info: the lines of bag-info.txt.
 */
#pragma once

#include "base/bytes.h"

/* In bag-info.txt of a bundle that was sealed after its run had been cut off: when that was. */
#define INFO_RECOVERED "Recovered-After-Crash"

/* How many lines begin with this label and a colon; *value is what stands behind the last, trimmed. */
unsigned info_find(struct bytes info, const char *label, struct bytes *value);
