/*
 * list_format: a list that is of another form than lists are, told by its first line.
 */
#pragma once

#include "base/bytes.h"

/* What it is and what to do about it, in words that follow the list's name; NULL: nothing strange about it. */
const char *list_format_fault(struct bytes first_line);
