/*
 * notify_case: one case of a bundle as a finding, for a letter.
 */
#pragma once

#include "cli/dialogue.h"
#include "evidence/bundle.h"
#include "notice/facts.h"

#include <jansson.h>

struct notify_case {
    struct finding finding; /* views into what follows; where the evidence is, the caller says */
    bool proven;            /* verdict open */
    bool suspect;           /* verdict suspect */
    bool closed;            /* verdict closed; none of these: there is nothing to write about */

    json_t *json; /* its case.json */

    /* private */
    struct decisive decisive;
    struct dialogue dialogue;
    struct finding_cause causes[FACTS_CAUSES];
    struct buf names;
    char reached[64]; /* WAYS_PORTS numbers and what stands between them */
    char missed[64];
};

/* Reads case.json and the tape of `c`, which is lent as long as the result is used. A case that is
 * not of those to be told of is read no further than that: for an all-clear what is closed, else what is proven or suspect. On
 * failure there is nothing to free. */
bool notify_case_read(struct notify_case *out, const struct bundle_case *c, bool all_clear,
                      struct fail *fail);
void notify_case_free(struct notify_case *n);
