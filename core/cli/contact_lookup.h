/*
 * contact_lookup: one address, and whom to write to about it: the sources one after the other, until one knows somebody for
 * abuse or security.
 */
#pragma once

#include "cli/contact_desk.h"

struct contact_result {
    struct addr about;
    char name[ANSWER_HOST]; /* confirmed; or empty: it has none, or nobody asked for it */
    struct contact_finding findings[SOURCES];
    struct contact_choice choice;
};

struct contact_order {
    bool sources[SOURCES]; /* those that may be asked */
    bool all;              /* ask them all, whoever knows somebody already */
    const char *language;  /* the operator's choice; NULL */
};

void contact_look_up(struct contact_desk *d, const struct contact_order *order,
                     const struct addr *about, struct contact_result *out);
/* There is nobody to write to, and a source that may have known somebody gave no answer. */
bool contact_is_uncertain(const struct contact_result *r);
