#include "script/pool.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRAIN = 16,
    SMALL = 512, /* the largest piece from a free list */
    CLASSES = SMALL / GRAIN,
    ALIGNED = 32 * 1024,
    BLOCK = ALIGNED - 16, /* so that malloc's own words stand between two and no gap does */
};

struct piece {
    struct piece *next;
};

/* The head of a block, at a multiple of ALIGNED. */
struct block {
    struct block *next;
    uint32_t carved; /* bytes that were handed out once */
    uint32_t free;   /* of these; counted by pool_trim alone */
};

struct pool {
    struct piece *free[CLASSES];
    struct block *blocks; /* the newest first */
    unsigned char *at;    /* the newest block: what was never handed out begins here */
    size_t left;
};

struct pool *pool_new(void)
{
    return calloc(1, sizeof(struct pool));
}

void pool_free(struct pool *p)
{
    if (!p)
        return;
    while (p->blocks) {
        struct block *block = p->blocks;
        p->blocks = block->next;
        free(block);
    }
    free(p);
}

static struct block *block_of(const struct piece *piece)
{
    uintptr_t at = (uintptr_t)piece & ~(uintptr_t)(ALIGNED - 1);
    return (struct block *)at; // NOLINT(performance-no-int-to-ptr)
}

static size_t class_of(size_t size)
{
    return (size - 1) / GRAIN;
}

static void *carve(struct pool *p, size_t size)
{
    if (p->left < size) {
        void *memory = NULL;
        if (posix_memalign(&memory, ALIGNED, BLOCK) != 0)
            return NULL;
        struct block *block = memory;
        *block = (struct block){.next = p->blocks};
        p->blocks = block;
        p->at = (unsigned char *)block + GRAIN;
        p->left = BLOCK - GRAIN;
    }
    void *piece = p->at;
    p->at += size;
    p->left -= size;
    p->blocks->carved += (uint32_t)size;
    return piece;
}

static void *take(struct pool *p, size_t size)
{
    if (size > SMALL)
        return malloc(size);
    size_t class = class_of(size);
    struct piece *piece = p->free[class];
    if (!piece)
        return carve(p, (class + 1) * GRAIN);
    p->free[class] = piece->next;
    __builtin_prefetch(piece->next); /* the next one taken is cold otherwise */
    return piece;
}

static void give(struct pool *p, void *old, size_t old_size)
{
    if (old_size > SMALL) {
        free(old);
        return;
    }
    struct piece *piece = old;
    size_t class = class_of(old_size);
    piece->next = p->free[class];
    p->free[class] = piece;
}

void *pool_resize(struct pool *p, void *old, size_t old_size, size_t size)
{
    if (!old || old_size == 0)
        return size ? take(p, size) : NULL;
    if (size == 0) {
        give(p, old, old_size);
        return NULL;
    }
    if (old_size > SMALL && size > SMALL)
        return realloc(old, size);
    if (old_size <= SMALL && size <= SMALL && class_of(old_size) == class_of(size))
        return old;
    void *new = take(p, size);
    if (!new)
        return NULL;
    memcpy(new, old, old_size < size ? old_size : size);
    give(p, old, old_size);
    return new;
}

static void count_free(struct pool *p)
{
    for (struct block *b = p->blocks; b; b = b->next)
        b->free = 0;
    for (size_t class = 0; class < CLASSES; class ++)
        for (struct piece *piece = p->free[class]; piece; piece = piece->next)
            block_of(piece)->free += (uint32_t)((class + 1) * GRAIN);
}

/* Nothing of it is in use, nor is it the one that is being carved. */
static bool is_empty(const struct pool *p, const struct block *b)
{
    return b != p->blocks && b->free == b->carved;
}

void pool_trim(struct pool *p)
{
    count_free(p);
    for (size_t class = 0; class < CLASSES; class ++)
        for (struct piece **at = &p->free[class]; *at;) {
            if (is_empty(p, block_of(*at)))
                *at = (*at)->next;
            else
                at = &(*at)->next;
        }
    for (struct block **at = p->blocks ? &p->blocks->next : NULL; at && *at;) {
        struct block *b = *at;
        if (is_empty(p, b)) {
            *at = b->next;
            free(b);
        } else {
            at = &b->next;
        }
    }
    malloc_trim(0);
}
