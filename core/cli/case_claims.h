/*
 * case_claims: do the cases of a bundle say what lies beside them? For whoever shows or passes on what they say.
 *
 * That is another thing than whether they are as they were sealed: whoever has the key can seal any case. What is asked is all
 * that shows without running a script (run/case_proof.h).
 */
#pragma once

#include "evidence/bundle.h"
#include "run/case_files.h"
#include "tape/object.h"

struct case_claims {
    unsigned long asked;   /* cases */
    unsigned long unasked; /* of which it can't be asked */
    char unasked_id[NAME_LIMIT];
    struct fail unasked_why;    /* of the first of them */
    bool hides;                 /* parts of one that was asked are hidden */
    unsigned long modest;       /* of those that were asked: that may prove more than they say */
    char modest_id[NAME_LIMIT]; /* the first of them */
    bool hold;
    bool packs_lie;      /* the packs are not what data/run.json says: no case was asked */
    char id[NAME_LIMIT]; /* the case that does not, */
    struct fail why;     /* and what differs; with the bundle's path */
};

/* What of the bundle its cases are held against. */
struct case_asker {
    json_t *run;
    unsigned interface; /* of its scripts */
    instant sealed;     /* when it was, for who knows that; else 0 */
    bool packs_hold;    /* what the run says of its packs (run/pack_claims.h) */
    bool holds;      /* so does this, there is a run, and its interface may be the scripts'; else */
    struct fail why; /* why not, which is said of each case */
    struct digests
        *tests; /* of the cases so far, for who goes through all of them once; else NULL */
};
/* `verified` (or NULL) says of the bundle whose its scripts are; else it is read once more for that. */
void case_asker_begin(struct case_asker *asker, const char *bundle,
                      const struct bundle_report *verified);
void case_asker_end(struct case_asker *asker);
struct case_files case_asker_files(const struct case_asker *asker, const struct bundle_case *c);
/* Does this one? `asker` is a case_asker. Of what it can't be asked it does not say otherwise: only where it does, *why is
 * what differs. */
bool case_claims_one(const void *asker, const struct bundle_case *c, struct fail *why);
/* Looks at the packs, and goes through the first `most` cases (ULONG_MAX: all) of a bundle or extract that has verified, up to
 * one that differs. */
void case_claims_look(const char *path, const struct bundle_report *report, unsigned long most,
                      struct case_claims *out);
/* Lines on stdout: how far it goes, of so many cases; nothing where one differs. */
void case_claims_print(const struct case_claims *c, unsigned long cases);
