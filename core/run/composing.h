/*
 * composing: letters are worded in confined processes (run/child.h), as their scripts and the profile may be a stranger's.
 *
 * The profile has a process of its own, which ends when it has said what it says: no letter can change who writes. The process
 * that words the letters gets that, and facts; it has no key, no file, no socket. What it gives is no more than a JSON text
 * of at most COMPOSING_ANSWER bytes, of which nothing is believed (notice/letter.h).
 */
#pragma once

#include "script/compose.h"
#include "script/words.h"

enum { COMPOSING_ANSWER = 1024 * 1024 };

/* Lent as long as it is composed. */
struct composing_order {
    struct bytes profile; /* its text */
    const char *profile_name;
    const struct wording *letters;
    size_t letter_count;
    const char *language; /* as in script/compose.h */
    const char *tone;
};

struct composing;

/* Fails as compose_profile and compose_new do; and ETIMEDOUT, EWORKER: a process took too long, or died. */
struct composing *composing_new(const struct composing_order *order, struct fail *fail);
void composing_free(struct composing *c);

/* What the profile says; owned by it. */
json_t *composing_profile(const struct composing *c);
/* As compose_fell_back. */
const char *composing_fell_back(const struct composing *c);
/* Asks for the words of these letters: their facts are lent until all have come. */
void composing_ask(struct composing *c, json_t *const *facts, size_t count);
/* The next one's, to be json_decref'd; blocks may be those of other letters too, and are not to be changed. NULL: there are none for
 * this one; when its process died of it a new one words those that follow. */
json_t *composing_next(struct composing *c, struct fail *fail);
/* The words of one letter alone. */
json_t *composing_words(struct composing *c, json_t *facts, struct fail *fail);

/* As compose_faults; fails as compose_new. */
json_t *composing_faults(const struct wording *letters, size_t n, struct fail *fail);

/* As compose_texts; fails as compose_new. */
json_t *composing_texts(const struct wording *letters, size_t n, struct fail *fail);

/* What an answer gives, to be json_decref'd; NULL: its fail, or that it is broken. Fuzzed. */
json_t *composing_read(struct bytes answer, struct fail *fail);
/* The same of a letter's words; `kept` as in script/words.h. Fuzzed. */
json_t *composing_read_words(struct bytes answer, struct words_kept *kept, struct fail *fail);
