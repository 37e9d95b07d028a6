/* Which targets have come before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/seen.h"

static struct addr addr_of(const char *text)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(text), &a));
    return a;
}

static void add(struct seen *s, const char *prefix, uint16_t port)
{
    struct prefix p;
    assert_true(prefix_parse(bytes_of(prefix), &p));
    p.base.port = port;
    assert_true(seen_add(s, &p));
}

static bool has(const struct seen *s, const char *text)
{
    struct addr a = addr_of(text);
    return seen_has(s, &a);
}

static void an_address_is_known_with_its_port_alone(void **state)
{
    struct seen s;
    (void)state;
    seen_begin(&s);
    assert_false(has(&s, "192.0.2.1:25"));
    add(&s, "192.0.2.1", 25);
    add(&s, "2001:db8::1", 0);
    assert_true(has(&s, "192.0.2.1:25"));
    assert_false(has(&s, "192.0.2.1:26"));
    assert_false(has(&s, "192.0.2.1"));
    assert_false(has(&s, "192.0.2.2:25"));
    assert_true(has(&s, "2001:db8::1"));
    assert_false(has(&s, "[2001:db8::1]:25"));
    seen_free(&s);
}

static void a_network_holds_its_addresses(void **state)
{
    struct seen s;
    (void)state;
    seen_begin(&s);
    add(&s, "192.0.2.64/26", 25);
    add(&s, "2001:db8::/32", 25);
    assert_true(has(&s, "192.0.2.64:25"));
    assert_true(has(&s, "192.0.2.127:25"));
    assert_false(has(&s, "192.0.2.63:25"));
    assert_false(has(&s, "192.0.2.128:25"));
    assert_true(has(&s, "[2001:db8:ffff::1]:25"));
    assert_false(has(&s, "[2001:db9::]:25"));
    add(&s, "0.0.0.0/0", 0);
    assert_true(has(&s, "203.0.113.9"));
    seen_free(&s);
}

static bool covers(const struct seen *s, const char *prefix, uint16_t port)
{
    struct prefix p;
    assert_true(prefix_parse(bytes_of(prefix), &p));
    p.base.port = port;
    return seen_covers(s, &p);
}

static void a_network_is_covered_by_one_that_holds_all_of_it(void **state)
{
    struct seen s;
    (void)state;
    seen_begin(&s);
    add(&s, "192.0.2.0/25", 25);
    assert_true(covers(&s, "192.0.2.0/25", 25));
    assert_true(covers(&s, "192.0.2.64/26", 25));
    assert_false(covers(&s, "192.0.2.64/26", 0));
    assert_false(covers(&s, "192.0.2.0/24", 25)); /* half of it alone */
    seen_free(&s);
}

static void a_mapped_address_is_the_one_that_it_means(void **state)
{
    struct seen s;
    (void)state;
    seen_begin(&s);
    add(&s, "::ffff:192.0.2.1", 25);
    assert_true(has(&s, "192.0.2.1:25"));
    assert_true(has(&s, "[::ffff:192.0.2.1]:25"));
    seen_free(&s);
}

static void it_grows_and_forgets_nothing(void **state)
{
    enum { MANY = 100000 };
    struct seen s;
    (void)state;
    seen_begin(&s);
    for (unsigned round = 0; round < 2; round++)
        for (uint32_t i = 0; i < MANY; i++) {
            struct prefix p = {.base = {.family = ADDR_IPV4, .port = 25}, .bits = 32};
            memcpy(p.base.ip, &i, sizeof i);
            assert_int_equal(seen_has(&s, &p.base), round == 1);
            assert_true(seen_add(&s, &p));
        }
    assert_int_equal(s.tables[0].used, MANY);
    assert_true(s.tables[0].room * 8 <= (size_t)MANY * 22); /* bytes, as the header says */
    seen_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_known_with_its_port_alone),
        cmocka_unit_test(a_network_holds_its_addresses),
        cmocka_unit_test(a_network_is_covered_by_one_that_holds_all_of_it),
        cmocka_unit_test(a_mapped_address_is_the_one_that_it_means),
        cmocka_unit_test(it_grows_and_forgets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
