/*
 * character: what Unicode says of a character's looks (version 14).
 *
 * The page of `ajar view` has the same tables (data/view/characters.js): what it shows is compared byte by byte.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Controls, marks of direction, fillers, variation selectors, tags, and what is no character: no glyph of its own shows them. */
bool character_is_unseen(uint32_t c);
/* Drawn over, under or around the character before it (Mn, Me): many of them cover other lines. */
bool character_is_mark(uint32_t c);
