/*
 * sign: minisign's signatures (prehashed, "ED"), made and checked.
 */
#pragma once

#include "evidence/key.h"

/* The untrusted comment of our signatures, before the key's id. */
#define SIGN_COMMENT "signature by ajar with key "

/* Appends the four lines of a .minisig for `content`. trusted_comment: printable (base/text.h) but for TABs. */
bool sign_put(struct buf *out, const struct secret_key *key, struct bytes content,
              const char *trusted_comment, struct fail *fail);

struct signature {
    unsigned char key_id[8];
    unsigned char ed25519[64];
    unsigned char global[64];
    struct bytes untrusted_comment; /* views of the parsed text, without the prefixes */
    struct bytes trusted_comment;
};

/* Reads the four lines, each ended by LF and nothing behind. Legacy ("Ed") signatures are refused, and a trusted
 * comment that is not printable but for TABs. Fuzzed. */
bool signature_parse(struct bytes text, struct signature *out, struct fail *fail);
/* Checks key id, signature and trusted comment, each with a sentence of its own. */
bool signature_check(const struct signature *s, const struct public_key *key, struct bytes content,
                     struct fail *fail);
/* No signature covers the untrusted comment; so that no byte of a bundle can be changed unseen, it must be
 * the one that ajar, or minisign itself, writes. */
bool signature_check_untrusted(const struct signature *s, struct fail *fail);

/* A trusted comment of ours is a row of fields with a TAB between them: takes the first one off *rest. True when
 * it begins with `name`; *out is then what follows that. */
bool signature_field(struct bytes *rest, const char *name, struct bytes *out);
