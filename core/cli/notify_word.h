/*
 * notify_word: a finding as a letter: facts go to the process that words, words come back and are laid out.
 */
#pragma once

#include "evidence/verify.h"
#include "notice/finding.h"
#include "notice/letter.h"
#include "run/composing.h"

/* Where the evidence is, as a letter tells it. */
struct notify_where {
    const char *name; /* of the bundle's file */
    char key_id[KEY_ID_TEXT];
    char public_key[PUBLIC_KEY_TEXT];
    char digest[SHA256_HEX]; /* of the bundle, the file as it was given */
};

/* Of a bundle that was verified; the path is lent. */
bool notify_where_take(struct notify_where *out, const char *path,
                       const struct bundle_report *report, struct fail *fail);
/* The profile that is built in, an example. */
bool notify_example_profile(struct composing_order *order, struct fail *fail);
/* Tells the finding where its evidence is. */
void notify_where_tell(const struct notify_where *where, struct finding *f);
/* The facts of the finding, which is told where its evidence is; to be json_decref'd. */
json_t *notify_facts(const struct notify_where *where, struct finding *f, struct fail *fail);
/* The letter about it. */
bool notify_word(struct composing *composing, const struct notify_where *where, struct finding *f,
                 struct letter *out, struct fail *fail);
