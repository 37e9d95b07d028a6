#include "evidence/extract.h"

#include "evidence/bundle.h"
#include "evidence/case_tree.h"
#include "evidence/leaves.h"
#include "evidence/new_tar.h"
#include "evidence/proof.h"

#include <stdio.h>
#include <string.h>

enum { PROOF_TEXT_LIMIT = 16 * 1024 };

struct extract {
    const char *id;
    const struct bag_file *instead;
    size_t n;

    struct sha256 *hash;
    struct spool *leaves; /* of all cases */
    bool found;
    unsigned char leaf[SHA256_SIZE]; /* of this one */
    struct buf proof;                /* proof.txt */

    struct new_tar out;
};

/* ---- where the case stands ---- */

static bool take_leaf(struct extract *e, struct bytes id, struct bytes text, struct fail *fail)
{
    struct case_tree tree;
    unsigned char leaf[SHA256_SIZE];
    if (!case_tree_parse(text, &tree, fail))
        return fail_prefix(fail, "data/cases/%.*s", (int)id.n, (const char *)id.p);
    case_tree_leaf(&tree, id, e->hash, leaf);
    if (bytes_equal_text(id, e->id)) {
        e->found = true;
        memcpy(e->leaf, leaf, sizeof leaf);
    }
    return spool_put(e->leaves, bytes_at(leaf, sizeof leaf), fail);
}

/* The leaves of a bundle; of an extract its proof. */
static bool look(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct extract *e = arg;
    const char *rest;
    struct bytes id = name_case(name, &rest);
    if (id.n > 0 && strcmp(rest, CASE_TREE_FILE) == 0)
        return take_leaf(e, id, content, fail);
    return strcmp(name, PROOF_FILE) != 0 || buf_put(&e->proof, content) ||
           fail_set(fail, "ELIMIT", PROOF_FILE ": too long");
}

static bool prove(struct extract *e, const struct spool *sorted, struct fail *fail)
{
    struct proof proof = {.cases = (unsigned long)leaves_count(sorted)};
    struct buf path = buf_new(sizeof proof.path);
    uint64_t index;
    bool ok = leaves_find(sorted, e->leaf, &index, fail) &&
              leaves_path(sorted, e->hash, index, &path, fail);
    if (ok) {
        snprintf(proof.id, sizeof proof.id, "%s", e->id);
        proof.place = (unsigned long)index + 1;
        proof.steps = (unsigned)(path.n / SHA256_SIZE);
        if (path.n > 0)
            memcpy(proof.path, path.p, path.n);
        ok = proof_put(&e->proof, &proof) || fail_set(fail, "ENOMEM", "no memory for a proof");
    }
    buf_free(&path);
    return ok;
}

/* Fills e->proof. */
static bool find_place(struct extract *e, const char *from, struct fail *fail)
{
    if (!bundle_each(from, look, e, fail))
        return false;
    if (!e->found)
        return fail_set(fail, "ENOENT", "%s: there is no case %s with a tree in the bundle", from,
                        e->id);
    if (e->proof.n > 0)
        return true;
    struct spool *sorted = spool_new(NULL, fail);
    bool ok = sorted && spool_write(e->leaves, fail) && leaves_sort(e->leaves, sorted, fail) &&
              prove(e, sorted, fail);
    spool_free(sorted);
    return ok;
}

/* ---- what is written ---- */

static struct bytes content_of(const struct extract *e, const char *name, struct bytes content)
{
    for (size_t i = 0; i < e->n; i++) {
        if (strcmp(e->instead[i].name, name) == 0)
            return e->instead[i].content;
    }
    return content;
}

/* The lists that an extract has not: they are about all files. */
static bool is_left_out(const char *name)
{
    return strcmp(name, "bagit.txt") == 0 || strcmp(name, "bag-info.txt") == 0 ||
           strcmp(name, PROOF_FILE) == 0;
}

static bool copy(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct extract *e = arg;
    const char *rest;
    struct bytes id = name_case(name, &rest);
    if (id.n > 0 ? !bytes_equal_text(id, e->id) : is_left_out(name))
        return true;
    return new_tar_add(&e->out, name, content_of(e, name, content), fail);
}

static bool write_out(struct extract *e, const char *from, const char *to, struct fail *fail)
{
    if (!new_tar_open(&e->out, to, fail))
        return false;
    bool ok = bundle_each(from, copy, e, fail) &&
              new_tar_add(&e->out, PROOF_FILE, buf_view(&e->proof), fail);
    return new_tar_close(&e->out, ok, fail);
}

bool extract_write(const char *from, const char *id, const char *to, const struct bag_file *instead,
                   size_t n, struct fail *fail)
{
    struct extract e = {.id = id,
                        .instead = instead,
                        .n = n,
                        .hash = sha256_new(),
                        .proof = buf_new(PROOF_TEXT_LIMIT)};
    bool ok = e.hash || fail_set(fail, "ENOMEM", "no memory for an extract");
    ok = ok && (e.leaves = spool_new(NULL, fail)) && find_place(&e, from, fail) &&
         write_out(&e, from, to, fail);
    spool_free(e.leaves);
    sha256_free(e.hash);
    buf_free(&e.proof);
    return ok;
}
