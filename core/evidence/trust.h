/*
 * trust: the keys that a reader trusts, each from a day until a day.
 *
 * The days come from the reader's own file, never from a bundle: who holds an expired or a stolen key can
 * sign any date, and says nothing of when he was trusted.
 */
#pragma once

#include "base/time.h"
#include "evidence/key.h"

enum { TRUST_KEYS = 64, TRUST_NAME = 96, TRUST_FILE_LIMIT = 64 * 1024 };

struct trusted_key {
    struct public_key key;
    char name[TRUST_NAME]; /* whose it is, or "" */
    instant from;          /* INT64_MIN: ever since */
    instant until;         /* the end of its last day; INT64_MAX: for ever */
};

struct trust {
    struct trusted_key keys[TRUST_KEYS];
    unsigned count;
};

/* A key that is trusted at any time: its file, or its base64 line. No two have one number, and none stands under two. */
bool trust_add(struct trust *t, const char *path_or_line, struct fail *fail);
/* The text of a file of keys: lines "KEY FROM UNTIL NAME", where KEY is the base64 line of a public key, FROM
 * and UNTIL days ("2026-12-31", UTC, both included) or "-", and NAME whatever else stands there, if anything.
 * Empty lines and those with "#" in front count for nothing. The fail names the line. Fuzzed. */
bool trust_parse(struct trust *t, struct bytes text, struct fail *fail);
/* By its number, or NULL. */
const struct trusted_key *trust_find(const struct trust *t, const unsigned char key_id[8]);
/* Whether the key was trusted when it signed; the fail says from or until when it was. `signed_at` is when, as
 * the signer says; `shown_at` when the signature was there for certain: a time-stamp's, or the same. */
bool trust_holds(const struct trusted_key *key, instant signed_at, instant shown_at,
                 struct fail *fail);
