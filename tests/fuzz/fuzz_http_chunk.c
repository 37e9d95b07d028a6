/* A chunked body is the same in one piece and in pieces of any size. */
#include "claim.h"
#include "proto/http_chunk.h"

enum { LIMIT = 4096 };

/* Feeds `in` in pieces of at most `step` bytes. */
static enum parse feed(struct bytes in, size_t step, struct buf *out, size_t *total)
{
    struct http_chunks c = {0};
    enum parse state = PARSE_MORE;
    *total = 0;
    for (size_t at = 0; at < in.n && state == PARSE_MORE; at += step) {
        struct bytes piece = bytes_slice(in, at, at + step);
        size_t used = 0;
        const char *why = NULL;
        state = http_chunks_parse(&c, piece, out, &used, &why);
        require(state != PARSE_BAD || why);
        require(state != PARSE_MORE || used == piece.n);
        require(used <= piece.n && c.overhead <= HTTP_CHUNK_OVERHEAD + 1);
        *total += used;
    }
    return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct bytes in = bytes_at(data + 1, size - 1);
    struct buf whole = buf_new(LIMIT);
    struct buf pieces = buf_new(LIMIT);
    size_t used = 0;
    size_t used_again = 0;
    enum parse state = feed(in, in.n + 1, &whole, &used);
    enum parse again = feed(in, 1 + data[0] % 16, &pieces, &used_again);
    require(state == again);
    if (state != PARSE_BAD) {
        require(used == used_again && bytes_equal(buf_view(&whole), buf_view(&pieces)));
        require(whole.n <= in.n);
    }
    buf_free(&whole);
    buf_free(&pieces);
    return 0;
}
