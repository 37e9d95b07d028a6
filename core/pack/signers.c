#include "pack/signers.h"

#include "base/file.h"

#include <string.h>
#include <unistd.h>

#define ALL_CAPABILITIES ((1U << CAPABILITIES) - 1)
#define IN_WORKER        ",in-worker"

static struct bytes take(struct bytes *rest, unsigned char separator)
{
    size_t at = bytes_index(*rest, separator, 0);
    struct bytes part = bytes_slice(*rest, 0, at);
    *rest = at == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, at + 1, rest->n);
    return part;
}

static bool read_capabilities(struct bytes text, unsigned *out)
{
    enum capability c;
    *out = 0;
    if (bytes_equal_text(text, "none"))
        return true;
    if (bytes_equal_text(text, "all"))
        *out = ALL_CAPABILITIES;
    while (*out != ALL_CAPABILITIES && text.n > 0) {
        if (!capability_parse(take(&text, ','), &c))
            return false;
        *out |= 1U << c;
    }
    return *out != 0;
}

bool signers_read_grant(struct bytes text, struct grant *out)
{
    out->in_worker = bytes_ends(text, IN_WORKER);
    if (out->in_worker)
        text.n -= strlen(IN_WORKER);
    return read_capabilities(text, &out->capabilities);
}

static void put_capabilities(struct buf *out, unsigned capabilities)
{
    const char *before = "";
    if (capabilities == ALL_CAPABILITIES || capabilities == 0) {
        buf_put_text(out, capabilities ? "all" : "none");
        return;
    }
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (capabilities & 1U << i) {
            buf_printf(out, "%s%s", before, capability_name((enum capability)i));
            before = ",";
        }
}

void signers_put_grant(struct buf *out, const struct grant *grant)
{
    put_capabilities(out, grant->capabilities);
    buf_put_text(out, grant->in_worker ? IN_WORKER : "");
}

/* "acme/envelopes", "acme/", "*" */
static bool is_pack_pattern(struct bytes part)
{
    char name[MANIFEST_NAME];
    if (bytes_equal_text(part, "*") || manifest_is_name(part))
        return true;
    if (part.n == 0 || part.n + 1 >= sizeof name || part.p[part.n - 1] != '/')
        return false;
    memcpy(name, part.p, part.n);
    name[part.n] = 'x';
    return manifest_is_name(bytes_at(name, part.n + 1));
}

bool signers_are_packs(struct bytes text)
{
    if (text.n == 0 || text.n >= SIGNER_PACKS)
        return false;
    while (text.n > 0)
        if (!is_pack_pattern(take(&text, ',')))
            return false;
    return true;
}

static bool is_of(const char *name, const char *packs)
{
    for (struct bytes rest = bytes_of(packs); rest.n > 0;) {
        struct bytes part = take(&rest, ',');
        bool is_prefix = part.p[part.n - 1] == '/';
        if (bytes_equal_text(part, "*") ||
            (strncmp(name, (const char *)part.p, part.n) == 0 && (is_prefix || !name[part.n])))
            return true;
    }
    return false;
}

static bool read_signer(const struct trusted_key *key, struct signer *out)
{
    struct bytes rest = bytes_of(key->name);
    struct bytes packs = take(&rest, ' ');
    struct bytes grant = take(&rest, ' ');
    if (!signers_are_packs(packs) || !signers_read_grant(grant, &out->grant))
        return false;
    memcpy(out->packs, packs.p, packs.n);
    out->whose = rest.n > 0 ? (const char *)rest.p : "";
    return true;
}

bool signers_parse(struct signers *s, struct bytes text, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    memset(s, 0, sizeof *s);
    if (!trust_parse(&s->trust, text, fail))
        return false;
    for (unsigned i = 0; i < s->trust.count; i++)
        if (!read_signer(&s->trust.keys[i], &s->each[i]))
            return fail_set(fail, "EFORMAT",
                            "the key %s: behind its days must stand of which packs (acme/) and "
                            "with which capabilities (smtp,dns; all; none; all,in-worker)",
                            key_id_text(&s->trust.keys[i].key, id));
    return true;
}

bool signers_load(struct signers *s, const char *path, struct fail *fail)
{
    struct buf text = buf_new(TRUST_FILE_LIMIT);
    bool there = access(path, F_OK) == 0;
    bool ok = !there || file_read_regular(path, &text, fail);
    if (ok && !signers_parse(s, buf_view(&text), fail))
        ok = fail_prefix(fail, "%s", path);
    buf_free(&text);
    return ok;
}

static bool may(const struct signer *by, const struct manifest *m, const char *id,
                struct fail *fail)
{
    unsigned more = m->capabilities & ~by->grant.capabilities;
    if (!is_of(m->name, by->packs))
        return fail_set(fail, "ETRUST", "the key %s is trusted for %s, not for %s", id, by->packs,
                        m->name);
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (more & 1U << i)
            return fail_set(
                fail, "ETRUST", "the key %s is not trusted for packs that may %s (\"%s\")", id,
                capability_words((enum capability)i), capability_name((enum capability)i));
    return true;
}

/* Whoever has the key may have it still, and say of a signature of today that it is an old one. */
static bool is_trusted_now(const struct trusted_key *key, instant now, const char *id,
                           struct fail *fail)
{
    char last[TIME_TEXT];
    return now < key->until || fail_set(fail, "ETRUST", "the key %s was trusted until %.10s", id,
                                        time_text(key->until - 1, last));
}

bool signers_allow(const struct signers *s, const struct pack *p, struct bytes signature,
                   instant now, struct seal *out, const struct signer **by, struct fail *fail)
{
    unsigned char id[8];
    char text[KEY_ID_TEXT];
    if (signature.n == 0)
        return fail_set(fail, "ESIGNATURE", "it is not signed: there is no signature beside it");
    if (!seal_key_id(signature, id, fail))
        return false;
    key_number_text(id, text);
    const struct trusted_key *key = trust_find(&s->trust, id);
    if (!key)
        return fail_set(fail, "EKEY", "signed by the key %s, which you do not trust for packs",
                        text);
    *by = &s->each[key - s->trust.keys];
    return seal_check(signature, p, &key->key, out, fail) &&
           trust_holds(key, out->at, out->at, fail) && is_trusted_now(key, now, text, fail) &&
           may(*by, &p->manifest, text, fail);
}
