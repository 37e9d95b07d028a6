/*
 * lock: which packs are installed, as the file packs.json beside them says it.
 *
 * Each is named by its digest: the files themselves never change, and what is active is what stands here.
 */
#pragma once

#include "base/buf.h"
#include "base/hash.h"
#include "base/time.h"
#include "evidence/key.h"
#include "pack/index.h"
#include "pack/manifest.h"

enum { LOCK_SOURCES = 16 };
enum { LOCK_PACKS = 64, LOCK_BEFORE = 8, LOCK_LIMIT = 256 * 1024, LOCK_FROM = 256 };

struct lock_version {
    struct version version;
    char sha256[SHA256_HEX];
    char signer
        [PUBLIC_KEY_TEXT]; /* a public key's base64 line; "": installed without a signature that is trusted */
};

struct lock_entry {
    char name[MANIFEST_NAME];
    struct lock_version now;
    struct lock_version before[LOCK_BEFORE]; /* the latest first: where a rollback goes */
    unsigned before_count;
    char from[LOCK_FROM]; /* where it came from: a path or an address */
    instant installed;
    bool pinned; /* stays as it is */
};

/* The last list of a source that was seen (index.h): none before it is taken again. */
struct lock_seen {
    char name[INDEX_NAME];
    unsigned long serial;
    char sha256[SHA256_HEX];
};

struct lock {
    struct lock_entry entries[LOCK_PACKS]; /* sorted by name */
    unsigned count;
    struct lock_seen seen[LOCK_SOURCES];
    unsigned seen_count;
};

/* Reads the text of a packs.json. Fuzzed. */
bool lock_parse(struct bytes text, struct lock *out, struct fail *fail);
/* Appends it. */
bool lock_put(struct buf *out, const struct lock *lock);
/* By its name; NULL: it is not installed. */
struct lock_entry *lock_find(struct lock *lock, const char *name);
/* Are all the packs installed that this one requires? Fails: EMISSING. */
bool lock_meets(struct lock *lock, const struct manifest *m, struct fail *fail);
/* Makes this version of the pack the one that is used; the one before it is kept for a rollback. False (ELIMIT): there are
 * too many. */
bool lock_set(struct lock *lock, const char *name, const struct lock_version *version,
              const char *from, instant now, struct fail *fail);
/* Takes it out. */
void lock_remove(struct lock *lock, struct lock_entry *entry);
/* Back to the version before; false: there is none. */
bool lock_rollback(struct lock_entry *entry);
/* Is this list of the source not older than what was seen, nor another of the same number? Fails with EROLLBACK. */
bool lock_may_see(const struct lock *lock, const struct lock_seen *list, struct fail *fail);
/* It was seen. False (ELIMIT): there are too many sources. */
bool lock_see(struct lock *lock, const struct lock_seen *list, struct fail *fail);
/* What was seen of this source counts no more. False: nothing was. */
bool lock_forget(struct lock *lock, const char *name);
