/*
 * tongue_words: words of English that were left behind in a text of another language.
 */
#pragma once

#include "notice/tongue.h"

struct tongue_words {
    struct bytes text;
    struct bytes english; /* the same message, or empty */
    const json_t *names;  /* words that stand in Latin letters in any language; may be NULL */
    bool is_english;      /* the text is to be English */
    bool is_latin;        /* its language is written in Latin letters */
};

/* Tells of the first. In a language of another script each word in Latin letters is one, unless it is a name: `names` has it, or it
 * stands in the English message and is no plain word: it has a digit, a mark or a capital inside. */
void tongue_words_look(const struct tongue_words *w, tongue_tell tell, void *arg);
