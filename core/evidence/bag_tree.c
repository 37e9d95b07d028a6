#include "evidence/bag_tree.h"

#include "evidence/bundle.h"
#include "evidence/case_tree.h"
#include "evidence/leaves.h"

#include <stdio.h>
#include <string.h>

bool bag_tree_begin(struct bag_tree *t, const char *directory, struct fail *fail)
{
    *t = (struct bag_tree){.hash = sha256_new(), .text = buf_new(BUNDLE_FILE_LIMIT)};
    if (!t->hash)
        return fail_set(fail, "ENOMEM", "no memory for a bundle");
    return (t->leaves = spool_new(directory, fail));
}

void bag_tree_free(struct bag_tree *t)
{
    spool_free(t->leaves);
    sha256_free(t->hash);
    buf_free(&t->text);
}

/* The files as the tree has them, by their names in the case; *has_tree: tree.txt is among them, and left out. */
static bool name_parts(const struct bag_file *files, size_t n, struct bytes id,
                       struct part_file *out, const struct bag_file **tree, struct fail *fail)
{
    size_t count = 0;
    *tree = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *rest;
        if (!bytes_equal(name_case(files[i].name, &rest), id))
            return fail_set(fail, "ENAME", "%s: a case's files are added all at once, and alone",
                            files[i].name);
        if (strcmp(rest, CASE_TREE_FILE) == 0)
            *tree = &files[i];
        else
            out[count++] = (struct part_file){rest, files[i].content};
    }
    return true;
}

/* tree.txt for the group: its own, or a new one. */
static bool complete(struct bag_tree *t, struct bag_group *group, struct part_file *parts,
                     const struct bag_file *own, struct case_tree *tree, struct fail *fail)
{
    size_t n = group->n - (own != NULL);
    if (own)
        return (case_tree_parse(own->content, tree, fail) &&
                case_tree_check(tree, parts, n, fail)) ||
               fail_prefix(fail, "%s", own->name);
    buf_clear(&t->text);
    if (!case_tree_make(&t->text, tree, parts, n, &t->random, fail))
        return false;
    group->files[group->n++] =
        (struct bag_file){.name = group->tree_name, .content = buf_view(&t->text)};
    return true;
}

bool bag_tree_case(struct bag_tree *t, const struct bag_file *files, size_t n,
                   struct bag_group *out, struct fail *fail)
{
    const char *rest;
    const struct bag_file *own;
    struct part_file parts[PARTS_FILES];
    struct case_tree tree;
    unsigned char leaf[SHA256_SIZE];
    struct bytes id = name_case(files[0].name, &rest);
    if (n >= PARTS_FILES)
        return fail_set(fail, "ELIMIT", "%s: a case of too many files", files[0].name);
    memcpy(out->files, files, n * sizeof *files);
    out->n = n;
    snprintf(out->tree_name, sizeof out->tree_name, "%.*s" CASE_TREE_FILE,
             (int)(rest - files[0].name), files[0].name);
    if (!name_parts(files, n, id, parts, &own, fail) || !complete(t, out, parts, own, &tree, fail))
        return false;
    case_tree_leaf(&tree, id, t->hash, leaf);
    return spool_put(t->leaves, bytes_at(leaf, SHA256_SIZE), fail);
}

bool bag_tree_write(struct bag_tree *t, struct fail *fail)
{
    return spool_keep(t->leaves, fail);
}

void bag_tree_keep(struct bag_tree *t)
{
    t->cases = leaves_count(t->leaves);
}

void bag_tree_drop(struct bag_tree *t)
{
    struct fail ignored;
    spool_drop(t->leaves);
    spool_cut(t->leaves, t->cases * SHA256_SIZE, &ignored);
}

bool bag_tree_head(struct bag_tree *t, struct bytes run_lines, struct tree_head *out,
                   struct fail *fail)
{
    *out = (struct tree_head){.cases = (unsigned long)t->cases};
    return leaves_root(t->leaves, t->hash, out->root, fail) &&
           tree_head_run(run_lines, out->run, fail);
}
