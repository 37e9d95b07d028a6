/* Which letter goes when. */
#include "mail_test.h"

#include "mail/turns.h"

#include <stdio.h>

static struct turns *turns;

static int tear_down(void **state)
{
    (void)state;
    turns_free(turns);
    turns = NULL;
    return 0;
}

static void begin(unsigned all, unsigned domain)
{
    struct turns_rates rates = {.all = all, .domain = domain};
    turns = turns_new(&rates);
    assert_non_null(turns);
}

static void add(const char *name, const char *to)
{
    assert_true(turns_add(turns, name, to));
}

static void assert_next(const char *name, double second)
{
    instant at = 0;
    const char *got = turns_next(turns, 1000 * SPAN_SECOND, &at);
    assert_non_null(got);
    assert_string_equal(got, name);
    assert_true(at - 1000 * SPAN_SECOND == (span)(second * (double)SPAN_SECOND));
}

static void one_of_each_domain_in_turn(void **state)
{
    (void)state;
    begin(0, 0);
    add("a1", "x@a.example");
    add("a2", "y@A.example");
    add("a3", "z@a.example");
    add("b1", "x@b.example");
    assert_int_equal(turns_domains(turns), 2);
    assert_int_equal(turns_left(turns), 4);
    assert_next("a1", 0);
    assert_next("b1", 0);
    instant at;
    assert_string_equal(turns_next(turns, 1000 * SPAN_SECOND, &at), "a2");
    assert_string_equal(turns_next(turns, 1000 * SPAN_SECOND, &at), "a3");
    assert_null(turns_next(turns, 1000 * SPAN_SECOND, &at));
    assert_int_equal(turns_left(turns), 0);
}

static void a_domain_gets_so_many_a_minute(void **state)
{
    (void)state;
    begin(0, 20);
    add("a1", "x@a.example");
    add("a2", "x@a.example");
    add("b1", "x@b.example");
    assert_next("a1", 0);
    assert_next("b1", 0);
    assert_next("a2", 3);
}

static void so_does_the_smarthost(void **state)
{
    (void)state;
    begin(60, 0);
    add("a1", "x@a.example");
    add("b1", "x@b.example");
    add("c1", "x@c.example");
    assert_next("a1", 0);
    assert_next("b1", 1);
    assert_next("c1", 2);
}

static void nothing_has_no_turn(void **state)
{
    instant at;
    (void)state;
    begin(1, 1);
    assert_null(turns_next(turns, 0, &at));
    assert_int_equal(turns_domains(turns), 0);
}

/* 1000 letters to 100 domains, each of which gets one a second, in each second. */
static void many_domains_share_the_time(void **state)
{
    char name[16], to[32];
    instant at = 0;
    (void)state;
    begin(0, 60);
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "c-%u", i);
        snprintf(to, sizeof to, "x@d%u.example", i % 100);
        add(name, to);
    }
    for (unsigned i = 0; i < 1000; i++) {
        assert_non_null(turns_next(turns, 0, &at));
        assert_true(at == (span)(i / 100) * SPAN_SECOND);
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_of_each_domain_in_turn),  TEST(a_domain_gets_so_many_a_minute),
        TEST(so_does_the_smarthost),       TEST(nothing_has_no_turn),
        TEST(many_domains_share_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
