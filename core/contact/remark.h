/*
 * remark: what people have written for people, in the remarks of a registry's answer.
 */
#pragma once

#include "contact/answer.h"

enum { REMARK_WORDS = 4096 /* of a text that are looked at */ };

/* Takes each word that is a mailbox whose local part begins with "abuse", without the brackets, quotes and stops around it.
 * Fuzzed with the answers that it stands in. */
void remark_take(struct contact_answer *a, struct bytes text);
/* Puts what the remarks name into the answer where it names nobody, or only the registry itself, which stands there in the place
 * of a holder of whom it knows no more (JPNIC's hostmaster@nic.ad.jp). */
void remark_choose(struct contact_answer *a, const struct contact_answer *remarks);
