/* The trees of cases, held against the cases' files. */
#include "evidence/bundle.h"

#include "evidence/case_tree.h"

#include <string.h>

struct check {
    unsigned long most;
    struct bundle_report *report;
    char doubt[NAME_LIMIT]; /* a case that does not fit, as far as its files stand together */
    bool stopped;           /* not for a fault */
};

size_t bundle_case_parts(const struct bundle_case *c, struct part_file out[PARTS_FILES])
{
    size_t n = 0;
    out[n++] = (struct part_file){PARTS_CASE, c->case_json};
    out[n++] = (struct part_file){PARTS_TAPE, c->tape};
    for (unsigned i = 0; i < c->receipt_count; i++)
        out[n++] = (struct part_file){c->receipts[i].file, c->receipts[i].content};
    return n;
}

static bool stop(struct check *check, struct fail *fail)
{
    check->stopped = true;
    return fail_set(fail, "ESTOP", "enough");
}

static bool check_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct check *check = arg;
    struct part_file files[PARTS_FILES];
    struct case_tree tree;
    if (check->report->parts_cases >= check->most)
        return stop(check, fail);
    size_t n = bundle_case_parts(c, files);
    if (c->tree.n == 0 || !case_tree_parse(c->tree, &tree, fail) ||
        !case_tree_check(&tree, files, n, fail)) {
        memcpy(check->doubt, c->id, strlen(c->id) + 1);
        return false;
    }
    check->report->parts_cases++;
    check->report->parts = tree.parts;
    check->report->hidden = tree.hidden;
    return true;
}

/* ---- one case, wherever its files stand ---- */

struct scattered {
    const char *id;
    struct buf content; /* of all files, one behind the other */
    char names[PARTS_FILES][NAME_LIMIT];
    size_t sizes[PARTS_FILES];
    size_t n;
    struct buf tree;
};

static bool take(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct scattered *s = arg;
    const char *rest;
    if (!bytes_equal_text(name_case(name, &rest), s->id))
        return true;
    bool is_tree = strcmp(rest, CASE_TREE_FILE) == 0;
    if (s->n == PARTS_FILES || !buf_put(is_tree ? &s->tree : &s->content, content))
        return fail_set(fail, "ELIMIT", "data/cases/%s/: too large for a case", s->id);
    if (is_tree)
        return true;
    memcpy(s->names[s->n], rest, strlen(rest) + 1);
    s->sizes[s->n++] = content.n;
    return true;
}

static bool check_scattered(const char *path, const char *id, struct fail *fail)
{
    struct scattered s = {
        .id = id, .content = buf_new(BUNDLE_FILE_LIMIT), .tree = buf_new(BUNDLE_FILE_LIMIT)};
    struct part_file files[PARTS_FILES];
    struct case_tree tree;
    bool ok = bundle_each(path, take, &s, fail);
    size_t at = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct bytes content = bytes_slice(buf_view(&s.content), at, at + s.sizes[i]);
        files[i] = (struct part_file){s.names[i], content};
        at += s.sizes[i];
    }
    if (ok && (!case_tree_parse(buf_view(&s.tree), &tree, fail) ||
               !case_tree_check(&tree, files, s.n, fail)))
        ok = fail_prefix(fail, "%s: data/cases/%s", path, id);
    buf_free(&s.content);
    buf_free(&s.tree);
    return ok;
}

bool bundle_check_parts(const char *path, unsigned long most, struct bundle_report *report,
                        struct fail *fail)
{
    struct check check = {.most = most, .report = report};
    report->parts_cases = 0;
    /* No manifest lists an extract's files: each that bears its case's name must be one of its parts, wherever it
     * stands. */
    if (report->case_id[0] != '\0' && !check_scattered(path, report->case_id, fail))
        return false;
    bool ok = bundle_cases(path, NULL, check_case, &check, fail) || check.stopped;
    if (!ok && check.doubt[0] != '\0')
        ok = check_scattered(path, check.doubt, fail);
    else if (!ok && report->case_id[0] == '\0' && strcmp(fail->code, "EMISSING") == 0)
        ok = true; /* the files of a case don't stand together */
    if (!ok || report->case_id[0] == '\0' || report->parts_cases == 1)
        return ok;
    return fail_set(fail, "EFORMAT", "%s: the files of its case don't stand together", path);
}
