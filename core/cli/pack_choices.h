/*
 * pack_choices: the versions that each pack may have: the one that is installed, and those of the sources.
 *
 * A pack's file is fetched, and whose it is judged, when the search for versions that go together (pack/resolve.h) comes
 * to it: what a version requires stands in it alone.
 */
#pragma once

#include "cli/pack_taking.h"
#include "pack/resolve.h"

enum { CHOICES_MOST = 512, CHOICES_WANTED = LOCK_PACKS };

/* A version of a pack. */
struct pack_choice {
    const struct lock_entry *installed; /* or NULL: then of this source */
    const struct pack_source *source;
    const struct index_pack *listed;
    struct pack_taking taking; /* once it was fetched; of an installed one: its pack alone */
    struct manifest
        *unreadable; /* of an installed one whose file is no more: a name and a version */
};

struct pack_wanted {
    const char *name;                  /* lent */
    const struct version_range *range; /* lent; NULL: any release */
};

struct pack_choices {
    const struct pack_install *how;
    struct pack_sources *sources;
    struct pack_store *store; /* as it is */
    struct pack_wanted wanted[CHOICES_WANTED];
    unsigned wanted_count;
    struct pack_choice all[CHOICES_MOST]; /* those of one pack stand together, best first */
    struct {
        char name[MANIFEST_NAME];
        unsigned first, count;
    } of[RESOLVE_PACKS];
    unsigned of_count;
};

/* What is lent outlives them. To be freed; NULL: no memory. */
struct pack_choices *pack_choices_new(const struct pack_install *how, struct pack_sources *sources,
                                      struct pack_store *store);
void pack_choices_free(struct pack_choices *c);
/* Of this pack the newest is best; of others what is installed. One that is pinned has no choice. */
void pack_choices_want(struct pack_choices *c, const char *name, const struct version_range *range);
/* A resolve_candidate: arg is the pack_choices. */
const struct manifest *pack_choices_candidate(void *arg, const char *name, unsigned i,
                                              struct fail *fail);
/* What a pick of the search has chosen. */
struct pack_choice *pack_choices_of(struct pack_choices *c, const struct resolve_pick *pick);
