#include "base/random.h"

#include "base/check.h"

#include <sodium.h>
#include <string.h>

void random_bytes(void *out, size_t n)
{
    randombytes_buf(out, n);
}

void random_take(struct random_lot *lot, void *out, size_t n)
{
    require(n <= sizeof lot->bytes);
    if (n > lot->left) {
        random_bytes(lot->bytes, sizeof lot->bytes);
        lot->left = sizeof lot->bytes;
    }
    lot->left -= n;
    memcpy(out, lot->bytes + lot->left, n);
    sodium_memzero(lot->bytes + lot->left, n);
}
