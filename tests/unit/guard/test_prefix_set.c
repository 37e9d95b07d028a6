#include "guard/prefix_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add(struct prefix_set *set, const char *text)
{
    struct prefix p;
    assert_true(prefix_parse(bytes_of(text), &p));
    assert_true(prefix_set_add(set, &p));
}

static bool has(const struct prefix_set *set, const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return prefix_set_has(set, &a);
}

static void an_empty_set_has_nothing(void **state)
{
    (void)state;
    struct prefix_set *set = prefix_set_new();
    assert_false(has(set, "0.0.0.0"));
    assert_false(has(set, "::"));
    prefix_set_free(set);
}

static void prefixes_of_all_lengths_are_found(void **state)
{
    (void)state;
    struct prefix_set *set = prefix_set_new();
    add(set, "10.0.0.0/8");
    add(set, "192.0.2.128/25");
    add(set, "198.51.100.7");
    add(set, "2001:db8::/33");
    prefix_set_sort(set);
    assert_true(has(set, "10.255.0.1"));
    assert_false(has(set, "11.0.0.0"));
    assert_true(has(set, "192.0.2.128"));
    assert_false(has(set, "192.0.2.127"));
    assert_true(has(set, "198.51.100.7"));
    assert_false(has(set, "198.51.100.8"));
    assert_true(has(set, "2001:db8:7fff::"));
    assert_false(has(set, "2001:db8:8000::"));
    prefix_set_free(set);
}

static void everything_is_a_prefix_too(void **state)
{
    (void)state;
    struct prefix_set *set = prefix_set_new();
    add(set, "0.0.0.0/0");
    prefix_set_sort(set);
    assert_true(has(set, "203.0.113.1"));
    assert_false(has(set, "2001:db8::1"));
    prefix_set_free(set);
}

static void what_is_added_twice_is_there_once(void **state)
{
    (void)state;
    struct prefix_set *set = prefix_set_new();
    add(set, "10.0.0.0/8");
    add(set, "10.0.0.0/8");
    add(set, "9.0.0.0/8");
    prefix_set_sort(set);
    assert_int_equal(prefix_set_count(set), 2);
    assert_true(has(set, "9.1.1.1"));
    prefix_set_free(set);
}

static void a_merge_adds_all(void **state)
{
    (void)state;
    struct prefix_set *one = prefix_set_new();
    struct prefix_set *two = prefix_set_new();
    add(one, "10.0.0.0/8");
    add(two, "10.0.0.0/8");
    add(two, "2001:db8::1");
    assert_true(prefix_set_merge(one, two));
    prefix_set_sort(one);
    assert_int_equal(prefix_set_count(one), 2);
    assert_true(has(one, "2001:db8::1"));
    prefix_set_free(one);
    prefix_set_free(two);
}

/* Every second /32 of a stretch, added in an order that is not theirs. */
static void a_million_prefixes_are_held_and_found(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    struct prefix_set *set = prefix_set_new();
    struct prefix p = {.base = {.family = ADDR_IPV4}, .bits = 32};
    for (unsigned long i = 0; i < MANY; i++) {
        unsigned long k = i * 7919 % MANY * 2;
        memcpy(p.base.ip,
               (unsigned char[]){20, (unsigned char)(k >> 16), (unsigned char)(k >> 8),
                                 (unsigned char)k},
               4);
        assert_true(prefix_set_add(set, &p));
    }
    prefix_set_sort(set);
    assert_int_equal(prefix_set_count(set), MANY);
    assert_true(has(set, "20.0.0.0"));
    assert_true(has(set, "20.15.66.64"));
    assert_false(has(set, "20.15.66.65"));
    assert_true(has(set, "20.30.132.126"));
    assert_false(has(set, "20.30.132.128"));
    prefix_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_set_has_nothing),
        cmocka_unit_test(prefixes_of_all_lengths_are_found),
        cmocka_unit_test(everything_is_a_prefix_too),
        cmocka_unit_test(what_is_added_twice_is_there_once),
        cmocka_unit_test(a_merge_adds_all),
        cmocka_unit_test(a_million_prefixes_are_held_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
