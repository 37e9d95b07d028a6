/*
 * layout: a letter's blocks as plain text.
 *
 * Lines of at most LAYOUT_COLUMNS columns, LF line ends, one empty line between blocks except between
 * those that belong together; lines are broken as breaks.h says. A quote's lines begin with "  > ", or " *> " where the verdict rests
 * on them, and nothing else does: what a stranger said can't pass for words of the letter, nor mark itself. A block whose member `rtl` is true is of a language that is written from right
 * to left: its lines get isolates (isolates.h).
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

enum { LAYOUT_COLUMNS = 76 };

/* Blocks that were laid out before, for whoever lays out many letters: most are the same in all. Bounded. */
struct layout_kept;

struct layout_kept *layout_kept_new(void);
void layout_kept_free(struct layout_kept *kept);
/* Was this very block (not an equal one) laid out before? It holds it, so that its place is no other's. */
bool layout_has(const struct layout_kept *kept, const json_t *block);

/* Appends the blocks (the kinds stand at the head of scripts/notice/letter.lua); a word wider than a
 * line, an URL mostly, stands alone on its line, whole. A quote's line is that of the dialogue (notice/facts.h) which it
 * names; without a dialogue (NULL) it has who and text itself. False for a block of no known kind, or when
 * the buffer is full. `kept` may be NULL. */
bool layout_put(struct buf *out, json_t *blocks, const json_t *dialogue, struct layout_kept *kept);
/* Is the block of a known kind? */
bool layout_knows(const json_t *block);
