/*
 * follow_letters: the letters of `ajar campaign notify`, each written once.
 *
 * A letter is noted as planned before it is written, and as written when it is there for good. Who is cut off in between finds it
 * planned, and writes the very same letter (by its Message-ID) to the same place, where it is left as it is if it is there.
 */
#pragma once

#include "cli/follow.h"
#include "cli/notify_desk.h"

#include "evidence/digests.h"

struct follow_letters {
    /* Filled in by the command; lent. */
    struct follow *follow;
    const char *folder; /* of this machine's evidence */
    const struct notify_desk
        *desk; /* what holds for all letters: where they go, who signs, to whom */
    struct composing_order order; /* the wording; the tone is each letter's */

    /* When it has ended. */
    unsigned long written; /* by this run, or before it was cut off */
    unsigned long nobody;  /* no recipient is known */
    unsigned long not_sealed;
    unsigned long elsewhere; /* the evidence is not in the folder */
    unsigned long unwritten; /* they could not be: it was said why */

    /* private */
    struct composing *composing[RULING_LETTERS];
};

/* As follow's `write`; `arg` is a follow_letters. */
bool follow_letters_write(void *arg, struct follow_target **targets, size_t count,
                          struct fail *fail);
void follow_letters_end(struct follow_letters *l);
