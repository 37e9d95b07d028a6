/*
 * bag_tree: the tree that grows while a bag is written: a hash for each case, the lines of what belongs to none.
 */
#pragma once

#include "base/random.h"
#include "evidence/bag.h"
#include "evidence/name.h"
#include "evidence/parts.h"
#include "evidence/spool.h"
#include "evidence/tree_head.h"

struct bag_tree {
    struct spool *leaves; /* in the order of the tar */
    struct sha256 *hash;
    struct buf text; /* tree.txt of the group at hand */
    struct random_lot random;
    uint64_t cases; /* whose leaves are kept */
};

/* The files of one bag_add, and tree.txt behind those of a case. */
struct bag_group {
    struct bag_file files[PARTS_FILES];
    size_t n;
    char tree_name[NAME_LIMIT];
};

/* The spool lies in `directory`. To be freed also when it fails. */
bool bag_tree_begin(struct bag_tree *t, const char *directory, struct fail *fail);
void bag_tree_free(struct bag_tree *t);
/* Completes the files of a case, all of it in one group; its leaf waits to be written. One that has a tree.txt
 * already keeps it, when it fits. The group lasts until the next. */
bool bag_tree_case(struct bag_tree *t, const struct bag_file *files, size_t n,
                   struct bag_group *out, struct fail *fail);
/* The leaf that waits belongs to the others; then it is kept, or forgotten after all. */
bool bag_tree_write(struct bag_tree *t, struct fail *fail);
void bag_tree_keep(struct bag_tree *t);
void bag_tree_drop(struct bag_tree *t);
/* The head, but for its place in a chain. `run_lines`: manifest lines of the files that belong to no case. */
bool bag_tree_head(struct bag_tree *t, struct bytes run_lines, struct tree_head *out,
                   struct fail *fail);
