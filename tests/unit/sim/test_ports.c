/* What a simulated server opens beside its connection: what comes is kept, in order, up to a limit. */
#include "../net/net_test.h"
#include "giver.h"
#include "sim/ports.h"

static struct loop *loop;
static struct giver giver;
static struct ports *ports;
static struct addr at;
static unsigned wakes;

static void count_wake(void *owner)
{
    (void)owner;
    wakes++;
}

static int set_up(void **state)
{
    (void)state;
    loop = new_loop();
    giver_begin(&giver);
    ports = ports_new(loop, &giver.sockets, count_wake, NULL);
    addr_parse(bytes_of("127.0.0.1"), &at);
    wakes = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    ports_free(ports);
    giver_end(&giver);
    loop_free(loop);
    return 0;
}

static void a_port_that_listens_gives_connections(void **state)
{
    struct fail fail;
    (void)state;
    unsigned handle = ports_listen(ports, &at, &fail);
    assert_int_equal(handle, 1);
    assert_true(at.port > 0);
    assert_false(ports_ready(ports, handle));
    assert_int_equal(ports_take_connection(ports, handle), -1);
    int fd = dial_start(&at, &fail);
    run_for(loop, 20000);
    assert_int_equal(wakes, 1);
    assert_true(ports_ready(ports, handle));
    int taken = ports_take_connection(ports, handle);
    assert_true(taken >= 0);
    assert_false(ports_ready(ports, handle));
    close(taken);
    close(fd);
}

static void datagrams_come_in_order_with_who_sent_them(void **state)
{
    struct fail fail;
    struct addr from;
    struct addr me = at;
    struct bytes got;
    (void)state;
    unsigned handle = ports_datagrams(ports, &at, &fail);
    unsigned mine = ports_datagrams(ports, &me, &fail);
    assert_int_equal(mine, 2);
    assert_true(ports_send(ports, mine, &at, bytes_of("one")));
    assert_true(ports_send(ports, mine, &at, bytes_of("two")));
    run_for(loop, 20000);
    assert_true(ports_take_datagram(ports, handle, &from, &got));
    assert_true(bytes_equal_text(got, "one"));
    assert_true(addr_equal(&from, &me));
    assert_true(ports_take_datagram(ports, handle, &from, &got));
    assert_true(bytes_equal_text(got, "two"));
    assert_false(ports_take_datagram(ports, handle, &from, &got));
}

static void no_more_is_kept_than_the_limit(void **state)
{
    struct addr from;
    (void)state;
    unsigned handle = ports_share(ports, NULL);
    addr_parse(bytes_of("127.0.0.1:9"), &from);
    for (int i = 0; i < 100; i++)
        ports_feed(ports, handle, &from, bytes_of("x"));
    assert_int_equal(wakes, PORTS_QUEUE);
}

static void nothing_goes_or_comes_beyond_loopback(void **state)
{
    struct fail fail;
    struct addr stranger;
    (void)state;
    unsigned handle = ports_datagrams(ports, &at, &fail);
    addr_parse(bytes_of("192.0.2.1:9"), &stranger);
    assert_false(ports_send(ports, handle, &stranger, bytes_of("x")));
    ports_feed(ports, handle, &stranger, bytes_of("x"));
    assert_false(ports_ready(ports, handle));
}

static void there_are_few_and_all_are_closed(void **state)
{
    struct fail fail;
    (void)state;
    int before = open_fds();
    for (int i = 0; i < PORTS_MOST; i++) {
        at.port = 0;
        assert_true(ports_listen(ports, &at, &fail) > 0);
    }
    struct addr last = at;
    at.port = 0;
    assert_int_equal(ports_listen(ports, &at, &fail), 0);
    assert_string_equal(fail.code, "ELIMIT");
    int fd = dial_start(&last, &fail);
    run_for(loop, 20000); /* one that is never taken */
    close(fd);
    ports_free(ports);
    ports = NULL;
    assert_int_equal(open_fds(), before);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_port_that_listens_gives_connections),
        TEST(datagrams_come_in_order_with_who_sent_them),
        TEST(no_more_is_kept_than_the_limit),
        TEST(nothing_goes_or_comes_beyond_loopback),
        TEST(there_are_few_and_all_are_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
