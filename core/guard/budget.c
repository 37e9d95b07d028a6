#include "guard/budget.h"

#include <stdlib.h>

enum { PLACES_FIRST = 64 };
#define DAY (24 * 3600 * SPAN_SECOND)

struct entry {
    struct addr host; /* family ADDR_NONE: free */
    unsigned had;     /* messages since it had had none for a day */
    unsigned kept;    /* for those who have begun */
    instant last;
};

/* Open addressing: a host stands at its hash, or at the next free place. Half of the places are free. */
struct budget {
    unsigned most;
    bool full; /* there was no memory for more hosts */
    size_t count;
    size_t places; /* a power of two */
    struct entry *entries;
};

struct budget *budget_new(unsigned most)
{
    struct budget *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    *b = (struct budget){.most = most, .places = PLACES_FIRST};
    b->entries = calloc(b->places, sizeof *b->entries);
    if (b->entries)
        return b;
    free(b);
    return NULL;
}

void budget_free(struct budget *b)
{
    if (!b)
        return;
    free(b->entries);
    free(b);
}

/* The host's place, or the free one that would be its. */
static struct entry *find(const struct budget *b, const struct addr *host)
{
    size_t at = addr_ip_hash(host) & (b->places - 1);
    while (b->entries[at].host.family != ADDR_NONE && !addr_equal_ip(&b->entries[at].host, host))
        at = (at + 1) & (b->places - 1);
    return &b->entries[at];
}

static bool is_over(const struct entry *e, instant now)
{
    return now - e->last >= DAY;
}

/* Twice the places, for those that count still. */
static bool grow(struct budget *b, instant now)
{
    struct budget more = {.most = b->most, .places = 2 * b->places};
    more.entries = calloc(more.places, sizeof *more.entries);
    if (!more.entries)
        return false;
    for (size_t i = 0; i < b->places; i++) {
        const struct entry *e = &b->entries[i];
        if (e->host.family == ADDR_NONE || (is_over(e, now) && e->kept == 0))
            continue;
        *find(&more, &e->host) = *e;
        more.count++;
    }
    free(b->entries);
    *b = more;
    return true;
}

unsigned budget_left(const struct budget *b, const struct addr *host, unsigned kept,
                     instant monotonic)
{
    struct addr plain = addr_unmapped(*host);
    const struct entry *e = find(b, &plain);
    if (e->host.family == ADDR_NONE)
        return b->full ? 0 : b->most;
    unsigned gone = is_over(e, monotonic) ? 0 : e->had;
    gone += e->kept > kept ? e->kept - kept : 0;
    return gone < b->most ? b->most - gone : 0;
}

void budget_take(struct budget *b, const struct addr *host, instant monotonic)
{
    struct addr plain = addr_unmapped(*host);
    struct entry *e = find(b, &plain);
    if (e->host.family == ADDR_NONE) {
        if (2 * b->count >= b->places && !grow(b, monotonic)) {
            b->full = true;
            return;
        }
        e = find(b, &plain);
        *e = (struct entry){.host = plain};
        b->count++;
    }
    e->had = is_over(e, monotonic) ? 1 : e->had + 1;
    e->last = monotonic;
}

void budget_keep(struct budget *b, const struct addr *host)
{
    struct addr plain = addr_unmapped(*host);
    struct entry *e = find(b, &plain);
    e->kept += e->host.family != ADDR_NONE;
}

void budget_give_back(struct budget *b, const struct addr *host)
{
    struct addr plain = addr_unmapped(*host);
    struct entry *e = find(b, &plain);
    e->kept -= e->kept > 0;
}
