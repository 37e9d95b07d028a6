/*
 * contact_lookup: one address, and whom to write to about it: the sources one after the other, until one knows somebody for
 * abuse or security. Lookups of several addresses go on beside each other.
 */
#pragma once

#include "cli/contact_desk.h"

struct contact_result {
    struct addr about;
    char name[ANSWER_HOST]; /* confirmed; or empty: it has none, or nobody asked for it */
    struct contact_finding findings[SOURCES];
    struct contact_choice choice;
    bool stopped; /* before its end: it says nothing */
};

struct contact_order {
    bool sources[SOURCES]; /* those that may be asked */
    bool all;              /* ask them all, whoever knows somebody already */
    const char *language;  /* the operator's choice; NULL */
};

/* The result is lent for the call. */
typedef void (*contact_on_result)(void *arg, const struct contact_result *r);
/* Calls fn once, maybe from inside the call. `d` and `order` are lent until then. False: no memory. */
bool contact_look_up(struct contact_desk *d, const struct contact_order *order,
                     const struct addr *about, contact_on_result fn, void *arg);
/* There is nobody to write to, and a source that may have known somebody gave no answer. */
bool contact_is_uncertain(const struct contact_result *r);
