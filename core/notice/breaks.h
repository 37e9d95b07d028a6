/*
 * breaks: where a paragraph may be broken into lines.
 *
 * At blanks; and in a script that is written without them (Han, kana) between any two characters, except where the Unicode line
 * breaking algorithm (UAX 14, by libunistring) forbids it: no line begins with "。" or ends with "（". Nothing else is ever parted: an
 * address of the Web, a name, a word of Hangul stays whole.
 */
#pragma once

#include "base/bytes.h"

/* Zeroed, it holds nothing. */
struct breaks {
    struct bytes text;
    char *kinds; /* private: what UAX 14 says before each byte; NULL: no such script is in it */
    size_t at;   /* private */
};

/* What may not be parted, and whether a blank stands before it. */
struct piece {
    struct bytes text;
    bool behind_blank;
};

/* The text is lent. Blanks are also what other control characters it may hold; a no-break space is none. */
struct breaks breaks_begin(struct bytes text);
/* The next piece; false at the end, where the memory is given back. */
bool breaks_next(struct breaks *b, struct piece *out);
