/*
 * words: what the wording gives for one letter (the head of scripts/notice/letter.lua), on its way from the process that words to
 * the one that believes nothing of it.
 *
 * A row of JSON texts, each behind its length (u32): the words without their blocks, then each block. Most blocks are the same in
 * every letter: whoever reads many letters keeps them, and a block that is known is not read again.
 */
#pragma once

#include "base/buf.h"

#include <jansson.h>

enum { WORDS_BLOCKS = 1000 };

/* Blocks that were read before; bounded. */
struct words_kept;

struct words_kept *words_kept_new(void);
void words_kept_free(struct words_kept *kept);

/* The words as one object, to be json_decref'd, whose blocks may be those of other letters too: they are not to be changed. NULL:
 * it is no such row. `kept` may be NULL. Fuzzed. */
json_t *words_read(struct bytes row, struct words_kept *kept);
