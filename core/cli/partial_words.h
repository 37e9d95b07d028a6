/*
 * partial_words: what is said of a bundle that was never sealed.
 */
#pragma once

#include "evidence/partial.h"

/* On stdout: cases, what is not whole, where it ends. */
void partial_words(const char *path, const struct partial *found);
