/*
 * tongue_words: words of English that were left behind in a text of another language, or all of it.
 */
#pragma once

#include "notice/tongue.h"

struct tongue_words {
    struct bytes text;
    const struct tongue_english *english;
    const json_t *names; /* words that stand in Latin letters in any language; may be NULL */
    bool is_english;     /* the text is to be English */
    bool is_latin;       /* its language is written in Latin letters */
};

/* Tells of the first: or that the text is English as a whole, when most of its words are words of the English messages. In a language of another script each word in Latin letters is one, unless it is a name: `names` has it, or it
 * stands in the English message and is no plain word: it has a digit, a mark or a capital inside. */
void tongue_words_look(const struct tongue_words *w, tongue_tell tell, void *arg);
