#include "evidence/cosign.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

enum { COMMENT = 512 };

static void first_digest(const struct cosigned *what, char hex[SHA256_HEX])
{
    unsigned char digest[SHA256_SIZE];
    sha256_of(what->first, digest);
    hash_hex(digest, sizeof digest, hex);
}

bool cosign_put(struct buf *out, const struct secret_key *key, const struct cosigned *what,
                instant now, struct fail *fail)
{
    char comment[COMMENT];
    char first[SHA256_HEX];
    char line[PUBLIC_KEY_TEXT];
    char at[TIME_TEXT];
    struct public_key public = secret_key_public(key);
    first_digest(what, first);
    snprintf(comment, sizeof comment, COSIGN_KIND "\tbag:%s\tsignature:%s\tkey:%s\tutc:%s",
             what->bag, first, public_key_text(&public, line), time_text(now, at));
    return sign_put(out, key, what->tags, comment, fail);
}

/* The key in the comment must be the very one that is trusted, not another of its number. */
static bool choose_key(const struct signature *s, struct bytes own,
                       const struct public_key *trusted, struct public_key *out, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    if (!public_key_parse(own, out, fail))
        return false;
    if (memcmp(out->id, s->key_id, sizeof out->id) != 0)
        return fail_set(fail, "EKEY", "the key in the trusted comment has another number");
    return !trusted || memcmp(trusted->ed25519, out->ed25519, sizeof out->ed25519) == 0 ||
           fail_set(fail, "EKEY", "signed by another key under the number of the trusted key %s",
                    key_id_text(trusted, id));
}

static bool check_fields(struct bytes comment, const struct cosigned *what, struct bytes *key,
                         struct cosignature *out, struct fail *fail)
{
    char first[SHA256_HEX];
    struct bytes kind;
    struct bytes bag;
    struct bytes signature;
    struct bytes utc;
    instant when;
    if (!signature_field(&comment, "", &kind) || !bytes_equal_text(kind, COSIGN_KIND))
        return fail_set(fail, "EFORMAT",
                        "the trusted comment does not say \"" COSIGN_KIND "\": not a co-signature");
    if (!signature_field(&comment, "bag:", &bag) ||
        !signature_field(&comment, "signature:", &signature) ||
        !signature_field(&comment, "key:", key) || !signature_field(&comment, "utc:", &utc) ||
        comment.n > 0 || !time_parse(utc, &when))
        return fail_set(fail, "EFORMAT", "the trusted comment is not bag, signature, key and utc");
    time_text(when, out->at);
    first_digest(what, first);
    if (!bytes_equal_text(bag, what->bag) || !bytes_equal_text(signature, first))
        return fail_set(fail, "ECHANGED",
                        "it was made for another bundle, or for another first "
                        "signature of this one");
    return true;
}

bool cosign_check(struct bytes text, const struct cosigned *what, const struct public_key *trusted,
                  struct cosignature *out, struct fail *fail)
{
    struct signature s;
    struct bytes key;
    return signature_parse(text, &s, fail) &&
           check_fields(s.trusted_comment, what, &key, out, fail) &&
           choose_key(&s, key, trusted, &out->key, fail) &&
           signature_check(&s, &out->key, what->tags, fail) && signature_check_untrusted(&s, fail);
}
