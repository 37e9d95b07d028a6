#include "guard/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { START = 1000000000 }; /* a monotonic clock begins anywhere */

static struct addr ip(const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return a;
}

static struct addr numbered(unsigned i)
{
    struct addr a = {.family = ADDR_IPV4};
    a.ip[0] = 10;
    a.ip[1] = (unsigned char)(i >> 8);
    a.ip[2] = (unsigned char)i;
    return a;
}

static struct pace *limited(unsigned overall, unsigned prefix)
{
    struct pace *p = pace_new(&(struct pace_limits){.overall = overall, .prefix = prefix});
    assert_non_null(p);
    return p;
}

static void without_limits_nobody_waits(void **state)
{
    (void)state;
    struct pace *p = limited(0, 0);
    struct addr a = ip("192.0.2.1");
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(pace_ask(p, &a, START), 0);
    pace_free(p);
}

static void one_prefix_is_knocked_at_evenly(void **state)
{
    (void)state;
    struct pace *p = limited(0, 10);
    struct addr a = ip("192.0.2.1");
    struct addr b = ip("192.0.2.200");
    struct addr other = ip("192.0.3.1");
    assert_int_equal(pace_ask(p, &a, START), 0);
    assert_int_equal(pace_ask(p, &b, START), 100000);
    assert_int_equal(pace_ask(p, &other, START), 0);
    assert_int_equal(pace_ask(p, &b, START + 99999), 1);
    assert_int_equal(pace_ask(p, &b, START + 100000), 0);
    assert_int_equal(pace_ask(p, &a, START + 100000), 100000);
    pace_free(p);
}

static void an_ipv6_prefix_is_a_48(void **state)
{
    (void)state;
    struct pace *p = limited(0, 1);
    struct addr a = ip("2001:db8:1:1::1");
    struct addr b = ip("2001:db8:1:2::1");
    struct addr c = ip("2001:db8:2:1::1");
    assert_int_equal(pace_ask(p, &a, START), 0);
    assert_int_equal(pace_ask(p, &b, START), SPAN_SECOND);
    assert_int_equal(pace_ask(p, &c, START), 0);
    pace_free(p);
}

static void a_mapped_address_counts_as_ipv4(void **state)
{
    (void)state;
    struct pace *p = limited(0, 1);
    struct addr a = ip("192.0.2.1");
    struct addr b = ip("::ffff:192.0.2.2");
    assert_int_equal(pace_ask(p, &a, START), 0);
    assert_int_equal(pace_ask(p, &b, START), SPAN_SECOND);
    pace_free(p);
}

/* How many of those who ask each millisecond for `seconds` are let go. */
static unsigned let_go(struct pace *p, unsigned seconds, unsigned askers)
{
    unsigned n = 0;
    for (unsigned ms = 0; ms < seconds * 1000; ms++)
        for (unsigned i = 0; i < askers; i++) {
            struct addr a = numbered(i);
            n += pace_ask(p, &a, START + (instant)ms * 1000) == 0;
        }
    return n;
}

static void the_overall_rate_is_reached_and_not_passed(void **state)
{
    (void)state;
    struct pace *p = limited(5000, 0);
    unsigned n = let_go(p, 2, 10);
    assert_in_range(n, 10000, 10000 + 5000 / 20 + 1); /* it may catch up 50 ms */
    pace_free(p);
}

static void a_loop_that_wakes_late_catches_up_a_little_only(void **state)
{
    (void)state;
    struct pace *p = limited(1000, 0);
    struct addr a = ip("192.0.2.1");
    unsigned n = 0;
    pace_ask(p, &a, START);
    while (pace_ask(p, &a, START + 60 * SPAN_SECOND) == 0)
        n++;
    assert_int_equal(n, 51);
    pace_free(p);
}

static void one_who_must_wait_for_the_prefix_uses_up_nothing(void **state)
{
    (void)state;
    struct pace *p = limited(1, 1);
    struct addr a = ip("192.0.2.1");
    struct addr b = ip("198.51.100.1");
    assert_int_equal(pace_ask(p, &a, START), 0);
    assert_int_equal(pace_ask(p, &a, START + 999999), 1);
    assert_int_equal(pace_ask(p, &b, START + SPAN_SECOND), 0);
    assert_true(pace_ask(p, &a, START + SPAN_SECOND) > 0);
    pace_free(p);
}

/* More prefixes than the table has places: each is still knocked at once in its time only. */
static void the_table_is_bounded_and_never_too_fast(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    struct pace *p = limited(0, 1);
    unsigned went = 0;
    unsigned again = 0;
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < MANY; i++) {
            struct addr a = {.family = ADDR_IPV6};
            memcpy(a.ip, &i, sizeof i);
            *(round ? &again : &went) += pace_ask(p, &a, START) == 0;
        }
    assert_in_range(went, 1, 65536);
    assert_int_equal(again, 0);
    pace_free(p);
}

static void a_session_follows_another_at_its_host_after_the_gap(void **state)
{
    (void)state;
    struct pace *p = pace_new(&(struct pace_limits){.session_gap = 2000000});
    struct addr a = ip("192.0.2.1");
    struct addr mapped = ip("::ffff:192.0.2.1");
    struct addr other = ip("192.0.2.2");
    assert_int_equal(pace_session(p, &a, START), 0);
    pace_session_over(p, &a, START);
    assert_int_equal(pace_session(p, &a, START), 2000000);
    assert_int_equal(pace_session(p, &mapped, START + 500000), 1500000);
    assert_int_equal(pace_session(p, &other, START), 0);
    assert_int_equal(pace_session(p, &a, START + 2000000), 0);
    pace_free(p);
}

static void without_a_gap_it_does_so_at_once(void **state)
{
    (void)state;
    struct pace *p = limited(0, 0);
    struct addr a = ip("192.0.2.1");
    pace_session_over(p, &a, START);
    assert_int_equal(pace_session(p, &a, START), 0);
    pace_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_limits_nobody_waits),
        cmocka_unit_test(one_prefix_is_knocked_at_evenly),
        cmocka_unit_test(an_ipv6_prefix_is_a_48),
        cmocka_unit_test(a_mapped_address_counts_as_ipv4),
        cmocka_unit_test(the_overall_rate_is_reached_and_not_passed),
        cmocka_unit_test(a_loop_that_wakes_late_catches_up_a_little_only),
        cmocka_unit_test(one_who_must_wait_for_the_prefix_uses_up_nothing),
        cmocka_unit_test(a_session_follows_another_at_its_host_after_the_gap),
        cmocka_unit_test(without_a_gap_it_does_so_at_once),
        cmocka_unit_test(the_table_is_bounded_and_never_too_fast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
