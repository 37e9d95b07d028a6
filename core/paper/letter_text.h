/*
 * letter_text: the letter as it came, held against what it must be.
 */
#pragma once

#include "base/fail.h"
#include "paper/look.h"

#include <jansson.h>

enum { LINES_MOST = 12 }; /* of letterhead, recipient, what stands beside it */

/* True for a letter as paper.h has it; else EFORMAT, ELIMIT. Fuzzed. */
bool letter_text_check(const json_t *letter, struct fail *fail);

/* Of one that has been checked: never NULL. */
const char *letter_text(const json_t *object, const char *name);
