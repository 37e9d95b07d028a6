/*
 * tree_words: what a verification found of the tree, the chain and an extract, in words.
 */
#pragma once

#include "evidence/bundle.h"

/* Lines for a report: how far the tree was gone through, and the run's place in its chain. */
void tree_words_print(const struct bundle_report *r);
/* Of an extract, instead of the numbers of a bundle: what it shows, and what it can't. */
void tree_words_extract(const struct bundle_report *r);
