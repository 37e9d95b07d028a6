/*
 * declaration: what a probe says of itself, read from the table that its script returns.
 *
 * Whoever made the table, nothing passes that is unfit to be shown or out of bounds.
 */
#pragma once

#include "script/probes.h"

struct lua_State;

/* Fills info from the table at `index`; raises an error that says what is wrong. source_name and pack are
 * left as they are. [-0, +0, e] */
void declaration_read(struct lua_State *L, int index, struct probe_info *info);
/* Is it as declaration_read leaves it: fit to be shown, and within its bounds? For whoever has it from another process. */
bool declaration_holds(const struct probe_info *info);
