#include "evidence/chain.h"

#include <string.h>

static const struct chain_link *link_of(const struct chain_member *m)
{
    return &m->report->head.chain;
}

static bool check_member(const struct chain_member *m, struct fail *fail)
{
    return (m->report->version > 1 && link_of(m)->number > 0) ||
           fail_set(fail, "ECHAIN", "%s is in no chain", m->path);
}

/* The number is chosen freely. */
static bool fail_one_number(const struct chain_member *a, const struct chain_member *b,
                            struct fail *fail)
{
    char id[KEY_ID_TEXT];
    char first[PUBLIC_KEY_TEXT];
    char second[PUBLIC_KEY_TEXT];
    return fail_set(fail, "ECHAIN",
                    "%s and %s are signed by two keys that share the id %s, %s and %s: a chain is "
                    "of one key",
                    a->path, b->path, key_id_text(&a->report->signer, id),
                    public_key_text(&a->report->signer, first),
                    public_key_text(&b->report->signer, second));
}

static bool check_key(const struct chain_member *a, const struct chain_member *b, struct fail *fail)
{
    char first[KEY_ID_TEXT];
    char second[KEY_ID_TEXT];
    const struct public_key *x = &a->report->signer;
    const struct public_key *y = &b->report->signer;
    if (memcmp(x->id, y->id, sizeof x->id) == 0 && !public_key_is_same(x, y))
        return fail_one_number(a, b, fail);
    return memcmp(x->ed25519, y->ed25519, sizeof x->ed25519) == 0 ||
           fail_set(fail, "ECHAIN",
                    "%s is signed by the key %s, and %s by %s: a chain is of one key", b->path,
                    key_id_text(y, second), a->path, key_id_text(x, first));
}

/* Two with the same number. */
static bool check_same(const struct chain_member *a, const struct chain_member *b,
                       struct fail *fail)
{
    if (!hash_equal(a->report->head_digest, b->report->head_digest, SHA256_SIZE))
        return fail_set(fail, "ECHAIN", "%s and %s are both run %lu of the chain: it was forked",
                        a->path, b->path, link_of(a)->number);
    return a->report->case_id[0] != '\0' || b->report->case_id[0] != '\0' ||
           fail_set(fail, "ECHAIN", "%s and %s are the same run, %lu of the chain", a->path,
                    b->path, link_of(a)->number);
}

static bool fail_gap(const struct chain_member *a, const struct chain_member *b, struct fail *fail)
{
    unsigned long missing = link_of(b)->number - link_of(a)->number - 1;
    return fail_set(fail, "ECHAIN", "between %s, run %lu, and %s, run %lu, %lu %s missing", a->path,
                    link_of(a)->number, b->path, link_of(b)->number, missing,
                    missing == 1 ? "run is" : "runs are");
}

bool chain_follows(const struct chain_member *before, const struct chain_member *next,
                   struct fail *fail)
{
    if (!check_member(before, fail) || !check_member(next, fail) || !check_key(before, next, fail))
        return false;
    unsigned long a = link_of(before)->number;
    unsigned long b = link_of(next)->number;
    if (a == b)
        return check_same(before, next, fail);
    if (b < a)
        return fail_set(fail, "ECHAIN",
                        "%s is run %lu of the chain and stands behind %s, run %lu: give them in "
                        "their order",
                        next->path, b, before->path, a);
    if (b - a > 1)
        return fail_gap(before, next, fail);
    return (hash_equal(link_of(next)->previous, before->report->head_digest, SHA256_SIZE) &&
            link_of(next)->previous_cases == before->report->cases) ||
           fail_set(fail, "ECHAIN", "%s follows another run %lu than %s: the chain was forked",
                    next->path, a, before->path);
}
