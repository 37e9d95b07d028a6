#include "guard/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HOUR (3600 * SPAN_SECOND)
#define DAY  (24 * HOUR)

enum { MOST = 5, START = 1000000000 /* a monotonic clock begins anywhere */ };

static struct budget *budget;

static int begin(void **state)
{
    (void)state;
    budget = budget_new(MOST);
    return budget ? 0 : 1;
}

static int end(void **state)
{
    (void)state;
    budget_free(budget);
    return 0;
}

static struct addr at(const char *text)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(text), &a));
    return a;
}

static unsigned left(const char *host, instant now)
{
    struct addr a = at(host);
    return budget_left(budget, &a, 0, now);
}

static void gets(const char *host, unsigned n, instant now)
{
    struct addr a = at(host);
    for (unsigned i = 0; i < n; i++)
        budget_take(budget, &a, now);
}

static void a_host_gets_so_many_on_whatever_port(void **state)
{
    (void)state;
    assert_int_equal(left("192.0.2.1", START), MOST);
    gets("192.0.2.1:25", 2, START);
    gets("192.0.2.1:587", 1, START);
    assert_int_equal(left("192.0.2.1:465", START), MOST - 3);
    assert_int_equal(left("192.0.2.2:25", START), MOST);
    gets("192.0.2.1", 9, START);
    assert_int_equal(left("192.0.2.1", START), 0);
}

static void both_families_are_told_apart_and_a_mapped_address_is_not(void **state)
{
    (void)state;
    gets("192.0.2.1", 2, START);
    gets("2001:db8::1", 1, START);
    assert_int_equal(left("::ffff:192.0.2.1", START), MOST - 2);
    assert_int_equal(left("2001:db8::1", START), MOST - 1);
    assert_int_equal(left("2001:db8::2", START), MOST);
}

static void after_a_day_without_any_it_begins_anew(void **state)
{
    (void)state;
    gets("192.0.2.1", MOST, START);
    assert_int_equal(left("192.0.2.1", START + DAY - 1), 0);
    assert_int_equal(left("192.0.2.1", START + DAY), MOST);
    gets("192.0.2.1", 1, START + DAY);
    assert_int_equal(left("192.0.2.1", START + DAY), MOST - 1);
}

static void no_24_hours_see_more(void **state)
{
    (void)state;
    gets("192.0.2.1", 1, START);
    gets("192.0.2.1", MOST - 1, START + 23 * HOUR);
    assert_int_equal(left("192.0.2.1", START + 25 * HOUR), 0);
    assert_int_equal(left("192.0.2.1", START + 47 * HOUR), MOST);
}

static void what_one_keeps_to_confirm_his_test_is_not_left_for_others(void **state)
{
    (void)state;
    struct addr host = at("192.0.2.1");
    gets("192.0.2.1", 1, START);
    budget_keep(budget, &host);
    assert_int_equal(budget_left(budget, &host, 0, START), MOST - 2);
    assert_int_equal(budget_left(budget, &host, 1, START), MOST - 1);
    gets("192.0.2.1", MOST - 2, START);
    assert_int_equal(budget_left(budget, &host, 0, START), 0);
    assert_int_equal(budget_left(budget, &host, 1, START), 1);
    budget_give_back(budget, &host);
    assert_int_equal(budget_left(budget, &host, 0, START), 1);
    budget_give_back(budget, &host);
    assert_int_equal(budget_left(budget, &host, 0, START), 1);
}

static struct addr numbered(unsigned i)
{
    struct addr a = {.family = ADDR_IPV4};
    a.ip[0] = 10;
    a.ip[1] = (unsigned char)(i >> 16);
    a.ip[2] = (unsigned char)(i >> 8);
    a.ip[3] = (unsigned char)i;
    return a;
}

static void many_hosts(void **state)
{
    (void)state;
    enum { HOSTS = 20000 };
    for (unsigned i = 0; i < HOSTS; i++) {
        struct addr a = numbered(i);
        for (unsigned n = 0; n < i % MOST; n++)
            budget_take(budget, &a, START);
    }
    for (unsigned i = 0; i < HOSTS; i++) {
        struct addr a = numbered(i);
        assert_int_equal(budget_left(budget, &a, 0, START), MOST - i % MOST);
    }
}

static void a_budget_of_none(void **state)
{
    (void)state;
    struct addr host = at("192.0.2.1");
    struct budget *none = budget_new(0);
    assert_int_equal(budget_left(none, &host, 0, START), 0);
    budget_take(none, &host, START);
    assert_int_equal(budget_left(none, &host, 0, START), 0);
    budget_free(none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_host_gets_so_many_on_whatever_port),
        TEST(both_families_are_told_apart_and_a_mapped_address_is_not),
        TEST(after_a_day_without_any_it_begins_anew),
        TEST(no_24_hours_see_more),
        TEST(what_one_keeps_to_confirm_his_test_is_not_left_for_others),
        TEST(many_hosts),
        TEST(a_budget_of_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
