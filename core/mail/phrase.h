/*
 * phrase: words that are looked for in what somebody wrote, as whole words: "rettet" is not in "oprettet".
 */
#pragma once

#include "base/bytes.h"

#include <jansson.h>

/* One of the phrases (an array of texts, case-folded as `text` is) stands in it: at a word's beginning and at a word's end, or
 * anywhere behind its beginning where the phrase ends in "*". Scripts that have no gaps between words (Chinese, Japanese) and
 * Korean know neither. `first`: at the text's beginning. With `denied` (or NULL), an array of words, one does not count
 * that has such a word among the two before it: "not yet fixed". */
bool phrase_is_in(struct bytes text, const json_t *phrases, const json_t *denied, bool first);
