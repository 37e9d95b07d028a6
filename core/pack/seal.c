#include "pack/seal.h"

#include <stdio.h>
#include <string.h>

enum { COMMENT = 512 };

static void comment_before_time(const struct pack *p, char *out)
{
    char version[VERSION_TEXT];
    snprintf(out, COMMENT, SEAL_KIND "\tname:%s\tversion:%s\tsha256:%s", p->manifest.name,
             version_text(&p->manifest.version, version), p->digest);
}

bool seal_put(struct buf *out, const struct secret_key *key, const struct pack *p, instant now,
              struct fail *fail)
{
    char before[COMMENT];
    char comment[COMMENT + TIME_TEXT + 8];
    char time[TIME_TEXT];
    time_text(now, time);
    comment_before_time(p, before);
    snprintf(comment, sizeof comment, "%s\tutc:%s", before, time);
    return sign_put(out, key, p->archive, comment, fail);
}

bool seal_key_id(struct bytes text, unsigned char out[8], struct fail *fail)
{
    struct signature s;
    if (!signature_parse(text, &s, fail))
        return false;
    memcpy(out, s.key_id, sizeof s.key_id);
    return true;
}

/* Whoever signs a text may have signed others too: only one that was meant for this pack counts. */
static bool check_comment(struct bytes comment, const struct pack *p, instant *at,
                          struct fail *fail)
{
    char before[COMMENT];
    struct bytes time;
    comment_before_time(p, before);
    size_t n = strlen(before);
    struct bytes rest = bytes_slice(comment, n + 1, comment.n);
    if (!bytes_equal_text(bytes_slice(comment, 0, n), before) || comment.n <= n ||
        comment.p[n] != '\t')
        return fail_set(fail, "ESIGNATURE",
                        "the signature was not made for %s: its trusted comment does not name this "
                        "pack, version and digest; `ajar pack sign` does",
                        p->manifest.name);
    return (signature_field(&rest, "utc:", &time) && rest.n == 0 && time_parse(time, at)) ||
           fail_set(fail, "EFORMAT",
                    "the signature's trusted comment does not say when it was made");
}

bool seal_check(struct bytes text, const struct pack *p, const struct public_key *key,
                struct seal *out, struct fail *fail)
{
    struct signature s;
    out->key = *key;
    return signature_parse(text, &s, fail) && signature_check_untrusted(&s, fail) &&
           signature_check(&s, key, p->archive, fail) &&
           check_comment(s.trusted_comment, p, &out->at, fail);
}
