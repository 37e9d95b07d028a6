/*
 * notify_recipient: to whom the letter about a finding goes. The one place that decides it.
 */
#pragma once

#include "notice/finding.h"

struct notify_recipients {
    const char *all; /* --to: one mailbox for every letter; or NULL */
};

/* One mailbox, lent; NULL: nobody is known, and the operator fills in the To field. */
const char *notify_recipient(const struct notify_recipients *r, const struct finding *f);
