/*
 * letter_cases: the cases that a letter about several findings is about, out of the table that goes with it (doc/messages.md, section
 * 1.1). GMime keeps state of its own: call notice/message.h's message_begin before.
 */
#pragma once

#include "base/buf.h"

enum { LETTER_CASES_TABLE = 32 * 1024 * 1024 };

/* Calls fn for each case in the order of the table, until it returns false; an id is a letter's name (mail/entry.h). How many there
 * were; 0: it has no such table. Fuzzed. */
typedef bool (*letter_cases_fn)(void *arg, struct bytes id);
size_t letter_cases(struct bytes message, letter_cases_fn fn, void *arg);
