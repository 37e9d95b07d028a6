/* The trees of cases, held against the cases' files. */
#include "evidence/bundle.h"

#include "evidence/case_tree.h"
#include "evidence/gather.h"

#include <limits.h>
#include <string.h>

size_t bundle_case_parts(const struct bundle_case *c, struct part_file out[PARTS_FILES])
{
    size_t n = 0;
    out[n++] = (struct part_file){PARTS_CASE, c->case_json};
    out[n++] = (struct part_file){PARTS_TAPE, c->tape};
    if (c->has_contacts)
        out[n++] = (struct part_file){PARTS_CONTACTS, c->contacts};
    for (unsigned i = 0; i < c->receipt_count; i++)
        out[n++] = (struct part_file){c->receipts[i].file, c->receipts[i].content};
    return n;
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

static bool check_scattered(const char *path, const char *id, struct case_tree *tree,
                            struct fail *fail)
{
    struct scattered s = {
        .id = id, .content = buf_new(BUNDLE_FILE_LIMIT), .tree = buf_new(BUNDLE_FILE_LIMIT)};
    struct part_file files[PARTS_FILES];
    bool ok = bundle_each(path, take, &s, fail);
    size_t at = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct bytes content = bytes_slice(buf_view(&s.content), at, at + s.sizes[i]);
        files[i] = (struct part_file){s.names[i], content};
        at += s.sizes[i];
    }
    if (ok && (!case_tree_parse(buf_view(&s.tree), tree, fail) ||
               !case_tree_check(tree, files, s.n, fail)))
        ok = fail_prefix(fail, "%s: data/cases/%s", path, id);
    buf_free(&s.content);
    buf_free(&s.tree);
    return ok;
}

/* ---- all cases ---- */

/* Each group of files that is not a whole case costs one more reading of the bundle. */
enum { APART_MOST = 64 };

struct check {
    const char *path;
    unsigned long most;
    struct bundle_report *report;
    unsigned apart;   /* groups that are not a whole case */
    bool stopped;     /* not for a fault */
    struct fail *why; /* the fault, with the path before it */
};

static bool stop(struct check *check, struct fail *fail)
{
    check->stopped = true;
    return fail_set(fail, "ESTOP", "enough");
}

static bool check_together(const struct gather *g, struct case_tree *tree)
{
    struct fail ignored;
    struct bundle_case c;
    struct part_file files[PARTS_FILES];
    return gather_case(g, &c, &ignored) && case_tree_parse(c.tree, tree, &ignored) &&
           case_tree_check(tree, files, bundle_case_parts(&c, files), &ignored);
}

/* The group's case is as it should be when all its files are, wherever they stand. */
static bool check_apart(struct check *check, const struct gather *g, struct fail *fail)
{
    struct case_tree tree;
    if (check->report->case_id[0] != '\0')
        return fail_set(check->why, "EFORMAT", "%s: the files of its case don't stand together",
                        check->path);
    if (check->apart++ < APART_MOST)
        return check_scattered(check->path, g->id, &tree, check->why);
    /* The rest of this case may have been counted, and here is more of it. */
    check->report->parts_cases -= check->report->parts_cases > 0 && !gather_has(g, PARTS_CASE);
    return stop(check, fail);
}

static bool check_group(void *arg, const struct gather *g, struct fail *fail)
{
    struct check *check = arg;
    struct case_tree tree;
    bool counts = gather_has(g, PARTS_CASE); /* once for each case */
    if (counts && check->report->parts_cases >= check->most)
        return stop(check, fail);
    if (!check_together(g, &tree) && !check_apart(check, g, fail))
        return false;
    check->report->parts_cases += counts;
    return true;
}

/* No manifest lists an extract's files: each that bears its case's name must be one of its parts, wherever it stands. */
static bool check_extract(const char *path, struct bundle_report *report, struct fail *fail)
{
    struct case_tree tree;
    if (!check_scattered(path, report->case_id, &tree, fail))
        return false;
    report->parts = tree.parts;
    report->hidden = tree.hidden;
    return true;
}

unsigned long bundle_most_cases(const struct bundle_report *report)
{
    return report->cases > BUNDLE_ALL_CASES ? BUNDLE_FIRST_CASES : BUNDLE_ALL_CASES;
}

bool bundle_check_parts(const char *path, unsigned long most, struct bundle_report *report,
                        struct fail *fail)
{
    struct fail why = {0};
    struct check check = {.path = path, .most = most, .report = report, .why = &why};
    bool extract = report->case_id[0] != '\0';
    report->parts_cases = 0;
    if (extract && !check_extract(path, report, fail))
        return false;
    if (!gather_each(path, NULL, check_group, &check, fail) && !check.stopped) {
        if (why.text[0] != '\0')
            *fail = why;
        return false;
    }
    if (extract || most < ULONG_MAX || report->parts_cases == report->cases)
        return true;
    return fail_set(fail, "ELIMIT",
                    "%s: the parts of %lu of its %lu cases were gone through, as the files of too "
                    "many cases don't stand together",
                    path, report->parts_cases, report->cases);
}
