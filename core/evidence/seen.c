#include "evidence/seen.h"

#include "evidence/listing.h"
#include "evidence/name.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MOST = 1 << 21 }; /* 16 MiB */

/* A table of the digests of one share; 0 marks an empty place. */
struct seen {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places;
    uint64_t mask;
    uint64_t shares;
    uint64_t share; /* the one that is looked at */
    bool maybe;
};

static uint64_t digest_of(const struct seen *s, struct bytes name)
{
    uint64_t digest = 0;
    crypto_shorthash((unsigned char *)&digest, name.p, name.n, s->key);
    return digest ? digest : 1;
}

/* The lower bits choose the place, the upper ones the share. */
static bool is_in_share(const struct seen *s, uint64_t digest)
{
    return (digest >> 32) % s->shares == s->share;
}

/* The place where the digest is, or the empty one where it belongs. */
static uint64_t *place_of(const struct seen *s, uint64_t digest)
{
    uint64_t i = digest & s->mask;
    while (s->places[i] != 0 && s->places[i] != digest)
        i = (i + 1) & s->mask;
    return &s->places[i];
}

/* A name of the share twice? */
static void add(struct seen *s, struct bytes name)
{
    uint64_t digest = digest_of(s, name);
    if (!is_in_share(s, digest))
        return;
    uint64_t *place = place_of(s, digest);
    s->maybe |= *place != 0;
    *place = digest;
}

static size_t common(struct bytes a, const char *b)
{
    size_t n = 0;
    while (n < a.n && b[n] && a.p[n] == (unsigned char)b[n])
        n++;
    return n;
}

/* One of the name's directories a file of the share? Those that it has in common with the name before
 * have been looked at. */
static void look_above(struct seen *s, struct bytes name, char previous[NAME_LIMIT])
{
    size_t slash = bytes_index(name, '/', common(name, previous));
    for (; slash != BYTES_NOT_FOUND; slash = bytes_index(name, '/', slash + 1)) {
        uint64_t digest = digest_of(s, bytes_slice(name, 0, slash));
        s->maybe |= is_in_share(s, digest) && *place_of(s, digest) != 0;
    }
    memcpy(previous, name.p, name.n);
    previous[name.n] = '\0';
}

static bool walk(struct seen *s, const struct spool *lines, bool above, struct fail *fail)
{
    struct spool_walk w = {.spool = lines};
    char previous[NAME_LIMIT] = "";
    struct bytes line;
    bool more = true;
    while (spool_line(&w, &line, &more, fail) && more && !s->maybe) {
        struct bytes name = bytes_slice(line, LISTING_DIGEST + 2, line.n);
        if (above)
            look_above(s, name, previous);
        else
            add(s, name);
    }
    return s->maybe || !more;
}

static bool walk_shares(struct seen *s, const struct spool *lines, struct fail *fail)
{
    for (s->share = 0; s->share < s->shares && !s->maybe; s->share++) {
        memset(s->places, 0, (s->mask + 1) * sizeof *s->places);
        if (!walk(s, lines, false, fail) || !walk(s, lines, true, fail))
            return false;
    }
    return true;
}

bool seen_clash(const struct spool *lines, uint64_t count, bool *maybe, struct fail *fail)
{
    struct seen s = {.mask = 63};
    while (s.mask < 2 * count && s.mask + 1 < PLACES_MOST)
        s.mask = 2 * s.mask + 1;
    s.shares = 1 + 2 * count / (s.mask + 1);
    s.places = malloc((s.mask + 1) * sizeof *s.places);
    if (!s.places)
        return fail_set(fail, "ENOMEM", "no memory for verifying");
    randombytes_buf(s.key, sizeof s.key);
    bool ok = walk_shares(&s, lines, fail);
    *maybe = s.maybe;
    free(s.places);
    return ok;
}
