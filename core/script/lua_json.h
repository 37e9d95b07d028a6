/*
 * lua_json: values of Lua as JSON and the other way round, for letters. Of Lua: texts in UTF-8, numbers, booleans and tables of
 * them, a few deep; all else raises.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

struct lua_State;

/* [-0, +1, em] */
void lua_json_push(struct lua_State *L, json_t *value);
/* Appends the value on top of the stack to the array. [-0, +0, em] */
void lua_json_keep(struct lua_State *L, json_t *array);
/* Appends its text. [-0, +0, em] */
void lua_json_put(struct lua_State *L, struct buf *out);
