/*
 * coverage_words: how many lines of each script have run, a row each, on stdout.
 *
 *     probes/mine.lua  23 of 25 lines, not run: 14, 31-33
 */
#pragma once

#include "script/coverage.h"

void coverage_words(const struct coverage *c);
