/*
 * tree: the Merkle tree of RFC 9162, section 2.1, over hashes of leaves that come one after the other.
 *
 * It knows no input or output. Each function borrows a digest object, which is at no work before and after.
 */
#pragma once

#include "base/hash.h"

#include <stdint.h>

enum { TREE_HEIGHT = 64 };

/* A tree that grows: of each complete subtree on its right edge only the root. {0} is the empty one. */
struct tree {
    uint64_t count;                               /* of leaves */
    unsigned char edge[TREE_HEIGHT][SHA256_SIZE]; /* [k]: of 2^k leaves, where count has bit k */
};

/* The hash of a leaf whose entry is these pieces, put together. */
void tree_leaf(struct sha256 *h, const struct bytes *pieces, size_t n,
               unsigned char out[SHA256_SIZE]);
/* Appends a leaf's hash. */
void tree_add(struct tree *t, struct sha256 *h, const unsigned char leaf[SHA256_SIZE]);
/* MTH of all leaves so far (section 2.1.1). */
void tree_root(const struct tree *t, struct sha256 *h, unsigned char out[SHA256_SIZE]);

/* Of a list of n > 1 leaves the left subtree's number: the largest power of two below n. */
uint64_t tree_split(uint64_t n);
/* Is the leaf number `index`, from 0, of `size` in the tree with this root? `path`: hashes, that nearest to the leaf
 * first (section 2.1.3.2). Fuzzed. */
bool tree_holds(struct sha256 *h, const unsigned char leaf[SHA256_SIZE], uint64_t index,
                uint64_t size, struct bytes path, const unsigned char root[SHA256_SIZE]);
