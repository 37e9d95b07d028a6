/*
 * partial_words: what is said of a bundle that was never sealed.
 */
#pragma once

#include "evidence/partial.h"

/* On stdout: cases, what is not whole, where it ends. */
void partial_words(const char *path, const struct partial *found);
/* Of a file that does not verify: when it is the beginning of a bundle alone, says on stderr what can be done with it. */
void partial_words_hint(const char *command, const char *path);
