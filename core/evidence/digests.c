#include "evidence/digests.h"

#include <sodium.h>
#include <stdlib.h>

/* A small bundle's table is small, as one of 16 MiB costs more than all else that is done with it. It then grows in steps so
 * large that the one before counts for nothing: for a moment there are two. */
static const size_t sizes[] = {64, 4096, (size_t)1 << 21};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

struct digests {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places; /* 0 marks an empty one */
    size_t count;
    unsigned step; /* sizes[step] places */
};

struct digests *digests_new(void)
{
    struct digests *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->places = calloc(sizes[0], sizeof *d->places);
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
    size_t size = sizes[d->step];
    if (d->count < size / 4 * 3)
        return true;
    uint64_t *more = d->step + 1 < SIZES ? calloc(sizes[d->step + 1], sizeof *more) : NULL;
    if (!more)
        return false;
    d->step++;
    for (size_t i = 0; i < size; i++)
        if (d->places[i] != 0)
            *place_of(more, sizes[d->step], d->places[i]) = d->places[i];
    free(d->places);
    d->places = more;
    return true;
}

enum digests_found digests_add(struct digests *d, struct bytes text)
{
    uint64_t digest = 0;
    crypto_shorthash((unsigned char *)&digest, text.p, text.n, d->key);
    digest = digest ? digest : 1;
    bool room = make_room(d);
    uint64_t *place = place_of(d->places, sizes[d->step], digest);
    if (*place != 0)
        return DIGESTS_KNOWN;
    if (!room)
        return DIGESTS_FULL;
    *place = digest;
    d->count++;
    return DIGESTS_NEW;
}
