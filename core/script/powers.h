/*
 * powers: which parts of the API stand for which capability. What a pack has not declared does not exist for its scripts.
 */
#pragma once

#include "base/capability.h"

struct lua_State;

/* For vm_load_prepared; `withheld` is a pointer to an unsigned of bits, 1 << enum capability: in the globals of the
 * function on top of L, `ajar` is then without what they stand for. [-0, +0, m] */
void powers_withhold(struct lua_State *L, void *withheld);
/* The capability that a member of `ajar` ("smtp", "relay") stands for; false: it is there for all. */
bool powers_capability(struct bytes member, enum capability *out);
