/*
 * pack_source: where packs come from: folders or URLs with an index in them (pack/index.h), each by the key that signs
 * that.
 *
 * They stand in ~/.config/ajar/packs.sources, one a line: NAME PLACE KEY.
 */
#pragma once

#include "pack/index.h"
#include "pack/pack_store.h"

enum { SOURCES_MOST = LOCK_SOURCES, SOURCE_PLACE = 1024 };

struct pack_source {
    char name[INDEX_NAME];
    char place[SOURCE_PLACE];
    struct public_key key;
    /* Once they were asked: */
    struct pack_index index;
    struct lock_seen seen;
};

struct pack_sources {
    struct pack_source list[SOURCES_MOST];
    size_t count;
};

/* Reads the file; to be freed by pack_sources_free; NULL with a fail. */
struct pack_sources *pack_sources_load(struct fail *fail);
void pack_sources_free(struct pack_sources *s);
/* Reads the text of it. Fuzzed. */
bool pack_sources_parse(struct pack_sources *s, struct bytes text, struct fail *fail);
/* Puts it in its place, if it can be read again. Fails: EUSAGE. */
bool pack_sources_save(const struct pack_sources *s, struct fail *fail);
/* Those of the file with the index of each as it is now, fetched and checked: signature, expiry, and that it is not older
 * than the last that was seen, which this one is from then on. Freed as above; NULL with a fail. */
struct pack_sources *pack_sources_now(struct fail *fail);
/* The best version of the pack that they have; *from is whose. NULL: none has it, or (EAMBIGUOUS) two do. */
const struct index_pack *pack_sources_best(struct pack_sources *s, const char *name,
                                           const struct version_range *range,
                                           const struct pack_source **from, struct fail *fail);
/* Why one of them, *by, says that this key is not to be believed any more, or NULL. */
const char *pack_sources_revoked(const struct pack_sources *s, const struct public_key *key,
                                 const struct pack_source **by);
/* The same of the key that made this signature of the pack, which need not be one that is trusted. */
const char *pack_sources_revoked_seal(const struct pack_sources *s, const struct pack *p,
                                      struct bytes signature, const struct pack_source **by);
/* Fetches it, with its signature: it is what the index says, byte for byte. */
struct pack *pack_source_fetch(const struct pack_source *s, const struct index_pack *what,
                               struct buf *signature, struct fail *fail);
