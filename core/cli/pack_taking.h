/*
 * pack_taking: one pack on its way to be installed: whose it is, what stands against it, what a person is shown.
 */
#pragma once

#include "cli/pack_install.h"
#include "pack/signers.h"

struct pack_taking {
    const struct pack_install *how;
    const struct pack_sources *sources; /* which were asked; NULL: it is a file */
    const char *from;                   /* its file, or the place of its source; lent */
    struct pack *pack;                  /* owned, and so is the signature */
    struct buf signature;
    bool trusted; /* what follows is known of its signer */
    struct seal seal;
    char whose[TRUST_NAME];
    bool in_worker;
};

/* May it be taken on the word of who signed it? Fails: ESIGNATURE, EKEY, ETRUST, EREVOKED. */
bool pack_taking_judge(struct pack_taking *t, struct fail *fail);
/* May it take the place of the version that is there? Fails: EEXIST, EPINNED, ECHANGED, EOLDER. */
bool pack_taking_check_version(const struct pack_taking *t, struct pack_store *store,
                               struct fail *fail);
/* The same of other bytes than those that are there, by their version alone. Fails: EPINNED, ECHANGED, EOLDER. */
bool pack_taking_check_order(const struct pack_install *how, const struct lock_entry *e,
                             const struct version *version, struct fail *fail);
/* Loads the probes of those that are to be installed together, in a confined process, and holds their ids against each other
 * and against those of all packs that stay. */
bool pack_taking_check_probes(const struct pack_taking *const *all, size_t count,
                              struct fail *fail);
/* Shows it to the person, and asks. */
bool pack_taking_ask(const struct pack_taking *t, struct fail *fail);
/* Puts it into the store and its lock; pack_store_commit makes it so. */
bool pack_taking_put(const struct pack_taking *t, struct pack_store *store, struct fail *fail);
/* Says that it is there. */
void pack_taking_tell(const struct pack_taking *t);
void pack_taking_free(struct pack_taking *t);
