/*
 * free_names: the names in a script that no local variable stands for: what it wants to find.
 *
 * It follows blocks and locals from token to token, without running anything. Of a script that loads it never takes a local
 * variable for a free name; of a repeat loop, whose locals it keeps beyond its end, it can miss one. Fuzzed.
 */
#pragma once

#include "base/bytes.h"

enum { FREE_NAME_PARTS = 4 };

/* "ajar.smtp.connect": the name and the fields asked of it, as far as they are written out. */
struct free_name {
    struct bytes parts[FREE_NAME_PARTS];
    unsigned count;
    bool written; /* it gets a value; then it has one part */
    unsigned line;
    unsigned column;
};

typedef void (*free_name_found)(void *arg, const struct free_name *name);

/* Calls for each, in their order. False: no memory, or blocks nested or locals named beyond all measure; what was found
 * until then has been told. */
bool free_names_each(struct bytes source, free_name_found found, void *arg);
