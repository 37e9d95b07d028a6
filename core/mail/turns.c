#include "mail/turns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct letter {
    char *name;
    char *domain; /* in the same piece of memory */
};

/* A row of the letters, which are sorted by domain. */
struct domain {
    size_t at, end;
    instant ready;
};

struct turns {
    struct turns_rates rates;
    struct letter *letters;
    size_t count, room, given;
    struct domain *domains; /* a heap: the one that is ready first on top; NULL: not begun */
    size_t domain_count;
    instant ready; /* for any */
};

struct turns *turns_new(const struct turns_rates *rates)
{
    struct turns *t = calloc(1, sizeof *t);
    if (t)
        t->rates = *rates;
    return t;
}

void turns_free(struct turns *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->count; i++)
        free(t->letters[i].name);
    free(t->letters);
    free(t->domains);
    free(t);
}

static const char *domain_of(const char *to)
{
    const char *at = strrchr(to, '@');
    return at ? at + 1 : to;
}

bool turns_add(struct turns *t, const char *name, const char *to)
{
    const char *domain = domain_of(to);
    size_t n = strlen(name) + 1;
    size_t m = strlen(domain) + 1;
    if (t->count == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        struct letter *letters = realloc(t->letters, room * sizeof *letters);
        if (!letters)
            return false;
        t->letters = letters;
        t->room = room;
    }
    struct letter *l = &t->letters[t->count];
    l->name = malloc(n + m);
    if (!l->name)
        return false;
    l->domain = l->name + n;
    memcpy(l->name, name, n);
    memcpy(l->domain, domain, m);
    t->count++;
    return true;
}

size_t turns_left(const struct turns *t)
{
    return t->count - t->given;
}

static int by_domain(const void *a, const void *b)
{
    const struct letter *x = a;
    const struct letter *y = b;
    int order = strcasecmp(x->domain, y->domain);
    return order ? order : strcmp(x->name, y->name);
}

static bool begin(struct turns *t)
{
    if (t->domains || t->count == 0)
        return t->domains != NULL;
    qsort(t->letters, t->count, sizeof *t->letters, by_domain);
    t->domains = calloc(t->count, sizeof *t->domains);
    for (size_t i = 0; t->domains && i < t->count; i++) {
        bool same = i > 0 && strcasecmp(t->letters[i].domain, t->letters[i - 1].domain) == 0;
        if (!same)
            t->domains[t->domain_count++] = (struct domain){.at = i};
        t->domains[t->domain_count - 1].end = i + 1;
    }
    return t->domains != NULL;
}

size_t turns_domains(struct turns *t)
{
    return begin(t) ? t->domain_count : 0;
}

/* Of two that are ready alike, the one that has had less. */
static bool is_before(const struct domain *a, const struct domain *b)
{
    return a->ready != b->ready ? a->ready < b->ready : a->at < b->at;
}

static void sink_down(struct turns *t)
{
    struct domain *d = t->domains;
    for (size_t i = 0, child; (child = 2 * i + 1) < t->domain_count; i = child) {
        if (child + 1 < t->domain_count && is_before(&d[child + 1], &d[child]))
            child++;
        if (!is_before(&d[child], &d[i]))
            return;
        struct domain kept = d[i];
        d[i] = d[child];
        d[child] = kept;
    }
}

static span interval(unsigned a_minute)
{
    return a_minute ? 60 * SPAN_SECOND / a_minute : 0;
}

const char *turns_next(struct turns *t, instant now, instant *at)
{
    if (!begin(t) || t->domain_count == 0)
        return NULL;
    struct domain *d = &t->domains[0];
    *at = d->ready > now ? d->ready : now;
    *at = t->ready > *at ? t->ready : *at;
    t->ready = *at + interval(t->rates.all);
    /* one that has no rate waits behind the others all the same */
    d->ready = *at + (t->rates.domain ? interval(t->rates.domain) : 1);
    const char *name = t->letters[d->at++].name;
    if (d->at == d->end)
        *d = t->domains[--t->domain_count];
    sink_down(t);
    t->given++;
    return name;
}
