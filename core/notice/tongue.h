/*
 * tongue: is a text in the language that it says it is?
 *
 * What a machine can see of that: its letters are those of the language's script and alphabet, it is composed (NFC), has the quotation
 * marks and spaces of a printed text, and no words of English were left behind, nor all of it. data/languages.json has the alphabets; of a language
 * that is not in it the letters are not looked at.
 */
#pragma once

#include "base/bytes.h"

#include <jansson.h>

struct tongue;

/* By its code; NULL: it is not in the table, or the table can't be read. To be freed. */
struct tongue *tongue_new(const char *code);
void tongue_free(struct tongue *t);

/* Its names as the table has them: in itself, and in English. */
const char *tongue_name(const struct tongue *t);
const char *tongue_english(const struct tongue *t);
/* Other tags that mean it, "zh-hans zh-cn"; 200 bytes at most. */
void tongue_aliases(const struct tongue *t, char out[200]);

typedef void (*tongue_tell)(void *arg, const char *words);
/* What the same message is in English, or empty; and the words of all English messages, or NULL (tongue_learn). */
struct tongue_english {
    struct bytes text;
    const json_t *words;
};

/* Adds the words of an English message to an object. */
void tongue_learn(json_t *words, struct bytes text);

/* Tells what is wrong with a message. t may be NULL. {placeholders} are passed over. */
void tongue_look(const struct tongue *t, struct bytes text, const struct tongue_english *english,
                 tongue_tell tell, void *arg);
