/*
 * cosign: a further officer's signature over a sealed bundle (doc/evidence.md, section 4).
 *
 * It covers what the first one covers, the list of lists, and by its trusted comment also the first one itself.
 * Its own public key stands in the comment, so that it can be checked by whoever does not have that key; whose
 * key it is, that does not say.
 */
#pragma once

#include "base/time.h"
#include "evidence/bundle.h"
#include "evidence/sign.h"

#define COSIGN_KIND "ajar-cosign/1"

/* What is signed, as it stands in the bundle. */
struct cosigned {
    const char *bag;    /* its name, as it was sealed */
    struct bytes tags;  /* tagmanifest-sha256.txt */
    struct bytes first; /* tagmanifest-sha256.txt.minisig */
};

/* Appends the text of the signature's file. */
bool cosign_put(struct buf *out, const struct secret_key *key, const struct cosigned *what,
                instant now, struct fail *fail);

struct cosignature {
    struct public_key key;
    char at[TIME_TEXT]; /* when, by its signer's clock */
};

/* Reads such a file and checks it: by the key `trusted` that bears its number, or with NULL by its own. */
bool cosign_check(struct bytes text, const struct cosigned *what, const struct public_key *trusted,
                  struct cosignature *out, struct fail *fail);

/* Adds one to a sealed bundle, which must verify; the report says how. All or nothing: see append.h. */
bool cosign_bundle(const char *path, const struct bundle_trust *trust, const struct secret_key *key,
                   instant now, struct bundle_report *report, struct fail *fail);
