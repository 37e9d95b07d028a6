/*
 * notify_recipient: to whom the letter about a server goes. The one place that decides it.
 */
#pragma once

#include "cli/contacts_file.h"

struct notify_recipients {
    const char *all;                      /* --to: one mailbox for every letter; or NULL */
    const struct contacts_file *contacts; /* --contacts; or NULL */
};

/* A mailbox, or those of equal rank that a contact names, with ", " between them; lent. NULL: nobody is known, and the operator fills in the To field. */
const char *notify_recipient(const struct notify_recipients *r, const struct addr *target);
/* Nobody is to be written to about it, whatever --to says. */
bool notify_recipient_opted_out(const struct notify_recipients *r, const struct addr *target);
/* The languages that he reads, "nb, en", the preferred one first; empty: nobody knows. */
struct bytes notify_recipient_languages(const struct notify_recipients *r,
                                        const struct addr *target);
