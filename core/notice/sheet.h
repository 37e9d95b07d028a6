/*
 * sheet: a letter as it is given to the printer (paper/paper.h says what stands in it).
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"
#include "notice/letter.h"

/* What a letter on paper has that a message has in its header. */
struct sheet_place {
    const char *to;            /* the recipient's mailbox; NULL: not known */
    const struct addr *target; /* or NULL: there are many */
    struct bytes case_id;
    instant when;
};

/* The server's name is that of the facts: a stranger's, and fit for a reader's eyes there. To be json_decref'd; NULL: no memory. */
json_t *sheet_of(const struct letter *letter, const struct sheet_place *place);
