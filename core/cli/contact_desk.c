#include "cli/contact_desk.h"

#include "contact/reach.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

bool desk_asks(struct pace_service *s, const char *service, struct contact_finding *f)
{
    f->asked = loop_now();
    snprintf(f->service, sizeof f->service, "%s", service);
    if (!pace_is_shut(s, &f->why))
        return true;
    f->said.state = CONTACT_FAILED;
    return false;
}

/* The address that stands in "http://127.0.0.1:8080/x", "[::1]:43" or "127.0.0.1". */
static bool literal_of(const char *base, struct addr *out)
{
    bool secure = bytes_starts_nocase(bytes_of(base), "https://");
    const char *scheme = strstr(base, "://");
    const char *host = scheme ? scheme + 3 : base;
    if (!addr_parse(bytes_at(host, strcspn(host, "/")), out))
        return false;
    if (out->port == 0 && scheme)
        out->port = secure ? 443 : 80;
    return true;
}

bool desk_may_reach(const struct contact_desk *d, const char *base, const struct addr *to)
{
    struct addr configured;
    if (reach_is_public(to))
        return true;
    for (size_t i = 0; i < d->services->reach_count; i++)
        if (prefix_contains(&d->services->reach[i], to))
            return true;
    return literal_of(base, &configured) && addr_equal_ip(&configured, to) &&
           (configured.port == 0 || configured.port == to->port);
}

void desk_tape(struct contact_desk *d, struct contact_finding *f, const struct contact_exchange *e)
{
    unsigned long n = d->tape ? contact_tape_put(d->tape, e) : 0;
    if (n > 0 && f->taped_count < DESK_TAPED)
        f->taped[f->taped_count++] = n;
}

void desk_tape_too(struct contact_finding *f, const struct contact_finding *other)
{
    for (size_t i = 0; i < other->taped_count && f->taped_count < DESK_TAPED; i++)
        f->taped[f->taped_count++] = other->taped[i];
}

bool desk_recall(struct contact_desk *d, enum contact_source source, const char *service,
                 const struct addr *about, struct contact_finding *f)
{
    struct contact_kept kept;
    if (!d->cache || !contact_cache_find(d->cache, source, service, about, &kept))
        return false;
    f->said.answer = kept.answer;
    f->said.state = kept.answer.count > 0 ? CONTACT_FOUND : CONTACT_NONE;
    f->asked = kept.asked;
    f->cached = true;
    snprintf(f->service, sizeof f->service, "%s", service);
    for (size_t i = 0; i < kept.taped_count; i++)
        f->taped[i] = kept.taped[i];
    f->taped_count = kept.taped_count;
    return true;
}

void desk_remember(struct contact_desk *d, enum contact_source source, const char *service,
                   const struct contact_finding *f)
{
    struct contact_kept kept = {.answer = f->said.answer, .asked = f->asked};
    if (!d->cache || f->said.state == CONTACT_FAILED)
        return;
    for (; kept.taped_count < f->taped_count; kept.taped_count++)
        kept.taped[kept.taped_count] = f->taped[kept.taped_count];
    contact_cache_add(d->cache, source, service, &kept);
}

void desk_read(struct contact_desk *d, enum contact_reading what, struct bytes body,
               const struct addr *about, struct contact_finding *f)
{
    struct contact_answer answer;
    if (!contact_reader_ask(d->reader, what, body, about, &answer, &f->why)) {
        f->said.state = CONTACT_FAILED;
        return;
    }
    f->why.code = NULL;
    f->said.answer = answer;
    f->said.state = answer.count > 0 ? CONTACT_FOUND : CONTACT_NONE;
}
