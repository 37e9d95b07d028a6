/*
 * lua_json: values of Lua as JSON and the other way round, for letters.
 */
#pragma once

#include <jansson.h>

struct lua_State;

/* [-0, +1, em] */
void lua_json_push(struct lua_State *L, json_t *value);
/* Appends the value on top of the stack to the array: texts in UTF-8, numbers, booleans and tables of them, a few deep; raises
 * for all else. [-0, +0, em] */
void lua_json_keep(struct lua_State *L, json_t *array);
