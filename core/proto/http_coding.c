#include "proto/http_coding.h"

#define ZLIB_CONST
#include <zlib.h>

enum { PIECE = 4096, WRAPPED = 32 + MAX_WBITS, BARE = -MAX_WBITS };

/* Whether there may be more. */
static bool inflate_piece(z_stream *z, struct buf *out)
{
    size_t room = out->limit - out->n < PIECE ? out->limit - out->n : PIECE;
    unsigned char *to = room > 0 ? buf_reserve(out, room) : NULL;
    if (!to)
        return false;
    z->next_out = to;
    z->avail_out = (uInt)room;
    int state = inflate(z, Z_NO_FLUSH);
    buf_commit(out, room - z->avail_out);
    return state == Z_OK;
}

static bool undo(struct bytes in, int window, struct buf *out)
{
    size_t before = out->n;
    z_stream z = {0};
    if (inflateInit2(&z, window) != Z_OK)
        return false;
    z.next_in = in.p;
    z.avail_in = (uInt)in.n;
    while (inflate_piece(&z, out))
        ;
    inflateEnd(&z);
    return out->n > before;
}

bool http_coding_undo(struct bytes in, struct buf *out)
{
    if (in.n > UINT32_MAX / 2)
        return false;
    return undo(in, WRAPPED, out) || undo(in, BARE, out);
}
