/*
 * traceback: where a script was when it failed, in words that are the same wherever it runs again: no
 * address of a function stands in them.
 */
#pragma once

struct lua_State;

/* Pushes onto L the text and, a line each, the calls of `from`, the innermost first, from `level` on.
 * [-0, +1, m] */
void traceback_push(struct lua_State *L, struct lua_State *from, const char *text, int level);
