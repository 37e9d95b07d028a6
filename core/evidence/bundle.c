#include "evidence/bundle.h"

#include "base/hash.h"
#include "evidence/recovery.h"
#include "evidence/verify.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct tar_entry *entry)
{
    return !entry->directory && strcmp(entry->name, "manifest-sha256.txt") != 0;
}

static bool each(struct tar_read *tar, struct buf *content, bundle_file fn, void *arg,
                 struct fail *fail)
{
    struct tar_entry entry;
    for (;;) {
        enum tar_step step = tar_read_next(tar, &entry, fail);
        if (step != TAR_ENTRY)
            return step == TAR_END;
        if (!is_wanted(&entry))
            continue;
        buf_clear(content);
        if (!tar_read_all(tar, &entry, content, fail) ||
            !fn(arg, entry.name, buf_view(content), fail))
            return false;
    }
}

bool bundle_each(const char *path, bundle_file fn, void *arg, struct fail *fail)
{
    struct buf content = buf_new(BUNDLE_FILE_LIMIT);
    struct tar_read *tar = tar_read_open(path, fail);
    bool ok = tar && each(tar, &content, fn, arg, fail);
    tar_read_close(tar);
    buf_free(&content);
    return ok || fail_prefix(fail, "%s", path);
}

static bool read_named(struct tar_read *tar, const char *name, struct buf *out, struct fail *fail)
{
    struct tar_entry entry;
    enum tar_step step;
    while ((step = tar_read_next(tar, &entry, fail)) == TAR_ENTRY) {
        if (!entry.directory && strcmp(entry.name, name) == 0)
            return tar_read_all(tar, &entry, out, fail);
    }
    return step == TAR_END && fail_set(fail, "ENOENT", "there is no %s in the bundle", name);
}

bool bundle_read(const char *path, const char *name, struct buf *out, struct fail *fail)
{
    struct tar_read *tar = tar_read_open(path, fail);
    bool ok = tar && read_named(tar, name, out, fail);
    tar_read_close(tar);
    return ok || fail_prefix(fail, "%s", path);
}

static bool start(struct verify *v, const char *path, struct fail *fail)
{
    v->tag_lines = buf_new(VERIFY_TAG_LIMIT);
    v->tree_text = buf_new(BUNDLE_FILE_LIMIT);
    v->recovery = buf_new(RECOVERY_LIMIT);
    v->run_json = buf_new(VERIFY_RUN_JSON_LIMIT);
    v->run_lines = buf_new(VERIFY_RUN_LIMIT);
    v->of_file = sha256_new();
    v->once = once_new();
    if (!v->of_file || !v->once)
        return fail_set(fail, "ENOMEM", "no memory for verifying");
    return (v->tar = tar_read_open(path, fail)) &&
           (v->found = v->listed.found = spool_new(NULL, fail)) &&
           (v->leaves = spool_new(NULL, fail)) && (v->data_directories = spool_new(NULL, fail)) &&
           (v->tag_directories = spool_new(NULL, fail));
}

static void finish(struct verify *v)
{
    for (unsigned i = 0; i < v->tag_count; i++)
        buf_free(&v->tags[i].content);
    buf_free(&v->tag_lines);
    listed_free(&v->listed);
    once_free(v->once);
    buf_free(&v->tree_text);
    buf_free(&v->recovery);
    buf_free(&v->run_json);
    buf_free(&v->run_lines);
    spool_free(v->leaves);
    spool_free(v->found);
    spool_free(v->data_directories);
    spool_free(v->tag_directories);
    sha256_free(v->of_file);
    tar_read_close(v->tar);
    free(v);
}

/* That the files stand in their order is asked last: what is wrong with one of them says more. */
static bool verify_all(struct verify *v, const char *path, struct bundle_report *report,
                       struct fail *fail)
{
    if (!start(v, path, fail) || !verify_collect(v, fail) || !verify_judge(v, report, fail))
        return fail_prefix(fail, "%s", path);
    if (report->version > 1 && !bundle_check_parts(path, bundle_most_cases(report), report, fail))
        return false;
    return !verify_is_extract(v) || verify_order_tags(v, fail) || fail_prefix(fail, "%s", path);
}

bool bundle_verify_by(const char *path, const struct bundle_trust *trust,
                      struct bundle_report *report, struct fail *fail)
{
    struct verify *v = calloc(1, sizeof *v);
    memset(report, 0, sizeof *report);
    if (!v)
        return fail_set(fail, "ENOMEM", "%s: no memory for verifying", path);
    v->trust = trust;
    bool ok = verify_all(v, path, report, fail);
    finish(v);
    return ok;
}

bool bundle_verify(const char *path, const struct public_key *key, struct bundle_report *report,
                   struct fail *fail)
{
    struct trust *one = calloc(1, sizeof *one);
    struct bundle_trust trust = {.keys = one};
    if (!one)
        return fail_set(fail, "ENOMEM", "%s: no memory for verifying", path);
    if (key)
        one->keys[one->count++] = (struct trusted_key){*key, "", INT64_MIN, INT64_MAX};
    bool ok = bundle_verify_by(path, &trust, report, fail);
    free(one);
    return ok;
}
