#include "guard/prefix_set.h"

#include "base/check.h"

#include <stdlib.h>
#include <string.h>

enum { LENGTHS4 = 33, LENGTHS6 = 129, LEVELS = LENGTHS4 + LENGTHS6, FIRST_ROOM = 16 };

/* The prefixes of one family and length, one behind the other, `width` bytes each. */
struct level {
    unsigned char *keys;
    size_t n;
    size_t room;
};

struct prefix_set {
    struct level levels[LEVELS];
    bool sorted;
    unsigned char
        held[LEVELS]; /* once it is sorted: the levels that hold something, those of IPv4 first */
    unsigned held4, held_all; /* how many of IPv4, and in all */
};

static size_t width_of(unsigned level)
{
    return level < LENGTHS4 ? 4 : 16;
}

static unsigned bits_of(unsigned level)
{
    return level < LENGTHS4 ? level : level - LENGTHS4;
}

static void cut(unsigned char *ip, size_t width, unsigned bits)
{
    for (size_t i = (bits + 7) / 8; i < width; i++)
        ip[i] = 0;
    if (bits % 8)
        ip[bits / 8] &= (unsigned char)(0xff00u >> bits % 8);
}

struct prefix_set *prefix_set_new(void)
{
    struct prefix_set *set = calloc(1, sizeof *set);
    if (set)
        set->sorted = true;
    return set;
}

void prefix_set_free(struct prefix_set *set)
{
    if (!set)
        return;
    for (unsigned i = 0; i < LEVELS; i++)
        free(set->levels[i].keys);
    free(set);
}

static bool make_room(struct level *level, size_t more, size_t width)
{
    if (level->n + more <= level->room)
        return true;
    size_t room = level->room ? level->room : FIRST_ROOM;
    while (room < level->n + more)
        room += room / 2;
    unsigned char *keys = realloc(level->keys, room * width);
    if (!keys)
        return false;
    level->keys = keys;
    level->room = room;
    return true;
}

bool prefix_set_add(struct prefix_set *set, const struct prefix *p)
{
    bool six = p->base.family == ADDR_IPV6;
    require(p->bits <= (six ? 128 : 32));
    struct level *level = &set->levels[p->bits + (six ? LENGTHS4 : 0)];
    size_t width = six ? 16 : 4;
    if (!make_room(level, 1, width))
        return false;
    unsigned char *key = level->keys + level->n * width;
    memcpy(key, p->base.ip, width);
    cut(key, width, p->bits);
    level->n++;
    set->sorted = false;
    return true;
}

bool prefix_set_merge(struct prefix_set *set, const struct prefix_set *more)
{
    for (unsigned i = 0; i < LEVELS; i++) {
        const struct level *from = &more->levels[i];
        struct level *to = &set->levels[i];
        size_t width = width_of(i);
        if (from->n == 0)
            continue;
        if (!make_room(to, from->n, width))
            return false;
        memcpy(to->keys + to->n * width, from->keys, from->n * width);
        to->n += from->n;
        set->sorted = false;
    }
    return true;
}

static int compare4(const void *a, const void *b)
{
    return memcmp(a, b, 4);
}

static int compare16(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static void sort_level(struct level *level, size_t width)
{
    if (level->n < 2)
        return;
    qsort(level->keys, level->n, width, width == 4 ? compare4 : compare16);
    size_t kept = 1;
    for (size_t i = 1; i < level->n; i++) {
        const unsigned char *key = level->keys + i * width;
        if (memcmp(key, level->keys + (kept - 1) * width, width) != 0)
            memmove(level->keys + kept++ * width, key, width);
    }
    level->n = kept;
}

void prefix_set_sort(struct prefix_set *set)
{
    if (set->sorted)
        return;
    set->sorted = true;
    set->held4 = set->held_all = 0;
    for (unsigned i = 0; i < LEVELS; i++) {
        if (set->levels[i].n == 0)
            continue;
        sort_level(&set->levels[i], width_of(i));
        set->held[set->held_all++] = (unsigned char)i;
        set->held4 += i < LENGTHS4;
    }
}

bool prefix_set_has(const struct prefix_set *set, const struct addr *a)
{
    require(set->sorted);
    unsigned first = a->family == ADDR_IPV6 ? set->held4 : 0;
    unsigned end = a->family == ADDR_IPV6 ? set->held_all : a->family == ADDR_IPV4 ? set->held4 : 0;
    for (unsigned i = first; i < end; i++) {
        const struct level *level = &set->levels[set->held[i]];
        size_t width = width_of(set->held[i]);
        unsigned char key[16];
        memcpy(key, a->ip, width);
        cut(key, width, bits_of(set->held[i]));
        if (bsearch(key, level->keys, level->n, width, width == 4 ? compare4 : compare16))
            return true;
    }
    return false;
}

size_t prefix_set_count(const struct prefix_set *set)
{
    size_t n = 0;
    for (unsigned i = 0; i < LEVELS; i++)
        n += set->levels[i].n;
    return n;
}
