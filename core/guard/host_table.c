#include "guard/host_table.h"

#include "base/check.h"

#include <stdlib.h>

/* Linear probing in a table whose size is a power of two; count 0 is an empty place. */
enum { LEAST_SIZE = 64 };

struct place {
    struct addr host;
    unsigned count;
};

struct host_table {
    struct place *places;
    size_t size;
    size_t held;
};

struct host_table *host_table_new(void)
{
    struct host_table *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->size = LEAST_SIZE;
    t->places = calloc(t->size, sizeof *t->places);
    if (!t->places) {
        free(t);
        return NULL;
    }
    return t;
}

void host_table_free(struct host_table *t)
{
    if (!t)
        return;
    free(t->places);
    free(t);
}

static size_t home_of(const struct host_table *t, const struct addr *host)
{
    return (size_t)addr_ip_hash(host) & (t->size - 1);
}

/* The host's place, or the empty one where it would stand. */
static struct place *find(const struct host_table *t, const struct addr *host)
{
    size_t i = home_of(t, host);
    while (t->places[i].count > 0 && !addr_equal_ip(&t->places[i].host, host))
        i = (i + 1) & (t->size - 1);
    return &t->places[i];
}

static bool resize(struct host_table *t, size_t size)
{
    struct host_table other = {calloc(size, sizeof *other.places), size, t->held};
    if (!other.places)
        return false;
    for (size_t i = 0; i < t->size; i++)
        if (t->places[i].count > 0)
            *find(&other, &t->places[i].host) = t->places[i];
    free(t->places);
    *t = other;
    return true;
}

bool host_table_take(struct host_table *t, const struct addr *host, unsigned most)
{
    struct place *place = find(t, host);
    if (place->count >= most)
        return false;
    if (place->count == 0) {
        if ((t->held + 1) * 4 > t->size * 3) {
            if (!resize(t, t->size * 2))
                return false;
            place = find(t, host);
        }
        place->host = *host;
        t->held++;
    }
    place->count++;
    return true;
}

/* Empties place i and moves up those behind it that would no longer be found. */
static void empty(struct host_table *t, size_t i)
{
    size_t mask = t->size - 1;
    for (size_t j = (i + 1) & mask; t->places[j].count > 0; j = (j + 1) & mask) {
        size_t from_home = (j - home_of(t, &t->places[j].host)) & mask;
        if (from_home < ((j - i) & mask))
            continue;
        t->places[i] = t->places[j];
        i = j;
    }
    t->places[i].count = 0;
    t->held--;
}

void host_table_give(struct host_table *t, const struct addr *host)
{
    struct place *place = find(t, host);
    require(place->count > 0);
    if (--place->count > 0)
        return;
    empty(t, (size_t)(place - t->places));
    if (t->size > LEAST_SIZE && t->held * 8 < t->size)
        resize(t, t->size / 2); /* without memory it stays as it is */
}

size_t host_table_count(const struct host_table *t)
{
    return t->held;
}
