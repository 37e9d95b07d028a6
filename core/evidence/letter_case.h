/*
 * letter_case: texts in UTF-8, compared without regard to case.
 */
#pragma once

#include "base/bytes.h"

/* How many bytes of `text` from `at` on are `needle`, letter by letter, each in either case (Unicode's pairs of single
 * letters, in whatever locale; of a pair one may be longer than the other); 0: they are not. What is no UTF-8 is compared
 * byte by byte, but for ASCII's letters. */
size_t letter_case_match(struct bytes text, size_t at, struct bytes needle);
