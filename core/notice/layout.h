/*
 * layout: a letter's blocks as plain text.
 *
 * Lines of at most LAYOUT_COLUMNS columns, LF line ends, one empty line between blocks except between
 * those that belong together; lines are broken as breaks.h says. A quote's lines begin with "  > ", and nothing else does: what a
 * stranger said can't pass for words of the letter. A block whose member `rtl` is true is of a language that is written from right
 * to left: its lines get isolates (isolates.h).
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

enum { LAYOUT_COLUMNS = 76 };

/* Appends the blocks (the kinds stand at the head of scripts/notice/letter.lua); a word wider than a
 * line, an URL mostly, stands alone on its line, whole. False for a block of no known kind, or when
 * the buffer is full. */
bool layout_put(struct buf *out, json_t *blocks);
/* Is the block of a known kind? */
bool layout_knows(const json_t *block);
