#include "evidence/listed.h"

enum { PIECE = 32 * 1024 };

/* How many bytes of `what` stand in `found` at `offset`, at most a piece of them. */
static bool compare(const struct spool *found, uint64_t offset, struct bytes what, size_t *same,
                    struct fail *fail)
{
    unsigned char piece[PIECE];
    size_t got = 0;
    size_t n = what.n < sizeof piece ? what.n : sizeof piece;
    *same = 0;
    if (!spool_read(found, offset, piece, n, &got, fail))
        return false;
    if (got > 0 && memcmp(piece, what.p, got) == 0)
        *same = got;
    return true;
}

/* What was not kept, because it stands in `found`, is needed now. */
static bool keep_same(struct listed *l, struct fail *fail)
{
    unsigned char piece[PIECE];
    l->differs = true;
    l->text = spool_new(NULL, fail);
    bool ok = l->text != NULL;
    for (uint64_t at = 0; ok && at < l->same;) {
        size_t got = 0;
        uint64_t left = l->same - at;
        ok = spool_read(l->found, at, piece, left < sizeof piece ? (size_t)left : sizeof piece,
                        &got, fail) &&
             spool_put(l->text, bytes_at(piece, got), fail);
        at += got;
    }
    return ok;
}

bool listed_add(struct listed *l, struct bytes piece, struct fail *fail)
{
    if (!l->differs && !spool_write(l->found, fail))
        return false;
    while (!l->differs && piece.n > 0) {
        size_t same;
        if (!compare(l->found, l->same, piece, &same, fail))
            return false;
        if (same == 0 && !keep_same(l, fail))
            return false;
        l->same += same;
        piece = bytes_slice(piece, same, piece.n);
    }
    return piece.n == 0 || spool_put(l->text, piece, fail);
}

bool listed_is_found(const struct listed *l)
{
    return !l->differs && l->same == spool_size(l->found);
}

bool listed_map(struct listed *l, struct bytes *out, struct fail *fail)
{
    return (l->differs || keep_same(l, fail)) && spool_write(l->text, fail) &&
           spool_map(l->text, out, fail);
}

void listed_free(struct listed *l)
{
    spool_free(l->text);
}
