/*
 * index: the signed list of the packs that somebody offers, in a folder or below a URL: index.json, and minisig's file
 * beside it (doc/packs.md, section 5).
 *
 * It says which files are the current ones, never that they are good: each pack is signed for itself. What it protects
 * against is who stands between: an old list shown again (`serial`), no new list any more (`expires`), files of one list under the
 * names of another (their digests).
 */
#pragma once

#include "base/time.h"
#include "evidence/sign.h"
#include "pack/pack.h"

#define INDEX_FILE "index.json"
#define INDEX_KIND "ajar-index/1"

enum { INDEX_FORMAT = 1, INDEX_LIMIT = 1024 * 1024, INDEX_PACKS = 1000, INDEX_REVOKED = 64 };
enum { INDEX_FILE_NAME = 128, INDEX_REASON = 200, INDEX_NAME = 33 };

struct index_pack {
    char name[MANIFEST_NAME];
    struct version version;
    char sha256[SHA256_HEX];
    char file[INDEX_FILE_NAME]; /* beside the index: "envelopes-1.0.0.tar" */
    char yanked[INDEX_REASON];  /* why it is not to be installed any more; "": it may be */
};

struct index_revoked {
    struct public_key key;
    char reason[INDEX_REASON];
};

struct pack_index {
    char name[INDEX_NAME]; /* of the list: a-z, 0-9 and "-" */
    unsigned long serial;  /* one more with each that is made */
    instant expires;
    struct index_pack *packs; /* sorted by name, then version */
    size_t count;
    struct index_revoked revoked[INDEX_REVOKED];
    size_t revoked_count;
};

/* Reads the text of an index.json. Fuzzed. */
bool index_parse(struct bytes text, struct pack_index *out, struct fail *fail);
/* Appends it. */
bool index_put(struct buf *out, const struct pack_index *index);
void index_free(struct pack_index *index);
/* Appends the text of its signature. */
bool index_sign(struct buf *out, const struct pack_index *index, struct bytes text,
                const struct secret_key *key, instant now, struct fail *fail);
/* Checks the signature of the text by this key, and that it was made as this list's. */
bool index_check_signature(const struct pack_index *index, struct bytes text,
                           struct bytes signature, const struct public_key *key, struct fail *fail);
/* The same, and that the list has not expired. */
bool index_check(const struct pack_index *index, struct bytes text, struct bytes signature,
                 const struct public_key *key, instant now, struct fail *fail);
/* Puts one in its place. False (ELIMIT): there are too many. EEXIST: the version is there with another digest. */
bool index_add(struct pack_index *index, const struct index_pack *pack, struct fail *fail);
/* The latest version of the pack that is within the range (NULL: a release, the latest) and not yanked; NULL: none. */
const struct index_pack *index_best(const struct pack_index *index, const char *name,
                                    const struct version_range *range);
/* Why the key is not to be believed any more, or NULL. */
const char *index_revoked(const struct pack_index *index, const struct public_key *key);
