/*
 * claim: what the fuzz targets share: a claim that ends the process when it does not hold, and the
 * claims that every parser of proto/ must keep.
 */
#pragma once

#include "base/buf.h"
#include "base/check.h"
#include "proto/parse.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One parser, its result forgotten. */
typedef enum parse (*parse_any)(struct bytes in, size_t *used);

/* Parses a copy in a block of exactly its size, where a read beyond is seen. */
static inline enum parse parse_copy(parse_any parse, struct bytes in, size_t *used)
{
    unsigned char *block = malloc(in.n);
    require(in.n == 0 || block);
    if (in.n > 0)
        memcpy(block, in.p, in.n);
    enum parse state = parse(bytes_at(block, in.n), used);
    free(block);
    return state;
}

/* What comes later can't make a bad message good. */
static inline void claim_bad_stays_bad(parse_any parse, struct bytes in)
{
    size_t used = 0;
    struct buf longer = buf_new(in.n + 8);
    buf_put(&longer, in);
    buf_put_text(&longer, "\r\n.\r\n\r\n");
    require(parse_copy(parse, buf_view(&longer), &used) == PARSE_BAD);
    buf_free(&longer);
}

/* Complete: needs all its bytes and none behind them. Incomplete: so is each prefix. */
static inline void claim_parser(parse_any parse, struct bytes in)
{
    size_t used = 0;
    size_t again = 0;
    enum parse state = parse(in, &used);
    if (state == PARSE_BAD) {
        claim_bad_stays_bad(parse, in);
        return;
    }
    require(state == PARSE_MORE || (used > 0 && used <= in.n));
    size_t whole = state == PARSE_OK ? used : in.n;
    if (state == PARSE_OK) {
        require(parse_copy(parse, bytes_slice(in, 0, used), &again) == PARSE_OK);
        require(again == used);
    }
    for (size_t n = 0; n < whole; n += 1 + n / 8)
        require(parse_copy(parse, bytes_slice(in, 0, n), &again) == PARSE_MORE);
    if (whole > 0)
        require(parse_copy(parse, bytes_slice(in, 0, whole - 1), &again) == PARSE_MORE);
}

/* b lies within in. */
static inline void claim_within(struct bytes b, struct bytes in)
{
    require(b.n == 0 || (b.p >= in.p && b.p + b.n <= in.p + in.n));
}

/* The part of *rest up to the next byte 1E, which is taken too: how one input gives several fields. */
static inline struct bytes next_field(struct bytes *rest)
{
    size_t end = bytes_index(*rest, 0x1e, 0);
    struct bytes field = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_slice(*rest, rest->n, rest->n)
                                   : bytes_slice(*rest, end + 1, rest->n);
    return field;
}
