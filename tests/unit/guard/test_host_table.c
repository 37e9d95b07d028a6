#include "guard/host_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct addr numbered(unsigned i)
{
    struct addr a = {.family = ADDR_IPV4, .port = (uint16_t)i};
    a.ip[0] = 10;
    a.ip[1] = (unsigned char)(i >> 16);
    a.ip[2] = (unsigned char)(i >> 8);
    a.ip[3] = (unsigned char)i;
    return a;
}

static void a_host_is_counted_whatever_the_port(void **state)
{
    (void)state;
    struct host_table *t = host_table_new();
    struct addr a = numbered(1);
    assert_true(host_table_take(t, &a, 2));
    a.port = 9;
    assert_true(host_table_take(t, &a, 2));
    assert_false(host_table_take(t, &a, 2));
    assert_int_equal(host_table_count(t), 1);
    host_table_give(t, &a);
    assert_true(host_table_take(t, &a, 2));
    host_table_free(t);
}

static void a_host_given_back_is_forgotten(void **state)
{
    (void)state;
    struct host_table *t = host_table_new();
    struct addr a = numbered(1);
    assert_true(host_table_take(t, &a, 1));
    host_table_give(t, &a);
    assert_int_equal(host_table_count(t), 0);
    host_table_free(t);
}

/* Takes and gives in a disorderly but repeatable way, against a plain array of flags. */
static void many_hosts_come_and_go_and_none_is_lost(void **state)
{
    (void)state;
    enum { HOSTS = 5000, TURNS = 200000 };
    struct host_table *t = host_table_new();
    bool held[HOSTS] = {false};
    uint64_t x = 88172645463325252ULL;
    size_t count = 0;
    for (unsigned turn = 0; turn < TURNS; turn++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        unsigned i = (unsigned)(x % (turn < TURNS / 2 ? HOSTS : HOSTS / 50));
        struct addr a = numbered(i);
        assert_int_equal(host_table_take(t, &a, 1), !held[i]);
        if (held[i])
            host_table_give(t, &a);
        held[i] = !held[i];
        count += held[i] ? 1 : (size_t)-1;
        assert_int_equal(host_table_count(t), count);
    }
    for (unsigned i = 0; i < HOSTS; i++) {
        struct addr a = numbered(i);
        assert_int_equal(host_table_take(t, &a, 1), !held[i]);
        host_table_give(t, &a);
    }
    assert_int_equal(host_table_count(t), 0);
    host_table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_is_counted_whatever_the_port),
        cmocka_unit_test(a_host_given_back_is_forgotten),
        cmocka_unit_test(many_hosts_come_and_go_and_none_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
