/*
 * notify_selection: which cases of a bundle letters are about.
 */
#pragma once

#include "cli/case_claims.h"
#include "cli/notify_case.h"
#include "cli/notify_recipient.h"
#include "cli/notify_since.h"

struct notify_selection {
    /* Filled in by the command; lent. */
    const char *bundle;
    const struct notify_recipients *recipients;
    struct since *since; /* NULL: no earlier bundle was given */
    bool include_suspect;
    bool all_clear; /* letters are about what is closed */
    bool chosen;    /* whoever hands cases over has chosen them: no earlier bundle is asked */
    struct case_asker asker;

    unsigned long unproven;  /* to be told of, and not borne out */
    unsigned long opted_out; /* to be told of, and nobody is to be written to */
    unsigned long left_out;
};

/* Reads the case, and says whether it is to be told of; where it is not, there is nothing to free, and it is counted. What its own
 * files don't bear out is told on stderr. */
bool notify_selection_read(struct notify_selection *s, const struct bundle_case *c,
                           struct notify_case *out, bool *told, struct fail *fail);
/* At a glance at case.json: false where it can't be one of those to be told of. */
bool notify_selection_may_be(const struct notify_selection *s, struct bytes case_json);
/* "open": what those are not that are left out. */
const char *notify_selection_words(const struct notify_selection *s);
