#include "cli/contact_desk.h"

#include "contact/reach.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

static struct desk_pace *pace_of(struct contact_desk *d, const char *service)
{
    for (size_t i = 0; i < d->pace_count; i++)
        if (strcmp(d->paces[i].name, service) == 0)
            return &d->paces[i];
    struct desk_pace *p = &d->paces[d->pace_count < DESK_SERVICES ? d->pace_count++ : 0];
    *p = (struct desk_pace){.next = 0};
    snprintf(p->name, sizeof p->name, "%s", service);
    return p;
}

static void on_pause(void *arg)
{
    loop_stop(arg);
}

void desk_pause(struct contact_desk *d, span time)
{
    struct timer *timer = time > 0 ? timer_new(d->loop, on_pause, d->loop) : NULL;
    if (!timer)
        return;
    timer_start(timer, time);
    loop_run(d->loop);
    timer_free(timer);
}

bool desk_begin(struct contact_desk *d, const char *service, unsigned rate,
                struct contact_finding *f)
{
    struct desk_pace *p = pace_of(d, service);
    f->asked = loop_now();
    snprintf(f->service, sizeof f->service, "%s", service);
    if (p->shut.code) {
        f->said.state = CONTACT_FAILED;
        fail_set(&f->why, p->shut.code, "not asked any more in this run: %s", p->shut.text);
        return false;
    }
    desk_pause(d, p->next - loop_monotonic());
    p->next = loop_monotonic() + SPAN_SECOND / rate;
    f->asked = loop_now();
    return true;
}

void desk_shut(struct contact_desk *d, const char *service, const struct fail *why)
{
    pace_of(d, service)->shut = *why;
}

void desk_end(struct contact_desk *d, const char *service, bool ok, const struct fail *why)
{
    struct desk_pace *p = pace_of(d, service);
    p->failed = ok ? 0 : p->failed + 1;
    if (p->failed >= DESK_FAILURES)
        p->shut = *why;
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
    if (n > 0 && f->taped_count < sizeof f->taped / sizeof f->taped[0])
        f->taped[f->taped_count++] = n;
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
