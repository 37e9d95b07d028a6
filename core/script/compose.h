/*
 * compose: letters in the words of Lua.
 *
 * scripts/notice/letter.lua holds a letter's order, scripts/notice/advice.lua what it says of closing a server, by the settings in
 * remedy.lua and cause.lua, lang/CODE.lua the words of a language, scripts/notice/wording.lua how a pack's letter is put over
 * them, and a profile who writes, on whose authority. All run in a sandbox with small limits, and what is a stranger's in a
 * confined process (run/composing.h). Facts go in as JSON and words come out as JSON, so that no other house need know Lua; which
 * members there are stands at the head of letter.lua.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

/* A letter of a pack, or of the operator's own: its text, and what messages call it. */
struct wording {
    const char *name;
    struct bytes text;
};

enum { COMPOSE_LETTERS = 128, COMPOSE_TAG = 36 };

/* What letters are made of; lent as long as they are made. */
struct compose_ground {
    json_t *profile; /* see compose_profile */
    const struct wording *letters;
    size_t letter_count; /* COMPOSE_LETTERS at most */
    const char
        *language; /* that comes first, by BCP 47: "nb", "nb-NO"; NULL: the letters', or English */
    const char *tone; /* NULL: the letters' */
};

struct compose;

/* Runs the profile whose text this is and which messages call `name`, and gives what it says as JSON, to be json_decref'd. One
 * that lacks a key, or has a wrong one, is a fail that names both (ESCRIPT); NULL. */
json_t *compose_profile(struct bytes text, const char *name, struct fail *fail);

/* Loads the letter's order, every language and the letters. Fails: ESCRIPT with the letter and what is wrong with it; ESYNTAX
 * where it is no Lua; EUSAGE:
 * there is no letter in the tone that was asked for, or in the language, nor one in English; the fail names those there are. */
struct compose *compose_new(const struct compose_ground *ground, struct fail *fail);
/* The tag of the language that letters have in place of the one that was asked for, and that there is not: the closest by BCP 47, or
 * English. "": they have that one. */
const char *compose_fell_back(const struct compose *c);
void compose_free(struct compose *c);

/* Appends the words of one letter about `facts`, as script/words.h has them. False: see fail. Strings in the facts must be fit for
 * a reader's eyes already: Lua puts them into sentences as they are. The letters' scripts are run anew for it, so that none
 * knows of another letter. */
bool compose_write(struct compose *c, json_t *facts, struct buf *row, struct fail *fail);
/* The same, read; to be json_decref'd. */
json_t *compose_letter(struct compose *c, json_t *facts, struct fail *fail);

/* What is wrong with each of the letters, as scripts/notice/wording.lua has it, to be json_decref'd; `letters` is all of the
 * ground that is looked at. NULL: one could not even be loaded; see fail. */
json_t *compose_faults(const struct compose_ground *ground, struct fail *fail);
/* What each of them says: { code, name, english, tone, direction (where it has them), texts = [[path, text], …], samples = [[function,
 * text], …] }, to be  * json_decref'd; as compose_faults. */
json_t *compose_texts(const struct compose_ground *ground, struct fail *fail);
