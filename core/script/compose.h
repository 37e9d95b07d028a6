/*
 * compose: letters in the words of Lua.
 *
 * scripts/notice/letter.lua holds a letter's order, scripts/notice/remedy.lua what closes which software,
 * lang/CODE.lua the words of a language, and a profile who writes, on whose authority. All run in a
 * sandbox with small limits. Facts go in as JSON and words come out as JSON, so that no other house
 * need know Lua; which members there are stands at the head of letter.lua.
 */
#pragma once

#include "base/fail.h"

#include <jansson.h>

struct compose;

/* Loads the letter, every language and the profile, whose text is `profile` and which messages call
 * `name`. A profile that lacks a key, or has a wrong one, is a fail that names both (ESCRIPT). */
struct compose *compose_new(struct bytes profile, const char *name, struct fail *fail);
void compose_free(struct compose *c);

/* True when there is a letter in the language (BCP 47: "nb", "nb-NO"); the fail names those there are. */
bool compose_speaks(struct compose *c, const char *language, struct fail *fail);

/* The words of one letter about `facts`, with the language that comes first.
 * The caller json_decref's them. NULL: see fail. Strings in the facts must be fit for a reader's eyes
 * already: Lua puts them into sentences as they are. */
json_t *compose_letter(struct compose *c, json_t *facts, const char *language, struct fail *fail);
