#include "evidence/digests.h"

#include <sodium.h>
#include <stdlib.h>

/* Not begun small and doubled: for a while there would be two tables. The system gives no page of it that is not touched. */
enum { PLACES = 1 << 21, COUNT_MOST = PLACES / 4 * 3 };

struct digests {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places; /* 0 marks an empty one */
    size_t count;
};

struct digests *digests_new(void)
{
    struct digests *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->places = calloc(PLACES, sizeof *d->places);
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

static uint64_t *place_of(const struct digests *d, uint64_t digest)
{
    size_t i = digest & (PLACES - 1);
    while (d->places[i] != 0 && d->places[i] != digest)
        i = (i + 1) & (PLACES - 1);
    return &d->places[i];
}

enum digests_found digests_add(struct digests *d, struct bytes text)
{
    uint64_t digest = 0;
    crypto_shorthash((unsigned char *)&digest, text.p, text.n, d->key);
    digest = digest ? digest : 1;
    uint64_t *place = place_of(d, digest);
    if (*place != 0)
        return DIGESTS_KNOWN;
    if (d->count == COUNT_MOST)
        return DIGESTS_FULL;
    *place = digest;
    d->count++;
    return DIGESTS_NEW;
}
