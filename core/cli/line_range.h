/*
 * line_range: lines of a tape, as a user names them.
 */
#pragma once

#include <stdbool.h>

struct line_range {
    unsigned long from; /* counted from 1 */
    unsigned long to;   /* 0: to the end */
};

/* "12", "12-20", "12-"; false: it is nothing like these. */
bool line_range_parse(const char *text, struct line_range *out);
