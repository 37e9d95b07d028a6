/*
 * http_chunk: the chunked transfer coding (RFC 9112, section 7.1), decoded as it arrives.
 *
 * The overhead a peer may spend is bounded: sizes of at most 8 digits, extensions and trailers of at
 * most HTTP_CHUNK_OVERHEAD bytes in all.
 */
#pragma once

#include "base/buf.h"
#include "proto/parse.h"

enum { HTTP_CHUNK_OVERHEAD = 8192 };

/* Zeroed by the caller before the first call. */
struct http_chunks {
    unsigned state;
    unsigned long left; /* bytes left in the current chunk, or size digits read */
    size_t overhead;
};

/* Takes all it can of `in`: *used bytes; decoded bytes are appended to out (whose limit bounds the
 * body: PARSE_BAD when passed). PARSE_OK at the end of the trailer section. */
enum parse http_chunks_parse(struct http_chunks *c, struct bytes in, struct buf *out, size_t *used,
                             const char **why);
