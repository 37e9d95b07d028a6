/*
 * exact: an input at the end of a block of exactly its size, so that the sanitizer sees a parser that
 * reads one byte too far; and the tests that every parser shares.
 */
#pragma once

#include "base/buf.h"
#include "proto/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct exact {
    unsigned char *block;
    struct bytes view;
};

static inline struct exact exact_of(struct bytes b)
{
    struct exact e = {.block = malloc(b.n)};
    if (b.n > 0)
        memcpy(e.block, b.p, b.n);
    e.view = bytes_at(e.block, b.n);
    return e;
}

/* The bytes of a string literal, NULs inside it included. */
#define LITERAL(text) bytes_at(text, sizeof(text) - 1)

static inline void assert_bytes(struct bytes got, const char *wanted)
{
    if (!bytes_equal_text(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%s\"", (int)got.n, (const char *)got.p, wanted);
}

/* Runs one parser over `in`, forgetting its result. */
typedef enum parse (*parse_any)(struct bytes in, size_t *used, const char **why);

static inline enum parse parse_exact(parse_any parse, struct bytes in, size_t *used,
                                     const char **why)
{
    struct exact e = exact_of(in);
    enum parse state = parse(e.view, used, why);
    free(e.block);
    return state;
}

/* A whole message is taken, all of it and no more; each of its prefixes is correct so far. */
static inline void assert_whole(parse_any parse, struct bytes message)
{
    size_t used = 0;
    const char *why = "";
    struct buf longer = buf_new(1 << 22);
    for (size_t n = 0; n < message.n; n++)
        if (parse_exact(parse, bytes_slice(message, 0, n), &used, &why) != PARSE_MORE)
            fail_msg("prefix of %zu bytes of \"%.*s\": not PARSE_MORE (%s)", n, (int)message.n,
                     (const char *)message.p, why);
    if (parse_exact(parse, message, &used, &why) != PARSE_OK)
        fail_msg("\"%.*s\": not PARSE_OK (%s)", (int)message.n, (const char *)message.p, why);
    assert_int_equal(used, message.n);
    buf_put(&longer, message);
    buf_put_text(&longer, "what follows");
    assert_int_equal(parse_exact(parse, buf_view(&longer), &used, &why), PARSE_OK);
    assert_int_equal(used, message.n);
    buf_free(&longer);
}

static inline void assert_bad(parse_any parse, struct bytes in, const char *because)
{
    size_t used = 0;
    const char *why = "";
    if (parse_exact(parse, in, &used, &why) != PARSE_BAD)
        fail_msg("\"%.*s\": not PARSE_BAD", (int)in.n, (const char *)in.p);
    if (!strstr(why, because))
        fail_msg("bad because \"%s\", not because \"%s\"", why, because);
}

/* n times the same byte between two texts. */
static inline struct buf padded(const char *before, unsigned char byte, size_t n, const char *after)
{
    struct buf b = buf_new(1 << 22);
    buf_put_text(&b, before);
    memset(buf_reserve(&b, n), byte, n);
    buf_commit(&b, n);
    buf_put_text(&b, after);
    return b;
}
