/*
 * resolve: which version of each pack, so that all that are used meet what the others require of them.
 *
 * It begins with the packs that are given, in their order, and adds those that they require. The versions of one that may be
 * tried come best first, so the first solution is the best for the first packs. It tries, goes back, and gives up
 * after RESOLVE_TRIES.
 */
#pragma once

#include "pack/manifest.h"

enum { RESOLVE_PACKS = 128, RESOLVE_TRIES = 2000 };

/* What a version of a pack says of itself; the i-th best, from 0 on, lent as long as the answer is used. NULL: there are
 * no more; where there is none at all, the fail says why. A code other than ENOENT ends the search. */
typedef const struct manifest *(*resolve_candidate)(void *arg, const char *name, unsigned i,
                                                    struct fail *fail);

struct resolve_pick {
    char name[MANIFEST_NAME];
    const struct manifest *manifest; /* of the candidate that was chosen */
    unsigned candidate;              /* which it was */
};

struct resolve {
    resolve_candidate candidate;
    void *arg;
    struct resolve_pick picks[RESOLVE_PACKS];
    unsigned count;
    unsigned tries;
    struct fail
        first; /* the first thing that stood against a version: why, if there is no answer */
};

/* One more pack that is to be there. False: there are too many. */
bool resolve_add(struct resolve *r, const char *name);
/* Fills the manifests of `picks`, and adds what is required. Fails with what first stood in the way (ECONFLICT, ENOENT, or
 * the candidate's own code), or ELIMIT. */
bool resolve_run(struct resolve *r, struct fail *fail);
/* A pick by its name, or NULL. */
const struct resolve_pick *resolve_find(const struct resolve *r, const char *name);
/* The picks in such an order that each comes behind all that it requires: their indices into `out`. False (ECYCLE): some
 * require each other. */
bool resolve_order(const struct resolve *r, unsigned out[RESOLVE_PACKS], struct fail *fail);
