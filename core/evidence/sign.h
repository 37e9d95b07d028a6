/*
 * sign: minisign's signatures (prehashed, "ED"), made and checked.
 */
#pragma once

#include "evidence/key.h"

/* Appends the four lines of a .minisig for `content`. trusted_comment: printable, no line end. */
bool sign_put(struct buf *out, const struct secret_key *key, struct bytes content,
              const char *trusted_comment, struct fail *fail);

struct signature {
    unsigned char key_id[8];
    unsigned char ed25519[64];
    unsigned char global[64];
    struct bytes trusted_comment; /* view of the parsed text */
};

/* Reads the four lines. Legacy ("Ed") signatures are refused. Fuzzed. */
bool signature_parse(struct bytes text, struct signature *out, struct fail *fail);
/* Checks key id, signature and trusted comment, each with a sentence of its own. */
bool signature_check(const struct signature *s, const struct public_key *key, struct bytes content,
                     struct fail *fail);
