/*
 * given: what the tests of this house share.
 */
#pragma once

#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The bytes of a string literal, NULs inside it included. */
#define LITERAL(text) bytes_at(text, sizeof(text) - 1)

static inline void assert_bytes(struct bytes got, const char *wanted)
{
    if (!bytes_equal_text(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%s\"", (int)got.n, (const char *)got.p, wanted);
}

/* A copy in a block of exactly its size, where the sanitizer sees a read beyond. */
static inline unsigned char *exact_copy(struct bytes b)
{
    unsigned char *block = malloc(b.n);
    if (b.n > 0)
        memcpy(block, b.p, b.n);
    return block;
}
