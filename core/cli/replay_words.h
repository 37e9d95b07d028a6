/*
 * replay_words: what came of a bundle's cases when they were derived again, for a person, on stdout.
 */
#pragma once

#include "run/rederive.h"

/* A row, and below it what differs. */
void replay_words_case(const char *id, const struct rederived *what);
/* How many there were of each. */
void replay_words_sum(const unsigned long of[REDERIVED_OUTCOMES]);
