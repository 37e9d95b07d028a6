/*
 * parse: what every parser of this house says.
 *
 * A parser here is a pure function of the bytes received so far. It never allocates, never reads
 * past the view, and gives slices of its input as results. Called again with more bytes it starts
 * from the first one: inputs are small, because each parser refuses what is longer than its limit.
 */
#pragma once

#include "base/bytes.h"

enum parse {
    PARSE_OK,   /* complete; `used` says how many bytes it took, the rest belongs to what follows */
    PARSE_MORE, /* correct so far, not complete */
    PARSE_BAD,  /* will never be correct, or is longer than allowed; `why` says it in a few words */
};
