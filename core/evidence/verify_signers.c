/* Who signed a bundle, and whether that is enough for its reader. */
#include "evidence/verify.h"

#include "evidence/cosign.h"

#include <stdio.h>
#include <string.h>

static const struct trust nobody;

static const struct trust *trusted(const struct verify *v)
{
    return v->trust->keys ? v->trust->keys : &nobody;
}

/* A co-signature's file is named for the number of its key. */
static bool is_cosigned_by(const struct verify *v, const struct trusted_key *key)
{
    char name[BESIDE_NAME];
    return verify_find(v, beside_cosignature(key->key.id, name)) != NULL;
}

static bool is_cosigned_by_any(const struct verify *v)
{
    const struct trust *t = trusted(v);
    for (unsigned i = 0; i < t->count; i++)
        if (is_cosigned_by(v, &t->keys[i]))
            return true;
    return false;
}

static bool fail_unknown(const struct verify *v, const struct signature *s, struct fail *fail)
{
    char got[KEY_ID_TEXT];
    char expected[KEY_ID_TEXT];
    const struct trust *t = trusted(v);
    key_number_text(s->key_id, got);
    if (t->count == 1)
        return fail_set(fail, "EKEY", "signed by the key %s, not by %s", got,
                        key_id_text(&t->keys[0].key, expected));
    return fail_set(fail, "EKEY", "signed by the key %s, which is none of the %u that you trust",
                    got, t->count);
}

static bool take_own(const struct verify *v, struct public_key *out, struct fail *fail)
{
    static const char name[] = "keys/operator.pub";
    const struct verify_tag *tag = verify_need(v, name, fail);
    return tag && (public_key_parse(buf_view(&tag->content), out, fail) || fail_prefix(fail, name));
}

bool verify_sealer(const struct verify *v, const struct signature *s, struct bundle_report *report,
                   struct fail *fail)
{
    const struct trusted_key *known = trust_find(trusted(v), s->key_id);
    report->signer_given = trusted(v)->count > 0;
    if (known) {
        report->signer = known->key;
        return true;
    }
    if (report->signer_given && !is_cosigned_by_any(v))
        return fail_unknown(v, s, fail);
    return take_own(v, &report->signer, fail);
}

/* Notes whose signature it is, and what its reader thinks of that. */
static void note(const struct verify *v, const struct public_key *key, const char *at, bool first,
                 struct bundle_report *report)
{
    struct bundle_signature *s = &report->signatures[report->signature_count++];
    const struct trusted_key *known = trust_find(trusted(v), key->id);
    instant when = 0;
    *s = (struct bundle_signature){.key = *key, .signer = BUNDLE_TRUSTED};
    snprintf(s->at, sizeof s->at, "%s", at);
    time_parse(bytes_of(at), &when);
    if (trusted(v)->count == 0)
        s->signer = BUNDLE_OWN;
    else if (!known)
        s->signer = BUNDLE_UNKNOWN;
    else if (!trust_holds(known, when, first && report->stamp_trusted ? report->stamped : when,
                          &s->why))
        s->signer = BUNDLE_EXPIRED;
    if (known)
        memcpy(s->name, known->name, sizeof s->name);
    report->trusted_count += s->signer == BUNDLE_TRUSTED;
}

/* A number is chosen freely: one key under two of them is one signer. */
static bool has_signed(const struct bundle_report *report, const struct public_key *key)
{
    for (unsigned i = 0; i < report->signature_count; i++)
        if (public_key_is_same(&report->signatures[i].key, key))
            return true;
    return false;
}

static bool judge_cosignature(const struct verify *v, const struct verify_tag *file,
                              const struct cosigned *what, struct bundle_report *report,
                              struct fail *fail)
{
    struct signature s;
    struct cosignature c;
    char name[BESIDE_NAME];
    if (report->signature_count > BESIDE_COSIGNATURES)
        return fail_set(fail, "ELIMIT", "more than %d co-signatures", BESIDE_COSIGNATURES);
    if (!signature_parse(buf_view(&file->content), &s, fail))
        return false;
    const struct trusted_key *known = trust_find(trusted(v), s.key_id);
    if (!cosign_check(buf_view(&file->content), what, known ? &known->key : NULL, &c, fail))
        return false;
    if (strcmp(beside_cosignature(s.key_id, name), file->name) != 0)
        return fail_set(fail, "ERENAMED", "a co-signature by another key than its name says");
    if (memcmp(s.key_id, report->signer.id, sizeof s.key_id) == 0)
        return fail_set(fail, "EDUPLICATE", "a co-signature by the key that sealed the bundle");
    if (has_signed(report, &c.key))
        return fail_set(fail, "EDUPLICATE",
                        "a co-signature by a key that has signed already, under another number");
    note(v, &c.key, c.at, false, report);
    return true;
}

static bool judge_cosignatures(const struct verify *v, struct bundle_report *report,
                               struct fail *fail)
{
    const struct verify_tag *first = verify_need(v, BESIDE_SIGNATURE, fail);
    const struct verify_tag *tags = first ? verify_need(v, BESIDE_TAGS, fail) : NULL;
    if (!tags)
        return false;
    struct cosigned what = {report->name, buf_view(&tags->content), buf_view(&first->content)};
    for (unsigned i = 0; i < v->tag_count; i++) {
        const struct verify_tag *file = &v->tags[i];
        if (beside_kind(file->name) == BESIDE_COSIGNATURE &&
            !judge_cosignature(v, file, &what, report, fail))
            return fail_prefix(fail, "%s", file->name);
    }
    return true;
}

/* The first reason why a signature does not count. */
static bool fail_few(const struct bundle_report *report, unsigned wanted, struct fail *fail)
{
    for (unsigned i = 0; i < report->signature_count; i++)
        if (wanted == 1 && report->signatures[i].signer == BUNDLE_EXPIRED) {
            *fail = report->signatures[i].why;
            return false;
        }
    return fail_set(fail, "ETHRESHOLD", "signed by %u of the keys that you trust, and not by %u",
                    report->trusted_count, wanted);
}

bool verify_signers(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    unsigned wanted = v->trust->threshold > 0 ? v->trust->threshold : 1;
    note(v, &report->signer, report->sealed, true, report);
    return judge_cosignatures(v, report, fail) &&
           (trusted(v)->count == 0 || report->trusted_count >= wanted ||
            fail_few(report, wanted, fail));
}
