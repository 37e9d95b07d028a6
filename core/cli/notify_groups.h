/*
 * notify_groups: which of a bundle's cases go into one letter: those of one recipient; where nobody is known, those of one address.
 *
 * Kept of a case are its recipient's digest and its place in the bundle, not in memory but sorted in a nameless file (sorted.h): memory
 * does not grow with the findings.
 */
#pragma once

#include "cli/notify_recipient.h"

#include "base/fail.h"

enum { NOTIFY_KEY = 16, NOTIFY_TICKET = 2 + NOTIFY_KEY + 1 };

/* A digest of whom a letter about an address goes to. */
struct notify_key {
    unsigned char digest[NOTIFY_KEY];
};
struct notify_key notify_key_of(const struct notify_recipients *r, const struct addr *target);
/* The name of a letter to him about the findings of the bundle with this digest: "g-" and 16 hexadecimal digits. `part` counts
 * from 0, where there are too many for one letter. */
void notify_ticket(const struct notify_key *key, const char *bundle_digest, unsigned part,
                   char out[NOTIFY_TICKET]);

struct notify_groups;

/* A letter's cases: places in ascending order. */
struct notify_group_cases {
    struct notify_key key;
    unsigned part;
    const uint64_t *places;
    size_t count;
};

/* NULL: see fail. */
struct notify_groups *notify_groups_new(struct fail *fail);
void notify_groups_free(struct notify_groups *g);
bool notify_groups_add(struct notify_groups *g, const struct notify_key *key, uint64_t place,
                       struct fail *fail);
/* Once all are added, and before what follows; a letter is about `most` cases at most. */
bool notify_groups_close(struct notify_groups *g, size_t most, struct fail *fail);
/* The next letter, in the order of their first cases, lent until the next call; one of no cases: that before was the last. */
bool notify_groups_next(struct notify_groups *g, struct notify_group_cases *out, struct fail *fail);
/* Has this recipient more than one case? */
bool notify_groups_has_several(const struct notify_groups *g, const struct notify_key *key,
                               bool *several, struct fail *fail);
