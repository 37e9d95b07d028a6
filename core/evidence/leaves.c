#include "evidence/leaves.h"

#include <stdlib.h>
#include <string.h>

enum { SHARE = 64 * 1024, SHARE_MOST = 2 * SHARE, PIECE = 1024 };

uint64_t leaves_count(const struct spool *leaves)
{
    return spool_size(leaves) / SHA256_SIZE;
}

/* Hands on the leaves from `from` to `to`, in their order. */
typedef bool (*leaf_fn)(void *arg, const unsigned char leaf[SHA256_SIZE], struct fail *fail);
static bool each(const struct spool *s, uint64_t from, uint64_t to, leaf_fn fn, void *arg,
                 struct fail *fail)
{
    unsigned char piece[PIECE * SHA256_SIZE];
    for (uint64_t at = from; at < to;) {
        size_t got = 0;
        uint64_t want = to - at < PIECE ? to - at : PIECE;
        if (!spool_read(s, at * SHA256_SIZE, piece, (size_t)want * SHA256_SIZE, &got, fail))
            return false;
        if (got < SHA256_SIZE)
            return fail_set(fail, "EIO", "a temporary file lost its end");
        for (size_t i = 0; i + SHA256_SIZE <= got; i += SHA256_SIZE, at++) {
            if (!fn(arg, piece + i, fail))
                return false;
        }
    }
    return true;
}

/* ---- sorting ---- */

struct share {
    unsigned char *leaves;
    size_t count;
    uint64_t shares;
    uint64_t which;
};

/* Hashes are spread evenly: their first 32 bits choose the share, and the shares follow each other. */
static uint64_t share_of(const struct share *s, const unsigned char leaf[SHA256_SIZE])
{
    uint64_t begin = (uint64_t)leaf[0] << 24 | (uint64_t)leaf[1] << 16 | (uint64_t)leaf[2] << 8 |
                     (uint64_t)leaf[3];
    return begin * s->shares >> 32;
}

static bool take(void *arg, const unsigned char leaf[SHA256_SIZE], struct fail *fail)
{
    struct share *s = arg;
    if (share_of(s, leaf) != s->which)
        return true;
    if (s->count == SHARE_MOST)
        return fail_set(fail, "ELIMIT", "the cases' leaves are no hashes: too many are alike");
    memcpy(s->leaves + s->count++ * SHA256_SIZE, leaf, SHA256_SIZE);
    return true;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, SHA256_SIZE);
}

static bool each_share(struct share *s, const struct spool *from, leaf_fn fn, void *arg,
                       struct fail *fail)
{
    for (s->which = 0; s->which < s->shares; s->which++) {
        s->count = 0;
        if (!each(from, 0, leaves_count(from), take, s, fail))
            return false;
        qsort(s->leaves, s->count, SHA256_SIZE, compare);
        for (size_t i = 0; i < s->count; i++) {
            if (!fn(arg, s->leaves + i * SHA256_SIZE, fail))
                return false;
        }
    }
    return true;
}

/* Hands all leaves on, sorted. */
static bool each_sorted(const struct spool *from, leaf_fn fn, void *arg, struct fail *fail)
{
    uint64_t count = leaves_count(from);
    struct share s = {.shares = 1 + count / SHARE};
    s.leaves = malloc((count < SHARE_MOST ? (size_t)count + 1 : SHARE_MOST) * SHA256_SIZE);
    if (!s.leaves)
        return fail_set(fail, "ENOMEM", "no memory for the cases' leaves");
    bool ok = each_share(&s, from, fn, arg, fail);
    free(s.leaves);
    return ok;
}

static bool put(void *arg, const unsigned char leaf[SHA256_SIZE], struct fail *fail)
{
    return spool_put(arg, bytes_at(leaf, SHA256_SIZE), fail);
}

bool leaves_sort(const struct spool *from, struct spool *to, struct fail *fail)
{
    return each_sorted(from, put, to, fail) && spool_write(to, fail);
}

/* ---- the tree over them ---- */

struct search {
    const unsigned char *wanted;
    uint64_t seen;
    bool found;
};

static bool look(void *arg, const unsigned char leaf[SHA256_SIZE], struct fail *fail)
{
    struct search *s = arg;
    (void)fail;
    s->found = s->found || memcmp(leaf, s->wanted, SHA256_SIZE) == 0;
    s->seen += !s->found;
    return true;
}

bool leaves_find(const struct spool *sorted, const unsigned char leaf[SHA256_SIZE], uint64_t *index,
                 struct fail *fail)
{
    struct search s = {.wanted = leaf};
    if (!each(sorted, 0, leaves_count(sorted), look, &s, fail))
        return false;
    *index = s.seen;
    return s.found || fail_set(fail, "ENOENT", "the case is not in the tree");
}

struct growing {
    struct tree tree;
    struct sha256 *h;
};

static bool grow(void *arg, const unsigned char leaf[SHA256_SIZE], struct fail *fail)
{
    struct growing *g = arg;
    (void)fail;
    tree_add(&g->tree, g->h, leaf);
    return true;
}

static bool root_of(const struct spool *sorted, struct sha256 *h, uint64_t from, uint64_t to,
                    unsigned char out[SHA256_SIZE], struct fail *fail)
{
    struct growing g = {.h = h};
    if (!each(sorted, from, to, grow, &g, fail))
        return false;
    tree_root(&g.tree, h, out);
    return true;
}

bool leaves_root(const struct spool *leaves, struct sha256 *h, unsigned char out[SHA256_SIZE],
                 struct fail *fail)
{
    struct growing g = {.h = h};
    if (!each_sorted(leaves, grow, &g, fail))
        return false;
    tree_root(&g.tree, h, out);
    return true;
}

/* From the root down the sibling of each subtree that the leaf is in; together they are all other leaves, so each is
 * read once. */
bool leaves_path(const struct spool *sorted, struct sha256 *h, uint64_t index, struct buf *out,
                 struct fail *fail)
{
    unsigned char path[TREE_HEIGHT][SHA256_SIZE];
    unsigned n = 0;
    uint64_t from = 0;
    uint64_t to = leaves_count(sorted);
    while (to - from > 1) {
        uint64_t middle = from + tree_split(to - from);
        bool left = index < middle;
        if (!root_of(sorted, h, left ? middle : from, left ? to : middle, path[n++], fail))
            return false;
        *(left ? &to : &from) = middle;
    }
    while (n > 0)
        buf_put(out, bytes_at(path[--n], SHA256_SIZE));
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a proof");
}
