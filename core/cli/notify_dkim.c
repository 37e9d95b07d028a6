#include "cli/notify_dkim.h"

static void keep(char out[DKIM_NAME], struct bytes text)
{
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
}

static bool load_one(struct dkim_signer *s, const char *value, struct bytes from, struct fail *fail)
{
    struct bytes all = bytes_of(value);
    size_t colon = bytes_index(all, ':', 0);
    struct bytes name = bytes_slice(all, 0, colon);
    size_t at = bytes_index(name, '@', 0);
    struct bytes selector = bytes_slice(name, 0, at);
    struct bytes domain = at == BYTES_NOT_FOUND ? from : bytes_slice(name, at + 1, name.n);
    if (at == BYTES_NOT_FOUND)
        domain = bytes_slice(from, bytes_index(from, '@', 0) + 1, from.n);
    if (colon == BYTES_NOT_FOUND || colon + 1 == all.n || !dkim_is_name(selector) ||
        !dkim_is_name(domain))
        return fail_set(fail, "EUSAGE", "--dkim: '%s' is not SELECTOR[@DOMAIN]:FILE", value);
    keep(s->selector, selector);
    keep(s->domain, domain);
    s->key = dkim_key_load(value + colon + 1, fail);
    return s->key != NULL;
}

bool notify_dkim_load(struct notify_dkim *d, struct bytes from, struct fail *fail)
{
    for (size_t i = 0; i < d->count; i++)
        if (!load_one(&d->signers[i], d->values[i], from, fail))
            return false;
    return true;
}

bool notify_dkim_open(const struct notify_dkim *d, struct fail *fail)
{
    for (size_t i = 0; i < d->count; i++)
        if (!dkim_key_open(d->signers[i].key, fail))
            return false;
    return true;
}

void notify_dkim_close(const struct notify_dkim *d)
{
    for (size_t i = 0; i < d->count; i++)
        dkim_key_close(d->signers[i].key);
}

void notify_dkim_free(struct notify_dkim *d)
{
    for (size_t i = 0; i < d->count; i++)
        dkim_key_free(d->signers[i].key);
}
