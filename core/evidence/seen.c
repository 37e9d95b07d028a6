#include "evidence/seen.h"

#include "evidence/listing.h"
#include "evidence/spool.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>

/* A table of digests; 0 marks an empty place. */
struct seen {
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places;
    uint64_t mask;
};

static uint64_t digest_of(const struct seen *s, struct bytes name)
{
    uint64_t digest = 0;
    crypto_shorthash((unsigned char *)&digest, name.p, name.n, s->key);
    return digest ? digest : 1;
}

/* The place where the digest is, or the empty one where it belongs. */
static uint64_t *place_of(const struct seen *s, uint64_t digest)
{
    uint64_t i = digest & s->mask;
    while (s->places[i] != 0 && s->places[i] != digest)
        i = (i + 1) & s->mask;
    return &s->places[i];
}

static bool has(const struct seen *s, struct bytes name)
{
    return *place_of(s, digest_of(s, name)) != 0;
}

/* False when it was there already. */
static bool add(struct seen *s, struct bytes name)
{
    uint64_t digest = digest_of(s, name);
    uint64_t *place = place_of(s, digest);
    bool is_new = *place == 0;
    *place = digest;
    return is_new;
}

static struct bytes next_name(struct bytes lines, size_t *at)
{
    size_t end = bytes_index(lines, '\n', *at);
    struct bytes name = bytes_slice(lines, *at + LISTING_DIGEST + 2, end);
    *at = end + 1;
    return name;
}

static size_t common(struct bytes a, struct bytes b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

/* True when one of the name's directories is a file's name too; those that it shares with the name
 * before have been looked at. */
static bool below_a_file(const struct seen *s, struct bytes name, struct bytes previous)
{
    size_t slash = bytes_index(name, '/', common(name, previous));
    for (; slash != BYTES_NOT_FOUND; slash = bytes_index(name, '/', slash + 1)) {
        if (has(s, bytes_slice(name, 0, slash)))
            return true;
    }
    return false;
}

static bool any_twice(struct seen *s, struct bytes lines)
{
    for (size_t at = 0; at < lines.n;) {
        if (!add(s, next_name(lines, &at)))
            return true;
    }
    return false;
}

static bool any_below_a_file(const struct seen *s, struct bytes lines)
{
    struct bytes previous = {NULL, 0};
    for (size_t at = 0; at < lines.n;) {
        struct bytes name = next_name(lines, &at);
        if (below_a_file(s, name, previous))
            return true;
        previous = name;
    }
    return false;
}

bool seen_clash(struct bytes lines, uint64_t count, bool *maybe, struct fail *fail)
{
    struct seen s = {.mask = 63};
    *maybe = false;
    while (s.mask < 2 * count)
        s.mask = 2 * s.mask + 1;
    size_t size = (s.mask + 1) * sizeof *s.places;
    s.places = spool_memory(size, fail);
    if (!s.places)
        return false;
    randombytes_buf(s.key, sizeof s.key);
    *maybe = any_twice(&s, lines) || any_below_a_file(&s, lines);
    munmap(s.places, size);
    return true;
}
