#include "evidence/sign.h"

#include "base/text.h"
#include "evidence/minisign.h"
#include "evidence/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { SIGNATURE_SIZE = 74, DIGEST = 64, GLOBAL_INPUT = 64 + MINISIGN_TRUSTED_LIMIT };

/* It is shown to people: nothing that a terminal would obey, no DEL, no C1, no text that runs backwards. */
static bool is_comment(struct bytes text)
{
    for (struct bytes rest = text; rest.n > 0;) {
        size_t n = rest.p[0] == '\t' ? 1 : text_printable_length(rest);
        if (n == 0)
            return false;
        rest = bytes_slice(rest, n, rest.n);
    }
    return text.n < MINISIGN_TRUSTED_LIMIT - strlen(MINISIGN_TRUSTED);
}

/* What the second signature covers: the first one, then the trusted comment. */
static size_t global_input(const unsigned char ed25519[64], struct bytes comment,
                           unsigned char out[GLOBAL_INPUT])
{
    memcpy(out, ed25519, 64);
    if (comment.n > 0)
        memcpy(out + 64, comment.p, comment.n);
    return 64 + comment.n;
}

static void digest(struct bytes content, unsigned char out[DIGEST])
{
    crypto_generichash(out, DIGEST, content.p, content.n, NULL, 0);
}

static bool put_text(struct buf *out, const struct secret_key *key, const unsigned char ed25519[64],
                     const unsigned char global[64], const char *trusted_comment)
{
    unsigned char raw[SIGNATURE_SIZE];
    char id[KEY_ID_TEXT];
    memcpy(raw, "ED", 2);
    memcpy(raw + 2, key->id, sizeof key->id);
    memcpy(raw + 10, ed25519, 64);
    buf_printf(out, MINISIGN_UNTRUSTED SIGN_COMMENT "%s\n", key_number_text(key->id, id));
    minisign_put(out, raw, sizeof raw);
    buf_printf(out, MINISIGN_TRUSTED "%s\n", trusted_comment);
    return minisign_put(out, global, 64) && !out->overflow;
}

bool sign_put(struct buf *out, const struct secret_key *key, struct bytes content,
              const char *trusted_comment, struct fail *fail)
{
    unsigned char hash[DIGEST];
    unsigned char ed25519[64];
    unsigned char global[64];
    unsigned char input[GLOBAL_INPUT];
    struct bytes comment = bytes_of(trusted_comment);
    if (!is_comment(comment))
        return fail_set(fail, "EINVAL", "a trusted comment must be one line of text");
    digest(content, hash);
    crypto_sign_detached(ed25519, NULL, hash, sizeof hash, key->ed25519);
    size_t n = global_input(ed25519, comment, input);
    crypto_sign_detached(global, NULL, input, n, key->ed25519);
    return put_text(out, key, ed25519, global, trusted_comment) ||
           fail_set(fail, "ENOMEM", "no memory for a signature");
}

static bool parse_first(struct bytes line, struct signature *out, struct fail *fail)
{
    unsigned char raw[SIGNATURE_SIZE];
    if (!minisign_decode(line, raw, sizeof raw))
        return fail_set(fail, "EFORMAT", "line 2 is no signature in base64");
    if (memcmp(raw, "Ed", 2) == 0)
        return fail_set(fail, "EFORMAT",
                        "a signature of the old, not prehashed kind; sign without -l");
    if (memcmp(raw, "ED", 2) != 0)
        return fail_set(fail, "EFORMAT", "a signature of an unknown kind");
    memcpy(out->key_id, raw + 2, sizeof out->key_id);
    memcpy(out->ed25519, raw + 10, sizeof out->ed25519);
    return true;
}

bool signature_parse(struct bytes text, struct signature *out, struct fail *fail)
{
    struct signature s;
    struct bytes rest = text;
    if (text.n == 0 || text.p[text.n - 1] != '\n')
        return fail_set(fail, "EFORMAT", "not a signature: the text has no end");
    struct bytes first = minisign_line(&rest);
    if (!minisign_comment(first, MINISIGN_UNTRUSTED, &s.untrusted_comment) ||
        first.n > MINISIGN_COMMENT_LIMIT)
        return fail_set(fail, "EFORMAT", "not a signature: line 1 is no untrusted comment");
    if (!parse_first(minisign_line(&rest), &s, fail))
        return false;
    if (!minisign_comment(minisign_line(&rest), MINISIGN_TRUSTED, &s.trusted_comment) ||
        !is_comment(s.trusted_comment))
        return fail_set(fail, "EFORMAT", "line 3 is no trusted comment");
    if (!minisign_decode(minisign_line(&rest), s.global, sizeof s.global))
        return fail_set(fail, "EFORMAT", "line 4 is no signature in base64");
    if (rest.n > 0)
        return fail_set(fail, "EFORMAT", "something follows the signature");
    *out = s;
    return true;
}

static bool check_id(const struct signature *s, const struct public_key *key, struct fail *fail)
{
    char got[KEY_ID_TEXT];
    char expected[KEY_ID_TEXT];
    if (memcmp(s->key_id, key->id, sizeof key->id) == 0)
        return true;
    return fail_set(fail, "EKEY", "signed by the key %s, not by %s",
                    key_number_text(s->key_id, got), key_number_text(key->id, expected));
}

bool signature_check(const struct signature *s, const struct public_key *key, struct bytes content,
                     struct fail *fail)
{
    unsigned char hash[DIGEST];
    unsigned char input[GLOBAL_INPUT];
    char id[KEY_ID_TEXT];
    key_number_text(key->id, id);
    if (!check_id(s, key, fail))
        return false;
    digest(content, hash);
    if (crypto_sign_verify_detached(s->ed25519, hash, sizeof hash, key->ed25519) != 0)
        return fail_set(fail, "ESIGNATURE",
                        "the signature does not hold: the text was changed since the key %s "
                        "signed it, or another key bears that number",
                        id);
    size_t n = global_input(s->ed25519, s->trusted_comment, input);
    if (crypto_sign_verify_detached(s->global, input, n, key->ed25519) != 0)
        return fail_set(fail, "ESIGNATURE",
                        "the trusted comment is not the one that the key %s signed", id);
    return true;
}

bool signature_check_untrusted(const struct signature *s, struct fail *fail)
{
    char ours[128];
    char id[KEY_ID_TEXT];
    snprintf(ours, sizeof ours, SIGN_COMMENT "%s", key_number_text(s->key_id, id));
    return bytes_equal_text(s->untrusted_comment, ours) ||
           bytes_equal_text(s->untrusted_comment, "signature from minisign secret key") ||
           fail_set(fail, "ECHANGED", "the untrusted comment was changed");
}

bool signature_field(struct bytes *rest, const char *name, struct bytes *out)
{
    struct bytes field = bytes_slice(*rest, 0, bytes_index(*rest, '\t', 0));
    size_t n = strlen(name);
    *rest = bytes_slice(*rest, field.n + 1, rest->n);
    *out = bytes_slice(field, n, field.n);
    return bytes_equal_text(bytes_slice(field, 0, n), name);
}
