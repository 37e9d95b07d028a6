/*
 * json_place: where in a JSON text something stands, for a person's editor: jansson does not say it.
 */
#pragma once

#include "base/bytes.h"

enum { JSON_PLACE_DEPTH = 64 };

/* Line and column (in bytes), from 1 on, of what a path leads to: "runs[1].sends[0]", or "" for the beginning. Of a member of
 * an object it is its name's place, of a member of an array its value's; where the path leads to nothing, the place of
 * what stands nearest above it. A name holds no '.' and no '['. Any text will do: what is no JSON ends the way. Fuzzed. */
void json_place_find(struct bytes text, const char *path, unsigned *line, unsigned *column);
/* Of this byte of a text. */
void json_place_at(struct bytes text, size_t at, unsigned *line, unsigned *column);
