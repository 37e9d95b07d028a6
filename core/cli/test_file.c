#include "cli/test_file.h"

#include "base/json_place.h"
#include "base/text.h"
#include "tape/object.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 1024, PATH_MOST = 120 };

struct test_file {
    json_t *object;
    struct buf text;
    struct test_run runs[TEST_FILE_RUNS];
    size_t count;
};

/* Reading, and where faults are told. */
struct reading {
    struct test_file *file;
    test_file_fault *fault;
    void *arg;
    bool faulty;
};

static const char *const lists[] = {"steps", "sends", "never"};
enum { LISTS = sizeof lists / sizeof lists[0] };

__attribute__((format(printf, 3, 4))) static void refuse(struct reading *r, const char *path,
                                                         const char *format, ...)
{
    char words[WORDS_MOST];
    unsigned line;
    unsigned column;
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    json_place_find(buf_view(&r->file->text), path, &line, &column);
    r->faulty = true;
    r->fault(r->arg, line, column, words);
}

static bool is_line(const json_t *value, size_t most)
{
    struct bytes text = bytes_at(json_string_value(value), json_string_length(value));
    return json_is_string(value) && text.n > 0 && text.n <= most && text_is_printable(text);
}

/* ---- reading ---- */

static void read_list(struct reading *r, const json_t *run, size_t index, const char *name)
{
    char path[PATH_MOST];
    size_t i;
    const json_t *value;
    const json_t *list = json_object_get(run, name);
    snprintf(path, sizeof path, "runs[%zu].%s", index, name);
    if (list && (!json_is_array(list) || json_array_size(list) > TEST_FILE_PATTERNS))
        refuse(r, path, "%s: a list of at most %d lines is wanted", name, TEST_FILE_PATTERNS);
    json_array_foreach(list, i, value)
    {
        snprintf(path, sizeof path, "runs[%zu].%s[%zu]", index, name, i);
        if (i < TEST_FILE_PATTERNS && !is_line(value, TEST_FILE_PATTERN))
            refuse(r, path, "%s: a line of 1 to %d printable bytes is wanted", name,
                   TEST_FILE_PATTERN);
    }
}

static void read_name(struct reading *r, const json_t *run, size_t index, const char *name,
                      char *out, size_t size)
{
    char path[PATH_MOST];
    const json_t *value = json_object_get(run, name);
    snprintf(path, sizeof path, "runs[%zu].%s", index, name);
    if (is_line(value, size - 1))
        snprintf(out, size, "%s", json_string_value(value));
    else
        refuse(r, path, "%s is missing, or no name of at most %zu bytes", name, size - 1);
}

static void read_verdict(struct reading *r, const json_t *run, size_t index)
{
    char path[PATH_MOST];
    enum verdict verdict;
    const json_t *value = json_object_get(run, "verdict");
    snprintf(path, sizeof path, "runs[%zu].verdict", index);
    if (value && !verdict_parse(object_text(run, "verdict"), &verdict))
        refuse(r, path,
               "verdict: there are open, suspect, closed, unreachable, inconclusive "
               "and error");
    snprintf(path, sizeof path, "runs[%zu].reason", index);
    value = json_object_get(run, "reason");
    if (value && !is_line(value, TEST_FILE_PATTERN))
        refuse(r, path, "reason: a line of 1 to %d printable bytes is wanted", TEST_FILE_PATTERN);
}

/* It asks for something, and for nothing that is not known. */
static void read_members(struct reading *r, json_t *run, size_t index)
{
    static const char *const known[] = {"scenario", "probe", "verdict", "reason",
                                        "steps",    "sends", "never"};
    enum { KNOWN = sizeof known / sizeof known[0], NAMES = 2 };
    char path[PATH_MOST];
    unsigned asked = 0;
    const char *name;
    json_t *value;
    json_object_foreach(run, name, value)
    {
        unsigned i = 0;
        while (i < KNOWN && strcmp(name, known[i]) != 0)
            i++;
        asked += i >= NAMES && i < KNOWN;
        snprintf(path, sizeof path, "runs[%zu].%s", index, name);
        if (i == KNOWN)
            refuse(r, path, "%.80s: there is no such member", name);
    }
    snprintf(path, sizeof path, "runs[%zu]", index);
    if (asked == 0)
        refuse(r, path, "it asks for nothing: verdict, reason, steps, sends or never is wanted");
}

