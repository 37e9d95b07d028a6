/*
 * proof: proof.txt, which says where the case of an extract stands in the tree of its bundle (doc/evidence.md,
 * "Extracts").
 */
#pragma once

#include "evidence/name.h"
#include "evidence/tree.h"

#include "base/buf.h"

#define PROOF_FILE "proof.txt"

struct proof {
    char id[NAME_LIMIT]; /* the case */
    unsigned long place; /* from 1 */
    unsigned long cases;
    unsigned steps;
    unsigned char path[TREE_HEIGHT][SHA256_SIZE]; /* the hash nearest to the leaf first */
};

bool proof_put(struct buf *out, const struct proof *proof);
/* Exactly what proof_put writes. Fuzzed. */
bool proof_parse(struct bytes text, struct proof *out, struct fail *fail);
