/* The tree over the cases, held against its signed head. */
#include "evidence/verify.h"

#include "evidence/case_tree.h"
#include "evidence/leaves.h"

bool verify_tree_take(struct verify *v, struct bytes id, struct fail *fail)
{
    struct case_tree tree;
    unsigned char leaf[SHA256_SIZE];
    if (!case_tree_parse(buf_view(&v->tree_text), &tree, fail))
        return fail_prefix(fail, "data/cases/%.*s", (int)id.n, (const char *)id.p);
    v->redacted += tree.redacted;
    case_tree_leaf(&tree, id, v->of_file, leaf);
    return spool_put(v->leaves, bytes_at(leaf, SHA256_SIZE), fail);
}

static bool check_run(const struct verify *v, const struct tree_head *head, struct fail *fail)
{
    unsigned char run[SHA256_SIZE];
    if (v->run_lines.overflow)
        return fail_set(fail, "ELIMIT", "too many files that belong to no case");
    return tree_head_run(buf_view(&v->run_lines), run, fail) &&
           (hash_equal(run, head->run, SHA256_SIZE) ||
            fail_set(fail, "ECHANGED",
                     TREE_HEAD_FILE ": data/run.json and data/packs/ are not those that were "
                                    "sealed"));
}

bool verify_head(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    const struct verify_tag *tag = verify_need(v, TREE_HEAD_FILE, fail);
    if (!tag || !tree_head_parse(buf_view(&tag->content), &report->head, fail))
        return false;
    sha256_of(buf_view(&tag->content), report->head_digest);
    if (report->head.cases != report->cases)
        return fail_set(fail, "ECOUNT",
                        TREE_HEAD_FILE ": it says %lu cases, and the trusted comment %lu",
                        report->head.cases, report->cases);
    return check_run(v, &report->head, fail);
}

bool verify_tree(struct verify *v, struct bundle_report *report, struct fail *fail)
{
    unsigned char root[SHA256_SIZE];
    if (report->version == 1)
        return true;
    if (!verify_head(v, report, fail))
        return false;
    if (v->redacted > 0)
        return fail_set(fail, "EFORMAT", "%lu cases are redacted, in a whole bundle", v->redacted);
    if (leaves_count(v->leaves) != v->cases)
        return fail_set(fail, "ECOUNT", "%llu cases, and %llu " CASE_TREE_FILE, v->cases,
                        (unsigned long long)leaves_count(v->leaves));
    return leaves_root(v->leaves, v->of_file, root, fail) &&
           (hash_equal(root, report->head.root, SHA256_SIZE) ||
            fail_set(fail, "ECHANGED", TREE_HEAD_FILE ": its root is not that of the cases"));
}
