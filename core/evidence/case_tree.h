/*
 * case_tree: tree.txt, which makes the parts of a case the leaves of a tree (doc/evidence.md, "The tree").
 *
 * Each part has a salt, so that a hidden one's hash can't be guessed. All salts come from a secret, which stands in
 * tree.txt as long as nothing is hidden; then it holds the salts of what is shown instead.
 */
#pragma once

#include "base/fail.h"
#include "base/random.h"
#include "evidence/parts.h"

#define CASE_TREE_FILE "tree.txt"

enum { CASE_SECRET = 32, CASE_SALT = 16 };

struct case_tree {
    unsigned long parts;
    unsigned char root[SHA256_SIZE];
    bool redacted;
    unsigned char secret[CASE_SECRET]; /* when it is not redacted */
    struct bytes salts; /* when it is: the lines with salts, lent from the text that was parsed */
    unsigned long hidden;
};

/* Makes the tree of these files with a new secret, and appends tree.txt. ELIMIT: they have over PARTS_MOST parts. */
bool case_tree_make(struct buf *out, struct case_tree *tree, struct part_file *files, size_t n,
                    struct random_lot *random, struct fail *fail);
/* Reads a tree.txt, which is lent as long as the tree is used. Fuzzed. */
bool case_tree_parse(struct bytes text, struct case_tree *out, struct fail *fail);
/* Is it the tree of these files, tree.txt itself left out? */
bool case_tree_check(const struct case_tree *tree, struct part_file *files, size_t n,
                     struct fail *fail);
/* How many parts of each file tree.txt calls hidden, into *hidden[], which has a place for each of the files, in the order of
 * their names. Fails when the files have not as many parts as the tree. */
bool case_tree_hidden(const struct case_tree *tree, struct part_file *files, size_t n,
                      unsigned long *hidden, struct fail *fail);
/* The hash of the case's leaf in the tree of its bundle. */
void case_tree_leaf(const struct case_tree *tree, struct bytes id, struct sha256 *h,
                    unsigned char out[SHA256_SIZE]);

/* Redacting. Called for each part that is still shown; true: it is to be hidden. */
typedef bool (*case_tree_hide)(void *arg, unsigned long part);
/* Appends each file, in the order of their names, to one of `contents`, with what is hidden replaced, and the new
 * tree.txt to `out`; *hidden is what is hidden then. Fails when the tree is not that of these files. */
bool case_tree_redact(const struct case_tree *tree, struct part_file *files, size_t n,
                      case_tree_hide hide, void *arg, struct buf *contents, struct buf *out,
                      unsigned long *hidden, struct fail *fail);
