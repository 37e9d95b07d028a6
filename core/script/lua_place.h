/*
 * lua_place: where in a script a member of the table stands that it returns: "messages.what.relay".
 *
 * It goes by the script's tokens, without running anything: tables that are written out, in the returned one or in a local
 * variable of the member's name. Fuzzed.
 */
#pragma once

#include "base/bytes.h"

enum { LUA_PLACE_DEPTH = 16 };

/* Line and column (in bytes) of the member's key, from 1 on; where it is not to be found, of what stands nearest above it: the
 * table that it belongs in, the script's last "return", its beginning. */
void lua_place_find(struct bytes source, const char *path, unsigned *line, unsigned *column);
