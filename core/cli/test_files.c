#include "cli/test_files.h"

#include "base/text.h"
#include "cli/script_error.h"
#include "cli/test_held.h"
#include "tape/object.h"
#include "tape/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 4096 };

struct one {
    const char *name;
    struct test_file *file; /* NULL: something is wrong in it */
};

struct test_files {
    const char *place;
    struct one *list;
    size_t count;
    json_t *results;        /* objects: "scenario", "result" */
    const struct one *told; /* of which a fault is told */
    const char *bundle;
};

bool test_files_is_name(const char *name)
{
    static const char folder[] = "tests/";
    return strncmp(name, folder, strlen(folder)) == 0 && !strchr(name + strlen(folder), '/') &&
           bytes_ends(bytes_of(name + strlen(folder)), ".json");
}

static void print_name(const struct test_files *t, const struct one *o)
{
    bool bare = strcmp(t->place, ".") == 0 || bytes_ends(bytes_of(t->place), ".tar");
    printf("%s%s%s", bare ? "" : t->place, bare ? "" : "/", o->name);
}

static void on_held(void *arg, unsigned line, unsigned column, const char *words, const char *more)
{
    const struct test_files *t = arg;
    char shown[WORDS_MOST];
    snprintf(shown, sizeof shown, "%s", words);
    text_make_printable(shown);
    print_name(t, t->told);
    printf(":%u:%u: %s\n%s", line, column, shown, more);
}

static void on_fault(void *arg, unsigned line, unsigned column, const char *words)
{
    on_held(arg, line, column, words, "");
}

static bool read_all(struct test_files *t, const struct pack *p)
{
    t->list = calloc(p->count + 1, sizeof *t->list);
    t->results = json_array();
    if (!t->list || !t->results)
        return false;
    for (size_t i = 0; i < p->count; i++) {
        if (!test_files_is_name(p->files[i].name))
            continue;
        struct one *o = &t->list[t->count++];
        t->told = o;
        o->name = p->files[i].name;
        o->file = test_file_read(p->files[i].content, on_fault, t);
    }
    return true;
}

struct test_files *test_files_new(const struct pack *p, const char *place)
{
    struct test_files *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->place = place;
    if (read_all(t, p))
        return t;
    test_files_free(t);
    return NULL;
}

void test_files_free(struct test_files *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->count; i++)
        test_file_free(t->list[i].file);
    json_decref(t->results);
    free(t->list);
    free(t);
}

size_t test_files_count(const struct test_files *t)
{
    return t->count;
}

void test_files_result(void *files, const char *scenario, json_t *result)
{
    const struct test_files *t = files;
    json_array_append_new(t->results,
                          json_pack("{s:s,s:O}", "scenario", scenario, "result", result));
}

/* NULL: this probe was not run there. */
static const json_t *result_of(const struct test_files *t, const struct test_run *run)
{
    size_t i;
    const json_t *one;
    json_array_foreach(t->results, i, one)
    {
        const json_t *result = json_object_get(one, "result");
        if (bytes_equal_text(object_text(one, "scenario"), run->scenario) &&
            bytes_equal_text(object_text(result, "probe"), run->probe))
            return result;
    }
    return NULL;
}

/* Of one run: is it as the test says? */
static bool hold(struct test_files *t, size_t index)
{
    unsigned line;
    unsigned column;
    const struct one *o = t->told;
    const struct test_run *run = test_file_run(o->file, index);
    const json_t *result = result_of(t, run);
    if (!result) {
        char words[WORDS_MOST];
        snprintf(words, sizeof words, "%s was not run on the scenario %s: is there such a one?",
                 run->probe, run->scenario);
        test_file_where(o->file, index, "", TEST_FILE_WHOLE, &line, &column);
        on_fault(t, line, column, words);
        return false;
    }
    struct buf tape = buf_new(TAPE_LIMIT);
    const char *id = json_string_value(json_object_get(result, "case"));
    if (id && test_held_wants_tape(o->file, index))
        script_error_tape(t->bundle, id, &tape);
    unsigned faults = test_held(o->file, index, result, buf_view(&tape), on_held, t);
    buf_free(&tape);
    return faults == 0;
}

/* The exit status. */
static int check(struct test_files *t)
{
    size_t wrong = 0;
    if (!t->told->file)
        return 1; /* it has been said what is wrong in it */
    size_t n = test_file_count(t->told->file);
    for (size_t i = 0; i < n; i++)
        wrong += !hold(t, i);
    print_name(t, t->told);
    printf(": %zu run%s, %zu not as expected\n", n, n == 1 ? "" : "s", wrong);
    return wrong > 0;
}

int test_files_check(struct test_files *t, const char *bundle)
{
    int status = 0;
    t->bundle = bundle;
    for (size_t i = 0; i < t->count; i++) {
        t->told = &t->list[i];
        status |= check(t);
    }
    return status;
}
