/*
 * traceback_words: a script's error, and the calls that led to it, on stdout: a row each. It may hold anything.
 */
#pragma once

#include "base/bytes.h"

/* Behind so many blanks; calls behind two more: the script's own, where there are any, and not those of the library. */
void traceback_words(struct bytes error, int indent);
