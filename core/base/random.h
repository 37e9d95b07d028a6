/*
 * random: bytes from the system's generator, fit for keys and tokens.
 */
#pragma once

#include <stddef.h>

void random_bytes(void *out, size_t n);

/* Fetched from the kernel in lots: a few at a time would each be a system call. Begin with {0}. */
enum { RANDOM_LOT = 512 };
struct random_lot {
    unsigned char bytes[RANDOM_LOT];
    size_t left;
};
/* At most RANDOM_LOT at once; the lot forgets what it has given. */
void random_take(struct random_lot *lot, void *out, size_t n);
