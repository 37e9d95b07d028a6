/*
 * deprecated: which members of the API are to go, as its annotations (doc/api/) have it.
 */
#pragma once

#include "script/free_names.h"

/* Is the name, or what it is a member of, deprecated in these annotations? Then `parts` of it are the name of what is, and
 * `words` what its annotation says, which is lent by the annotations. */
bool deprecated_find(struct bytes annotations, const struct free_name *name, unsigned *parts,
                     struct bytes *words);
