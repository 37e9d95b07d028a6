/* Sockets that are asked for: as if they were opened here, on loopback alone. */
#include "../net/net_test.h"
#include "giver.h"

#include <net/if.h>

static struct giver giver;

static int set_up(void **state)
{
    (void)state;
    giver_begin(&giver);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    giver_end(&giver);
    return 0;
}

static struct addr address(const char *text)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(text), &a));
    return a;
}

static void assert_held_to_loopback(int fd)
{
    char name[IF_NAMESIZE] = "";
    socklen_t size = sizeof name;
    assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size), 0);
    assert_string_equal(name, "lo");
}

static void a_listener_listens_at_a_port_that_is_told(void **state)
{
    struct fail fail;
    struct addr at = address("127.0.0.1");
    (void)state;
    int fd = sockets_listener(&giver.sockets, &at, &fail);
    assert_true(fd >= 0 && at.port > 0);
    assert_int_equal(listen_port(fd), at.port);
    assert_held_to_loopback(fd);
    int client = sockets_dial(&giver.sockets, NULL, &at, &fail);
    assert_true(client >= 0);
    assert_held_to_loopback(client);
    close(client);
    close(fd);
}

static void a_datagram_socket_hears_one_that_was_dialled_from_an_address(void **state)
{
    struct fail fail;
    struct addr at = address("127.0.0.1");
    struct addr from = address("127.0.0.9");
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    char got[8];
    (void)state;
    int fd = sockets_datagrams(&giver.sockets, &at, &fail);
    int client = sockets_dial_datagrams(&giver.sockets, &from, &at, &fail);
    assert_true(fd >= 0 && client >= 0);
    assert_held_to_loopback(fd);
    assert_held_to_loopback(client);
    assert_int_equal(send(client, "x", 1, 0), 1);
    assert_int_equal(recvfrom(fd, got, sizeof got, 0, (struct sockaddr *)&peer, &size), 1);
    close(client);
    close(fd);
}

static void why_there_is_none_is_told_as_it_was_seen(void **state)
{
    struct fail fail;
    struct addr at = address("127.0.0.1");
    (void)state;
    int fd = sockets_listener(&giver.sockets, &at, &fail);
    assert_int_equal(sockets_listener(&giver.sockets, &at, &fail), -1);
    assert_string_equal(fail.code, "EADDRINUSE");
    assert_non_null(strstr(fail.text, "127.0.0.1:"));
    close(fd);
}

static void who_asks_for_what_is_not_loopback_gets_nothing_any_more(void **state)
{
    struct fail fail;
    struct addr outside = address("192.0.2.1:25");
    struct addr at = address("127.0.0.1");
    (void)state;
    assert_int_equal(sockets_dial(&giver.sockets, NULL, &outside, &fail), -1);
    assert_string_equal(fail.code, "EPROTO");
    assert_int_equal(sockets_listener(&giver.sockets, &at, &fail), -1);
}

static void what_is_no_question_is_refused(void **state)
{
    struct sockets_question q;
    unsigned char message[39] = {SOCKETS_LISTENER, ADDR_IPV4, 0, 0, 127, 0, 0, 1};
    (void)state;
    assert_true(sockets_read(bytes_at(message, sizeof message), &q));
    assert_false(sockets_read(bytes_at(message, sizeof message - 1), &q));
    message[0] = 0;
    assert_false(sockets_read(bytes_at(message, sizeof message), &q));
    message[0] = SOCKETS_DIAL; /* without an address to reach */
    assert_false(sockets_read(bytes_at(message, sizeof message), &q));
    message[0] = SOCKETS_LISTENER;
    message[4] = 10; /* 10.0.0.1 */
    assert_false(sockets_read(bytes_at(message, sizeof message), &q));
    message[1] = ADDR_NONE;
    assert_false(sockets_read(bytes_at(message, sizeof message), &q));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_listener_listens_at_a_port_that_is_told),
        TEST(a_datagram_socket_hears_one_that_was_dialled_from_an_address),
        TEST(why_there_is_none_is_told_as_it_was_seen),
        TEST(who_asks_for_what_is_not_loopback_gets_nothing_any_more),
        TEST(what_is_no_question_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
