#include "script/pool.h"

#include <stdlib.h>
#include <string.h>

enum {
    GRAIN = 16,
    SMALL = 512, /* the largest piece from a free list */
    CLASSES = SMALL / GRAIN,
    BLOCK = 64 * 1024,
};

/* A free piece; also the head of a block, in the list of blocks. */
struct piece {
    struct piece *next;
};

struct pool {
    struct piece *free[CLASSES];
    struct piece *blocks;
    unsigned char *at; /* the newest block: what was never handed out begins here */
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
        struct piece *block = p->blocks;
        p->blocks = block->next;
        free(block);
    }
    free(p);
}

static size_t class_of(size_t size)
{
    return (size - 1) / GRAIN;
}

static void *carve(struct pool *p, size_t size)
{
    if (p->left < size) {
        struct piece *block = malloc(BLOCK);
        if (!block)
            return NULL;
        block->next = p->blocks;
        p->blocks = block;
        p->at = (unsigned char *)block + GRAIN;
        p->left = BLOCK - GRAIN;
    }
    void *piece = p->at;
    p->at += size;
    p->left -= size;
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
