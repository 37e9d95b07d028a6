/*
 * seal: a pack's signature: minisign's, detached, over the bytes of its file.
 *
 * Its trusted comment names pack, version and digest, so that nobody can hand out a signature of one for another:
 *     ajar-pack/1 TAB name:acme/envelopes TAB version:1.0.0 TAB sha256:HEX TAB utc:TIME
 */
#pragma once

#include "base/time.h"
#include "evidence/sign.h"
#include "pack/pack.h"

#define SEAL_KIND   "ajar-pack/1"
#define SEAL_SUFFIX ".minisig"

enum { SEAL_LIMIT = 16 * 1024 };

/* Appends the text of the signature's file. */
bool seal_put(struct buf *out, const struct secret_key *key, const struct pack *p, instant now,
              struct fail *fail);

struct seal {
    struct public_key key; /* who signed */
    instant at;            /* when, as the signer says */
};

/* The number of the key that a signature names, not yet checked. */
bool seal_key_id(struct bytes text, unsigned char out[8], struct fail *fail);
/* Checks the signature's text against the pack by this key, and that it was made as a pack's. Fails: EFORMAT, EKEY,
 * ESIGNATURE. Fuzzed. */
bool seal_check(struct bytes text, const struct pack *p, const struct public_key *key,
                struct seal *out, struct fail *fail);
