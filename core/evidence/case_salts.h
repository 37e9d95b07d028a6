/*
 * case_salts: the salts of a case's parts, one after the other.
 */
#pragma once

#include "evidence/case_tree.h"

struct case_salts {
    unsigned char *all; /* made from the secret; or NULL */
    size_t size;        /* of them, in bytes */
    size_t at;
    struct bytes rest; /* lines that hold them */
    unsigned char salt[CASE_SALT];
};

/* To be ended also when it fails. */
bool case_salts_begin(struct case_salts *s, const struct case_tree *tree, struct fail *fail);
/* The next part's, valid until the next call; NULL: the part is hidden, or the tree has no more. */
const unsigned char *case_salts_next(struct case_salts *s);
void case_salts_end(struct case_salts *s);
