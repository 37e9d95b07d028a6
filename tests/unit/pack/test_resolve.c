/* Versions that go together: the best for the first packs, and the words where there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "NAME VERSION [OTHER RANGE]", the best of each name first, to an empty one. */
static const char *const *world;
static struct manifest made[128]; /* of each line, once it was asked for */
static struct resolve resolve;

static const struct manifest *make(const char *line, struct manifest *m)
{
    struct fail fail;
    char version[32];
    char other[MANIFEST_NAME] = "";
    char range[64] = "";
    memset(m, 0, sizeof *m);
    assert_true(sscanf(line, "%65s %31s %65s %63[^\n]", m->name, version, other, range) >= 2);
    assert_true(version_parse(bytes_of(version), &m->version, &fail));
    if (!other[0])
        return m;
    m->need_count = 1;
    memcpy(m->needs[0].name, other, sizeof other);
    snprintf(m->needs[0].range_text, sizeof m->needs[0].range_text, "%s", range);
    assert_true(version_range_parse(bytes_of(range), &m->needs[0].range, &fail));
    return m;
}

static const struct manifest *candidate(void *arg, const char *name, unsigned i, struct fail *fail)
{
    unsigned seen = 0;
    size_t n = strlen(name);
    (void)arg;
    for (const char *const *line = world; *line; line++)
        if (strncmp(*line, name, n) == 0 && (*line)[n] == ' ' && seen++ == i)
            return make(*line, &made[line - world]);
    if (seen == 0)
        fail_set(fail, "ENOENT", "%s: there is none", name);
    return NULL;
}

static void begin(const char *const *lines)
{
    world = lines;
    memset(&resolve, 0, sizeof resolve);
    resolve.candidate = candidate;
}

/* "NAME@VERSION …", in the order of the picks. */
static const char *found(void)
{
    static char out[512];
    char version[VERSION_TEXT];
    size_t n = 0;
    for (unsigned i = 0; i < resolve.count; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s@%s", i ? " " : "",
                              resolve.picks[i].name,
                              version_text(&resolve.picks[i].manifest->version, version));
    return out;
}

static void the_best_is_taken_and_what_it_requires(void **state)
{
    struct fail fail;
    (void)state;
    begin((const char *const[]){"a 2.0.0 b >=1.0.0", "a 1.0.0", "b 1.2.0", "b 1.1.0", NULL});
    resolve_add(&resolve, "a");
    assert_true(resolve_run(&resolve, &fail));
    assert_string_equal(found(), "a@2.0.0 b@1.2.0");
}

static void a_version_that_does_not_go_with_the_others_is_passed_over(void **state)
{
    struct fail fail;
    (void)state;
    begin(
        (const char *const[]){"a 2.0.0 b >=3.0.0", "a 1.0.0 b <2.0.0", "b 2.0.0", "b 1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_true(resolve_run(&resolve, &fail));
    assert_string_equal(found(), "a@1.0.0 b@1.0.0");
}

static void what_a_version_required_that_was_given_up_is_not_there(void **state)
{
    struct fail fail;
    (void)state;
    begin((const char *const[]){"a 2.0.0 b >=1.0.0", "a 1.0.0", "b 1.0.0 c >=1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_true(resolve_run(&resolve, &fail));
    assert_string_equal(found(), "a@1.0.0");
}

static void who_is_there_already_is_asked_too(void **state)
{
    struct fail fail;
    (void)state;
    begin(
        (const char *const[]){"a 2.0.0", "a 1.0.0", "b 1.0.0 a <2.0.0", "b 2.0.0 a >=2.0.0", NULL});
    resolve_add(&resolve, "a");
    resolve_add(&resolve, "b");
    assert_true(resolve_run(&resolve, &fail));
    assert_string_equal(found(), "a@2.0.0 b@2.0.0");
}

static void what_stood_first_in_the_way_is_the_reason(void **state)
{
    struct fail fail;
    (void)state;
    begin((const char *const[]){"a 2.0.0 b >=3.0.0", "a 1.0.0 b >=2.0.0", "b 1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_false(resolve_run(&resolve, &fail));
    assert_string_equal(fail.code, "ECONFLICT");
    assert_string_equal(fail.text, "a 2.0.0 requires b >=3.0.0, not 1.0.0");
}

static void one_that_there_is_not_is_named_with_who_requires_it(void **state)
{
    struct fail fail;
    (void)state;
    begin((const char *const[]){"a 1.0.0 b >=1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_false(resolve_run(&resolve, &fail));
    assert_string_equal(fail.code, "ENOENT");
    assert_string_equal(fail.text, "a requires b >=1.0.0: b: there is none");
}

/* Ten versions of twelve packs, of which the last fits to none: more ways than can be gone. */
static void a_riddle_is_given_up(void **state)
{
    static char text[122][32];
    const char *lines[123] = {NULL};
    struct fail fail;
    unsigned n = 0;
    (void)state;
    for (char name = 'a'; name < 'm'; name++)
        for (int version = 9; version >= 0; version--, n++)
            snprintf(text[n], sizeof text[n], "%c %d.0.0%s", name, version,
                     name == 'l' ? " a >=99.0.0" : "");
    for (unsigned i = 0; i < n; i++)
        lines[i] = text[i];
    begin(lines);
    for (char name = 'a'; name < 'm'; name++)
        resolve_add(&resolve, (const char[]){name, '\0'});
    assert_false(resolve_run(&resolve, &fail));
    assert_string_equal(fail.code, "ELIMIT");
}

static void each_comes_behind_what_it_requires(void **state)
{
    struct fail fail;
    unsigned order[RESOLVE_PACKS];
    (void)state;
    begin((const char *const[]){"a 1.0.0 b >=1.0.0", "b 1.0.0 c >=1.0.0", "c 1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_true(resolve_run(&resolve, &fail));
    assert_true(resolve_order(&resolve, order, &fail));
    assert_string_equal(resolve.picks[order[0]].name, "c");
    assert_string_equal(resolve.picks[order[1]].name, "b");
    assert_string_equal(resolve.picks[order[2]].name, "a");
}

static void those_that_require_each_other_have_no_order(void **state)
{
    struct fail fail;
    unsigned order[RESOLVE_PACKS];
    (void)state;
    begin((const char *const[]){"a 1.0.0 b >=1.0.0", "b 1.0.0 a >=1.0.0", NULL});
    resolve_add(&resolve, "a");
    assert_true(resolve_run(&resolve, &fail));
    assert_false(resolve_order(&resolve, order, &fail));
    assert_string_equal(fail.code, "ECYCLE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_is_taken_and_what_it_requires),
        cmocka_unit_test(a_version_that_does_not_go_with_the_others_is_passed_over),
        cmocka_unit_test(what_a_version_required_that_was_given_up_is_not_there),
        cmocka_unit_test(who_is_there_already_is_asked_too),
        cmocka_unit_test(what_stood_first_in_the_way_is_the_reason),
        cmocka_unit_test(one_that_there_is_not_is_named_with_who_requires_it),
        cmocka_unit_test(a_riddle_is_given_up),
        cmocka_unit_test(each_comes_behind_what_it_requires),
        cmocka_unit_test(those_that_require_each_other_have_no_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
