/*
 * lang_profile: the texts of a letters' profile, each with the key that it stands under and its language.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

#include <jansson.h>

/* Runs the profile whose text this is in a confined process, and gives what it says, to be json_decref'd. name: as messages call
 * it. NULL: see fail. */
json_t *lang_profile_load(struct bytes source, const char *name, struct fail *fail);

/* A text: where it stands ("questions.nb.2"), its language, and the same one in English (empty where there is none of that
 * number). */
typedef void (*lang_profile_take)(void *arg, const char *path, const char *language,
                                  struct bytes text, struct bytes english);

/* Gives each text that is by languages. */
void lang_profile_each(json_t *profile, lang_profile_take take, void *arg);

/* Of a key's texts a language is missing that others of the profile have. */
typedef void (*lang_profile_miss)(void *arg, const char *path, const char *language);
void lang_profile_missing(json_t *profile, lang_profile_miss miss, void *arg);
