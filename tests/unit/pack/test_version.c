#include "pack/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct version version(const char *text)
{
    struct fail fail = {0};
    struct version v;
    if (!version_parse(bytes_of(text), &v, &fail))
        fail_msg("%s", fail.text);
    return v;
}

static bool is_within(const char *v, const char *range)
{
    struct fail fail = {0};
    struct version_range r;
    struct version one = version(v);
    if (!version_range_parse(bytes_of(range), &r, &fail))
        fail_msg("%s", fail.text);
    return version_is_within(&one, &r);
}

static void the_order_is_that_of_semantic_versioning(void **state)
{
    /* the example of its section 11, and what stands around it */
    static const char *const order[] = {
        "0.9.9",      "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0",      "1.0.1",        "1.2.0",         "1.10.0",
        "2.0.0"};
    (void)state;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        for (size_t j = 0; j < sizeof order / sizeof order[0]; j++) {
            struct version a = version(order[i]);
            struct version b = version(order[j]);
            int got = version_compare(&a, &b);
            assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
        }
}

static void a_version_is_written_as_it_was_read(void **state)
{
    static const char *const texts[] = {"0.0.0", "1.2.3", "10.20.30-rc.1", "1.0.0-x-y.7"};
    char out[VERSION_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct version v = version(texts[i]);
        assert_string_equal(version_text(&v, out), texts[i]);
    }
}

static void what_is_no_version_is_refused(void **state)
{
    static const char *const wrong[] = {"",         "1",        "1.0",          "1.0.0.0",
                                        "01.0.0",   "1.0.x",    "v1.0.0",       "1.0.0-",
                                        "1.0.0-a.", "1.0.0-.a", "1.0.0-01",     "1.0.0+build",
                                        " 1.0.0",   "1.0.0 ",   "99999999.0.0", "1.0.0-a_b"};
    struct fail fail;
    struct version v;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(version_parse(bytes_of(wrong[i]), &v, &fail));
}

static void all_bounds_of_a_range_hold(void **state)
{
    (void)state;
    assert_true(is_within("1.2.0", ">=1.2.0 <2.0.0"));
    assert_true(is_within("1.9.9", ">=1.2.0 <2.0.0"));
    assert_false(is_within("1.1.9", ">=1.2.0 <2.0.0"));
    assert_false(is_within("2.0.0", ">=1.2.0 <2.0.0"));
    assert_true(is_within("2.0.0", ">1.2.0 <=2.0.0"));
    assert_false(is_within("1.2.0", ">1.2.0 <=2.0.0"));
}

static void a_version_alone_means_itself(void **state)
{
    (void)state;
    assert_true(is_within("1.2.0", "1.2.0"));
    assert_true(is_within("1.2.0", "=1.2.0"));
    assert_false(is_within("1.2.1", "1.2.0"));
}

static void a_pre_release_comes_only_where_it_is_named(void **state)
{
    (void)state;
    assert_false(is_within("1.3.0-rc.1", ">=1.2.0"));
    assert_true(is_within("1.3.0-rc.2", ">=1.3.0-rc.1"));
    assert_false(is_within("1.4.0-rc.1", ">=1.3.0-rc.1"));
}

static void what_is_no_range_is_refused(void **state)
{
    static const char *const wrong[] = {"",       ">=",     "1.0.0  2.0.0",
                                        "~1.0.0", ">=1 <2", "1.0.0 1.0.0 1.0.0 1.0.0 1.0.0"};
    struct fail fail;
    struct version_range r;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(version_range_parse(bytes_of(wrong[i]), &r, &fail));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_is_that_of_semantic_versioning),
        cmocka_unit_test(a_version_is_written_as_it_was_read),
        cmocka_unit_test(what_is_no_version_is_refused),
        cmocka_unit_test(all_bounds_of_a_range_hold),
        cmocka_unit_test(a_version_alone_means_itself),
        cmocka_unit_test(a_pre_release_comes_only_where_it_is_named),
        cmocka_unit_test(what_is_no_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