static void read_run(struct reading *r, json_t *run, size_t index)
{
    char path[PATH_MOST];
    struct test_run *out = &r->file->runs[r->file->count++];
    snprintf(path, sizeof path, "runs[%zu]", index);
    if (!json_is_object(run)) {
        refuse(r, path, "an object is wanted: {\"scenario\": …, \"probe\": …, \"verdict\": …}");
        return;
    }
    read_name(r, run, index, "scenario", out->scenario, sizeof out->scenario);
    read_name(r, run, index, "probe", out->probe, sizeof out->probe);
    read_verdict(r, run, index);
    for (size_t i = 0; i < LISTS; i++)
        read_list(r, run, index, lists[i]);
    read_members(r, run, index);
}

static void read_runs(struct reading *r)
{
    size_t i;
    json_t *run;
    const char *name;
    json_t *value;
    json_object_foreach(r->file->object, name, value)
    {
        if (strcmp(name, "test") != 0 && strcmp(name, "runs") != 0)
            refuse(r, name, "%.80s: there is no such member", name);
    }
    if (json_integer_value(json_object_get(r->file->object, "test")) != TEST_FILE_FORMAT)
        refuse(r, "test", "test: the format's number is wanted, %d", TEST_FILE_FORMAT);
    const json_t *runs = json_object_get(r->file->object, "runs");
    if (!json_is_array(runs) || json_array_size(runs) == 0 ||
        json_array_size(runs) > TEST_FILE_RUNS)
        refuse(r, "runs", "runs: a list of 1 to %d is wanted", TEST_FILE_RUNS);
    json_array_foreach(runs, i, run)
    {
        if (i < TEST_FILE_RUNS)
            read_run(r, run, i);
    }
}

static void refuse_text(struct reading *r, const struct fail *why)
{
    unsigned line;
    unsigned column;
    object_where(buf_view(&r->file->text), why, &line, &column);
    r->faulty = true;
    r->fault(r->arg, line, column, why->text);
}

struct test_file *test_file_read(struct bytes text, test_file_fault *fault, void *arg)
{
    struct fail why;
    struct test_file *f = calloc(1, sizeof *f);
    struct reading r = {.file = f, .fault = fault, .arg = arg};
    if (!f)
        return NULL;
    f->text = buf_new(TEST_FILE_LIMIT);
    if (!buf_put(&f->text, text))
        refuse(&r, "", "a test may have %d bytes", TEST_FILE_LIMIT);
    else if ((f->object = object_load_or(text, &why)))
        read_runs(&r);
    else
        refuse_text(&r, &why);
    if (!r.faulty)
        return f;
    test_file_free(f);
    return NULL;
}

void test_file_free(struct test_file *f)
{
    if (!f)
        return;
    json_decref(f->object);
    buf_free(&f->text);
    free(f);
}

size_t test_file_count(const struct test_file *f)
{
    return f->count;
}

const struct test_run *test_file_run(const struct test_file *f, size_t index)
{
    return &f->runs[index];
}

const json_t *test_file_member(const struct test_file *f, size_t index, const char *name)
{
    return json_object_get(json_array_get(json_object_get(f->object, "runs"), index), name);
}

void test_file_where(const struct test_file *f, size_t index, const char *name, int number,
                     unsigned *line, unsigned *column)
{
    char path[PATH_MOST];
    int n = snprintf(path, sizeof path, "runs[%zu]%s%s", index, name[0] ? "." : "", name);
    if (number >= 0)
        snprintf(path + n, sizeof path - (size_t)n, "[%d]", number);
    json_place_find(buf_view(&f->text), path, line, column);
}
