#include "guard/pace.h"

#include <stdlib.h>

/*
 * A bucket is one number: the time from which its next connection is due (the "virtual scheduling" of
 * ATM's generic cell rate algorithm). In nanoseconds, so that high rates are exact.
 */
enum { SETS = 8192, WAYS = 8 };
enum { NS_PER_US = 1000 };
/* How far the overall bucket may catch up when the loop woke late. */
#define CATCH_UP ((int64_t)50 * 1000 * NS_PER_US)
#define SECOND   ((int64_t)1000 * 1000 * NS_PER_US)

/* One prefix, or one host. Once `due` has passed it means nothing, and the place is free for another. */
struct way {
    uint64_t key;
    int64_t due;
};

struct pace {
    int64_t overall_gap; /* 0 = no limit */
    int64_t prefix_gap;
    int64_t due;
    int64_t session_gap;
    struct way *ways;     /* of prefixes: SETS * WAYS, or NULL without a limit for them */
    struct way *sessions; /* of hosts, the same */
};

static int64_t gap_of(unsigned per_second)
{
    return per_second ? (SECOND + per_second - 1) / per_second : 0;
}

struct pace *pace_new(const struct pace_limits *limits)
{
    struct pace *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->overall_gap = gap_of(limits->overall);
    p->prefix_gap = gap_of(limits->prefix);
    p->session_gap = limits->session_gap * NS_PER_US;
    p->ways = p->prefix_gap ? calloc((size_t)SETS * WAYS, sizeof *p->ways) : NULL;
    p->sessions = p->session_gap ? calloc((size_t)SETS * WAYS, sizeof *p->sessions) : NULL;
    if ((p->prefix_gap && !p->ways) || (p->session_gap && !p->sessions)) {
        pace_free(p);
        return NULL;
    }
    return p;
}

void pace_free(struct pace *p)
{
    if (!p)
        return;
    free(p->ways);
    free(p->sessions);
    free(p);
}

/* The first 24 bits of an IPv4 address or 48 of an IPv6 one, with the family: never 0. */
static uint64_t key_of(const struct addr *a)
{
    size_t n = a->family == ADDR_IPV6 ? 6 : 3;
    uint64_t key = a->family;
    for (size_t i = 0; i < n; i++)
        key = key << 8 | a->ip[i];
    return key;
}

/*
 * The key's place in its set: its own, or else the one that is free the longest. When all are in
 * use by others, that is the one that is free first, and who asks for a prefix waits for it: so the table
 * never grows and no prefix is ever knocked at too fast.
 */
static struct way *find(struct way *table, uint64_t key)
{
    uint64_t set = (key * 0x9e3779b97f4a7c15ULL) >> 51;
    struct way *ways = table + set * WAYS;
    struct way *best = ways;
    for (unsigned i = 0; i < WAYS; i++) {
        if (ways[i].key == key)
            return &ways[i];
        if (ways[i].due < best->due)
            best = &ways[i];
    }
    return best;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

span pace_ask(struct pace *p, const struct addr *to, instant monotonic)
{
    int64_t now = monotonic * NS_PER_US;
    struct addr plain = addr_unmapped(*to);
    uint64_t key = key_of(&plain);
    struct way *way = p->prefix_gap ? find(p->ways, key) : NULL;
    int64_t wait = later(p->overall_gap ? p->due - now : 0, way ? way->due - now : 0);
    if (wait > 0)
        return (wait + NS_PER_US - 1) / NS_PER_US;
    if (p->overall_gap)
        p->due = later(p->due, now - CATCH_UP) + p->overall_gap;
    if (way)
        *way = (struct way){key, now + p->prefix_gap};
    return 0;
}

static uint64_t key_of_host(const struct addr *host)
{
    struct addr plain = addr_unmapped(*host);
    return addr_ip_hash(&plain);
}

void pace_session_over(struct pace *p, const struct addr *host, instant monotonic)
{
    uint64_t key = key_of_host(host);
    if (p->session_gap)
        *find(p->sessions, key) = (struct way){key, monotonic * NS_PER_US + p->session_gap};
}

span pace_session(const struct pace *p, const struct addr *host, instant monotonic)
{
    uint64_t key = key_of_host(host);
    const struct way *way = p->session_gap ? find(p->sessions, key) : NULL;
    int64_t wait = way && way->key == key ? way->due - monotonic * NS_PER_US : 0;
    return wait > 0 ? (wait + NS_PER_US - 1) / NS_PER_US : 0;
}
