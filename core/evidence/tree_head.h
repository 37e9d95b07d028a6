/*
 * tree_head: tree-head.txt, what is signed of a bundle's tree and of the run before it (doc/evidence.md, "The tree").
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/hash.h"

#define TREE_HEAD_FILE "tree-head.txt"

/* The place of a run in its key's chain (doc/evidence.md, "The chain"). */
struct chain_link {
    unsigned long number;                /* from 1; 0: it is in no chain */
    unsigned char previous[SHA256_SIZE]; /* of the tree head before; when number > 1 */
    unsigned long previous_cases;
};

struct tree_head {
    unsigned long cases;
    unsigned char root[SHA256_SIZE];
    unsigned char run[SHA256_SIZE]; /* over the files that belong to no case */
    struct chain_link chain;
};

bool tree_head_put(struct buf *out, const struct tree_head *head);
/* Exactly what tree_head_put writes. Fuzzed. */
bool tree_head_parse(struct bytes text, struct tree_head *out, struct fail *fail);

/* SHA-256 of these manifest lines (each checked: listing.h), in the order of their names. */
bool tree_head_run(struct bytes lines, unsigned char out[SHA256_SIZE], struct fail *fail);
