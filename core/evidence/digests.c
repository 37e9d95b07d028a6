#include "evidence/digests.h"

#include <sodium.h>
#include <stdlib.h>

enum { PLACES_LEAST = 64, PLACES_MOST = 1 << 21 };

struct digests {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places; /* 0 marks an empty one */
    size_t count;
    size_t size; /* of the table: a power of two */
};

struct digests *digests_new(void)
{
    struct digests *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->size = PLACES_LEAST;
    d->places = calloc(d->size, sizeof *d->places);
    randombytes_buf(d->key, sizeof d->key);
    if (d->places)
        return d;
    free(d);
    return NULL;
}

void digests_free(struct digests *d)
{
    if (d)
        free(d->places);
    free(d);
}

static uint64_t *place_of(uint64_t *places, size_t size, uint64_t digest)
{
    size_t i = digest & (size - 1);
    while (places[i] != 0 && places[i] != digest)
        i = (i + 1) & (size - 1);
    return &places[i];
}

/* Room for one more: a table is filled to three quarters. */
static bool make_room(struct digests *d)
{
    if (d->count < d->size / 4 * 3)
        return true;
    uint64_t *more = d->size < PLACES_MOST ? calloc(2 * d->size, sizeof *more) : NULL;
    if (!more)
        return false;
    for (size_t i = 0; i < d->size; i++)
        if (d->places[i] != 0)
            *place_of(more, 2 * d->size, d->places[i]) = d->places[i];
    free(d->places);
    d->places = more;
    d->size *= 2;
    return true;
}

enum digests_found digests_add(struct digests *d, struct bytes text)
{
    uint64_t digest = 0;
    crypto_shorthash((unsigned char *)&digest, text.p, text.n, d->key);
    digest = digest ? digest : 1;
    bool room = make_room(d);
    uint64_t *place = place_of(d->places, d->size, digest);
    if (*place != 0)
        return DIGESTS_KNOWN;
    if (!room)
        return DIGESTS_FULL;
    *place = digest;
    d->count++;
    return DIGESTS_NEW;
}
