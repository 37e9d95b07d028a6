/*
 * target: the table that probe.run is called with.
 */
#pragma once

#include "script/arguments.h"
#include "script/task.h"

/* Pushes {address=, port=, name=, address_literal=, family=}. [-0, +1, m] */
void target_push(struct lua_State *L, const struct task_facts *facts);
/* Pushes a table of these arguments' values that can be read and not written. Raises when the JSON text of
 * values does not fit what is declared. [-0, +1, e] */
void target_push_args(struct lua_State *L, const struct arguments *declared, struct bytes json);
