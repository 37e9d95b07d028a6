#include "given.h"

#include "run/hosts.h"

static struct hosts *hosts;
static struct addr host, other;

static int set_up(void **state)
{
    (void)state;
    hosts = hosts_new(4);
    host = addr_of("192.0.2.1:25");
    other = addr_of("192.0.2.2:25");
    return hosts ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    hosts_free(hosts);
    return 0;
}

static struct hosts_waiter waits(uint64_t job, bool whole)
{
    return (struct hosts_waiter){.job = job, .whole_job = whole};
}

static void a_host_is_held_by_one_job(void **state)
{
    (void)state;
    assert_true(hosts_is_free(hosts, &host));
    assert_true(hosts_take(hosts, &host, 1));
    assert_false(hosts_is_free(hosts, &host));
    assert_false(hosts_take(hosts, &host, 2));
    assert_true(hosts_take(hosts, &other, 2));
    assert_null(hosts_give(hosts, &host, 1));
    assert_true(hosts_take(hosts, &host, 2));
}

/* Another port of a host is the same host; another address of one network is another. */
static void ports_do_not_count(void **state)
{
    (void)state;
    struct addr port = addr_of("192.0.2.1:587");
    assert_true(hosts_take(hosts, &host, 1));
    assert_false(hosts_take(hosts, &port, 2));
    assert_null(hosts_give(hosts, &port, 1));
    assert_true(hosts_is_free(hosts, &host));
}

static void a_job_may_hold_its_host_several_times(void **state)
{
    (void)state;
    struct hosts_waiter next = waits(2, true);
    assert_true(hosts_take(hosts, &host, 1));
    assert_true(hosts_take(hosts, &host, 1));
    assert_true(hosts_wait(hosts, &host, &next));
    assert_null(hosts_give(hosts, &host, 1));
    assert_ptr_equal(hosts_give(hosts, &host, 1), &next);
}

static void those_in_line_come_in_their_order(void **state)
{
    (void)state;
    struct hosts_waiter second = waits(2, true), third = waits(3, false), fourth = waits(4, true);
    assert_true(hosts_take(hosts, &host, 1));
    assert_true(hosts_wait(hosts, &host, &second));
    assert_ptr_equal(hosts_give(hosts, &host, 1), &second);
    assert_true(hosts_wait(hosts, &host, &third));
    assert_true(hosts_wait(hosts, &host, &fourth));
    assert_false(hosts_take(hosts, &host, 1));
    assert_ptr_equal(hosts_give(hosts, &host, 2), &third);
    assert_ptr_equal(hosts_give(hosts, &host, 3), &fourth);
    assert_null(hosts_give(hosts, &host, 4));
    assert_true(hosts_is_free(hosts, &host));
}

static void a_connection_goes_before_jobs_that_have_not_begun(void **state)
{
    (void)state;
    struct hosts_waiter line[] = {waits(2, true), waits(3, false), waits(4, true), waits(5, false)};
    static const unsigned order[] = {1, 3, 0, 2};
    assert_true(hosts_take(hosts, &host, 1));
    for (unsigned i = 0; i < 4; i++)
        assert_true(hosts_wait(hosts, &host, &line[i]));
    uint64_t holder = 1;
    for (unsigned i = 0; i < 4; i++) {
        assert_ptr_equal(hosts_give(hosts, &host, holder), &line[order[i]]);
        holder = line[order[i]].job;
    }
    assert_null(hosts_give(hosts, &host, holder));
}

static void nobody_waits_for_a_host_that_is_free(void **state)
{
    (void)state;
    struct hosts_waiter waiter = waits(1, true);
    assert_false(hosts_wait(hosts, &host, &waiter));
}

static void who_does_not_hold_it_can_not_give_it(void **state)
{
    (void)state;
    assert_null(hosts_give(hosts, &host, 1));
    assert_true(hosts_take(hosts, &host, 1));
    assert_null(hosts_give(hosts, &host, 2));
    assert_false(hosts_take(hosts, &host, 2));
}

static void jobs_in_line_can_be_forgotten(void **state)
{
    (void)state;
    struct hosts_waiter line[] = {waits(2, true), waits(3, false), waits(4, true), waits(5, false),
                                  waits(6, true)};
    struct hosts_waiter late = waits(7, false);
    assert_true(hosts_take(hosts, &host, 1));
    for (unsigned i = 0; i < 5; i++)
        assert_true(hosts_wait(hosts, &host, &line[i]));
    hosts_forget_jobs(hosts);
    assert_true(hosts_wait(hosts, &host, &late));
    assert_ptr_equal(hosts_give(hosts, &host, 1), &line[1]);
    assert_ptr_equal(hosts_give(hosts, &host, 3), &line[3]);
    assert_ptr_equal(hosts_give(hosts, &host, 5), &late);
    assert_null(hosts_give(hosts, &host, 7));
}

static void many_hosts_in_few_buckets(void **state)
{
    (void)state;
    struct addr a = addr_of("10.0.0.0:25");
    for (unsigned i = 0; i < 2000; i++) {
        a.ip[2] = (unsigned char)(i >> 8);
        a.ip[3] = (unsigned char)i;
        assert_true(hosts_take(hosts, &a, i + 1));
    }
    for (unsigned i = 0; i < 2000; i++) {
        a.ip[2] = (unsigned char)(i >> 8);
        a.ip[3] = (unsigned char)i;
        assert_false(hosts_take(hosts, &a, 5000));
        assert_null(hosts_give(hosts, &a, i + 1));
        assert_true(hosts_is_free(hosts, &a));
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_host_is_held_by_one_job),
        TEST(ports_do_not_count),
        TEST(a_job_may_hold_its_host_several_times),
        TEST(those_in_line_come_in_their_order),
        TEST(a_connection_goes_before_jobs_that_have_not_begun),
        TEST(nobody_waits_for_a_host_that_is_free),
        TEST(who_does_not_hold_it_can_not_give_it),
        TEST(jobs_in_line_can_be_forgotten),
        TEST(many_hosts_in_few_buckets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
