/*
 * contact_cache: what registries have said of which range, for a day: so that of a thousand addresses in one network the
 * registry is asked once. In $XDG_CACHE_HOME/ajar/contacts.jsonl, at most CACHE_MOST ranges, the oldest forgotten first.
 */
#pragma once

#include "contact/choice.h"

enum { CACHE_MOST = 2000 };

#define CACHE_AGE (24 * 3600 * SPAN_SECOND)

struct contact_cache;

/* With what its file holds; a file that is not there, or is none, is an empty one. `max_age` 0: CACHE_AGE. */
struct contact_cache *contact_cache_load(span max_age, instant now, struct fail *fail);
void contact_cache_free(struct contact_cache *c);
/* What this service has said of the smallest range that holds the address, and when. */
bool contact_cache_find(const struct contact_cache *c, enum contact_source source,
                        const char *service, const struct addr *about, struct contact_answer *out,
                        instant *asked);
/* One without a range is not kept. */
void contact_cache_add(struct contact_cache *c, enum contact_source source, const char *service,
                       instant asked, const struct contact_answer *answer);
/* Into its file, in one step, where something is new. */
bool contact_cache_save(struct contact_cache *c, struct fail *fail);
