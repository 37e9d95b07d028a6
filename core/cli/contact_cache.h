/*
 * contact_cache: what registries have said of which range, for a day: so that of a thousand addresses in one network the
 * registry is asked once, and a run that was stopped goes on where it was. In $XDG_CACHE_HOME/ajar/contacts.jsonl, at most
 * CACHE_MOST ranges, the oldest forgotten first.
 */
#pragma once

#include "contact/choice.h"

enum { CACHE_MOST = 20000, CACHE_TAPED = 9 };

#define CACHE_AGE (24 * 3600 * SPAN_SECOND)

struct contact_cache;

struct contact_kept {
    struct contact_answer answer;
    instant asked;
    unsigned long taped[CACHE_TAPED]; /* exchanges on the tape of this run; in no file */
    size_t taped_count;
};

/* Empty, and never written to a file: for a run whose answers are to be its own. */
struct contact_cache *contact_cache_new(struct fail *fail);
/* With what its file holds; a file that is not there, or is none, is an empty one. `max_age` 0: CACHE_AGE. */
struct contact_cache *contact_cache_load(span max_age, instant now, struct fail *fail);
void contact_cache_free(struct contact_cache *c);
/* What this service has said of the smallest range that holds the address, and when. */
bool contact_cache_find(const struct contact_cache *c, enum contact_source source,
                        const char *service, const struct addr *about, struct contact_kept *out);
/* One without a range is not kept. */
void contact_cache_add(struct contact_cache *c, enum contact_source source, const char *service,
                       const struct contact_kept *kept);
/* Into its file, in one step, where something is new; where that would be too large, without the oldest. */
bool contact_cache_save(struct contact_cache *c, struct fail *fail);
