#include "cli/seen.h"

#include "base/random.h"

#include <stdlib.h>

enum { KEY_BITS = 0, KEY_PORT = 1, KEY_IP = 3, KEY_MOST = 20, ROOM_FIRST = 1024 };

static size_t width_of(const struct prefix *p)
{
    return p->base.family == ADDR_IPV4 ? 8 : KEY_MOST;
}

/* The first byte is never 0: a slot that begins with 0 is free. */
static void make_key(const struct prefix *p, unsigned bits, unsigned char key[KEY_MOST])
{
    size_t n = addr_ip_length(&p->base);
    memset(key, 0, KEY_MOST);
    key[KEY_BITS] = (unsigned char)(bits + 1);
    key[KEY_PORT] = (unsigned char)(p->base.port >> 8);
    key[KEY_PORT + 1] = (unsigned char)p->base.port;
    for (size_t i = 0; i < n && i * 8 < bits; i++) {
        unsigned left = bits - (unsigned)i * 8;
        key[KEY_IP + i] = p->base.ip[i] & (left >= 8 ? 0xff : (unsigned char)(0xff00U >> left));
    }
}

/* Where the key is, or the free slot where it would go (FNV-1a, and the upper bits mixed in). */
static unsigned char *find(const struct seen_table *t, size_t width, uint64_t seed,
                           const unsigned char *key)
{
    uint64_t h = seed;
    for (size_t i = 0; i < width; i++)
        h = (h ^ key[i]) * 0x100000001b3U;
    h ^= h >> 32;
    for (;; h++) {
        unsigned char *slot = t->slots + (h & (t->room - 1)) * width;
        if (slot[KEY_BITS] == 0 || memcmp(slot, key, width) == 0)
            return slot;
    }
}

static bool grow(struct seen_table *t, size_t width, uint64_t seed)
{
    struct seen_table wider = *t;
    wider.room = t->room ? t->room * 2 : ROOM_FIRST;
    wider.slots = calloc(wider.room, width);
    if (!wider.slots)
        return false;
    for (size_t i = 0; i < t->room; i++) {
        const unsigned char *slot = t->slots + i * width;
        if (slot[KEY_BITS] != 0)
            memcpy(find(&wider, width, seed, slot), slot, width);
    }
    free(t->slots);
    *t = wider;
    return true;
}

void seen_begin(struct seen *s)
{
    *s = (struct seen){0};
    random_bytes(&s->seed, sizeof s->seed);
}

void seen_free(struct seen *s)
{
    free(s->tables[0].slots);
    free(s->tables[1].slots);
    *s = (struct seen){0};
}

static size_t index_of(const struct addr *a)
{
    return a->family == ADDR_IPV6;
}

bool seen_covers(const struct seen *s, const struct prefix *network)
{
    unsigned char key[KEY_MOST];
    const struct seen_table *t = &s->tables[index_of(&network->base)];
    for (unsigned bits = 0; t->used > 0 && bits <= network->bits; bits++) {
        if (!t->lengths[bits])
            continue;
        make_key(network, bits, key);
        if (*find(t, width_of(network), s->seed, key) != 0)
            return true;
    }
    return false;
}

bool seen_has(const struct seen *s, const struct addr *a)
{
    struct prefix one = {.base = addr_unmapped(*a)};
    one.bits = (unsigned char)(addr_ip_length(&one.base) * 8);
    return seen_covers(s, &one);
}

bool seen_add(struct seen *s, const struct prefix *network)
{
    unsigned char key[KEY_MOST];
    struct prefix p = *network;
    if (p.bits == 128) {
        p.base = addr_unmapped(p.base);
        p.bits = (unsigned char)(addr_ip_length(&p.base) * 8);
    }
    struct seen_table *t = &s->tables[index_of(&p.base)];
    size_t width = width_of(&p);
    if (t->used >= t->room / 4 * 3 && !grow(t, width, s->seed))
        return false;
    make_key(&p, p.bits, key);
    unsigned char *slot = find(t, width, s->seed, key);
    t->used += *slot == 0;
    t->lengths[p.bits] = 1;
    memcpy(slot, key, width);
    return true;
}
