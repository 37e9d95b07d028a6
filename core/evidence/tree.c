#include "evidence/tree.h"

#include <string.h>

enum { SHORT = 512 };

/* Nearly all leaves are short, and then gathering them costs less than a call to the library for each piece. */
void tree_leaf(struct sha256 *h, const struct bytes *pieces, size_t n,
               unsigned char out[SHA256_SIZE])
{
    unsigned char gathered[SHORT];
    size_t size = 0;
    sha256_start(h);
    gathered[size++] = 0;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].n > SHORT - size) {
            sha256_add(h, bytes_at(gathered, size));
            size = 0;
        }
        if (pieces[i].n > SHORT) {
            sha256_add(h, pieces[i]);
        } else if (pieces[i].n > 0) {
            memcpy(gathered + size, pieces[i].p, pieces[i].n);
            size += pieces[i].n;
        }
    }
    sha256_add(h, bytes_at(gathered, size));
    sha256_finish(h, out);
}

/* `out` may be one of the two. */
static void node(struct sha256 *h, const unsigned char left[SHA256_SIZE],
                 const unsigned char right[SHA256_SIZE], unsigned char out[SHA256_SIZE])
{
    unsigned char both[1 + 2 * SHA256_SIZE] = {1};
    memcpy(both + 1, left, SHA256_SIZE);
    memcpy(both + 1 + SHA256_SIZE, right, SHA256_SIZE);
    sha256_start(h);
    sha256_add(h, bytes_at(both, sizeof both));
    sha256_finish(h, out);
}

void tree_add(struct tree *t, struct sha256 *h, const unsigned char leaf[SHA256_SIZE])
{
    unsigned char whole[SHA256_SIZE];
    unsigned k = 0;
    memcpy(whole, leaf, SHA256_SIZE);
    for (; t->count >> k & 1; k++)
        node(h, t->edge[k], whole, whole);
    memcpy(t->edge[k], whole, SHA256_SIZE);
    t->count++;
}

void tree_root(const struct tree *t, struct sha256 *h, unsigned char out[SHA256_SIZE])
{
    bool any = false;
    if (t->count == 0) { /* of the empty tree */
        sha256_start(h);
        sha256_finish(h, out);
    }
    for (unsigned k = 0; k < TREE_HEIGHT; k++) {
        if (!(t->count >> k & 1))
            continue;
        if (any)
            node(h, t->edge[k], out, out);
        else
            memcpy(out, t->edge[k], SHA256_SIZE);
        any = true;
    }
}

uint64_t tree_split(uint64_t n)
{
    uint64_t k = 1;
    while (k < n - k)
        k *= 2;
    return k;
}

/* fn and sn, shifted until what comes next is on the left, or there is nothing left. */
static void skip(uint64_t *fn, uint64_t *sn)
{
    while (*fn != 0 && !(*fn & 1)) {
        *fn >>= 1;
        *sn >>= 1;
    }
}

bool tree_holds(struct sha256 *h, const unsigned char leaf[SHA256_SIZE], uint64_t index,
                uint64_t size, struct bytes path, const unsigned char root[SHA256_SIZE])
{
    unsigned char r[SHA256_SIZE];
    uint64_t fn = index;
    uint64_t sn = size - 1;
    if (index >= size || path.n % SHA256_SIZE != 0)
        return false;
    memcpy(r, leaf, SHA256_SIZE);
    for (size_t at = 0; at < path.n; at += SHA256_SIZE) {
        const unsigned char *p = path.p + at;
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            node(h, p, r, r);
            if (!(fn & 1))
                skip(&fn, &sn);
        } else {
            node(h, r, p, r);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash_equal(r, root, SHA256_SIZE);
}
