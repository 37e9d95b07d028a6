/*
 * notify_since: which servers an earlier bundle found open, and what a later one says of them.
 *
 * A reminder is for those that were found open before and are so still; an all-clear for those that are closed now: by each probe by
 * which they were found open, while no probe finds them open or cannot tell.
 */
#pragma once

#include "evidence/bundle.h"

#include "base/addr.h"

struct since;

/* Reads the earlier bundle, which is verified first (with `key`, or NULL). NULL: see fail. */
struct since *since_load(const char *path, const struct public_key *key, struct fail *fail);
void since_free(struct since *s);

/* The earlier bundle's digest, as a letter tells it. */
const char *since_digest(const struct since *s);

/* Calls fn for the server of each case that letters were about then: of what was open, and with `suspects` of what was suspect too.
 * False ends it, with the fail set. */
typedef bool (*since_fn)(void *arg, const struct addr *target, struct fail *fail);
bool since_each(const struct since *s, bool suspects, since_fn fn, void *arg, struct fail *fail);

/* Takes note of what a case of the later bundle says. False: it can't be read. */
bool since_note(struct since *s, const struct bundle_case *c, struct fail *fail);

/* The case by which the server was found open before: by this probe, or else the first; NULL: it was not. */
const char *since_case(const struct since *s, const struct addr *target, struct bytes probe);

/* Once all cases are noted: is the server closed? */
bool since_is_closed(const struct since *s, const struct addr *target);
/* And is this the probe whose case the one letter about it is to be about? */
bool since_is_told_by(const struct since *s, const struct addr *target, struct bytes probe);
