/*
 * pool: memory for a Lua state: small pieces from free lists by size, in blocks that are given back with
 * the pool, or when it is trimmed; large ones from malloc.
 */
#pragma once

#include <stddef.h>

struct pool;

struct pool *pool_new(void);
/* Gives back all blocks: no piece may be used any more. Large pieces must have been freed. */
void pool_free(struct pool *p);
/* Gives the system back what is not in use; takes a look at each free piece. */
void pool_trim(struct pool *p);
/* As realloc, but that the old size is told; size 0 frees. NULL when no memory is left. */
void *pool_resize(struct pool *p, void *old, size_t old_size, size_t size);
