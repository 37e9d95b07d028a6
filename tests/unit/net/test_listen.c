#include "net_test.h"

#include <stdio.h>
#include <sys/resource.h>

struct door {
    struct loop *loop;
    struct listener *listener;
    unsigned accepted;
    unsigned enough;
    int last;
    struct addr peer;
    bool free_at_once;
};

static void on_accept(void *arg, int fd, const struct addr *peer)
{
    struct door *door = arg;
    door->peer = *peer;
    door->last = fd;
    if (++door->accepted >= door->enough)
        loop_stop(door->loop);
    if (door->free_at_once)
        listener_free(door->listener);
    else
        close(fd);
}

static void a_free_port_is_written_back(void **state)
{
    (void)state;
    struct addr at;
    int fd = listen_on_loopback(&at);
    assert_true(at.port > 0);
    close(fd);
}

static void a_port_in_use_is_named(void **state)
{
    (void)state;
    struct fail fail;
    struct addr at;
    char expected[160];
    char text[ADDR_TEXT];
    int fd = listen_on_loopback(&at);
    assert_int_equal(listen_open(&at, &fail), -1);
    assert_string_equal(fail.code, "EADDRINUSE");
    snprintf(expected, sizeof expected, "%s: Address already in use", addr_text(&at, text));
    assert_string_equal(fail.text, expected);
    close(fd);
}

static void accept_one_on(const char *ip)
{
    struct fail fail;
    struct addr at;
    assert_true(addr_parse(bytes_of(ip), &at));
    struct door door = {.loop = new_loop(), .enough = 1};
    int fd = listen_open(&at, &fail);
    assert_true(fd >= 0);
    door.listener = listener_new(door.loop, fd, on_accept, &door);
    int client = dial_start(&at, &fail);
    assert_true(client >= 0);
    run_loop(door.loop);
    assert_int_equal(door.accepted, 1);
    assert_true(addr_equal_ip(&door.peer, &at));
    close(client);
    listener_free(door.listener);
    loop_free(door.loop);
}

static void ipv4_connections_are_accepted(void **state)
{
    (void)state;
    accept_one_on("127.0.0.1");
}

static void ipv6_connections_are_accepted(void **state)
{
    (void)state;
    accept_one_on("::1");
}

static void a_listener_may_be_freed_while_it_accepts(void **state)
{
    (void)state;
    struct fail fail;
    struct addr at;
    struct door door = {.loop = new_loop(), .enough = 1, .free_at_once = true};
    door.listener = listener_new(door.loop, listen_on_loopback(&at), on_accept, &door);
    int first = dial_start(&at, &fail);
    int second = dial_start(&at, &fail);
    run_loop(door.loop);
    assert_int_equal(door.accepted, 1);
    close(door.last);
    close(first);
    close(second);
    loop_free(door.loop);
}

/* Leaves no descriptor to accept with, then some again: the listener waits and goes on. */
static void out_of_descriptors_is_a_pause_not_an_end(void **state)
{
    (void)state;
    struct fail fail;
    struct addr at;
    struct rlimit was;
    struct door door = {.loop = new_loop(), .enough = 1};
    door.listener = listener_new(door.loop, listen_on_loopback(&at), on_accept, &door);
    int client = dial_start(&at, &fail);
    getrlimit(RLIMIT_NOFILE, &was);
    struct rlimit none = {.rlim_cur = (rlim_t)client + 1, .rlim_max = was.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    run_for(door.loop, 30000);
    int refused = dial_start(&at, &fail);
    setrlimit(RLIMIT_NOFILE, &was);
    assert_int_equal(door.accepted, 0);
    assert_int_equal(refused, -1);
    assert_string_equal(fail.code, "EMFILE");
    assert_non_null(strstr(fail.text, "ulimit -n"));
    run_loop(door.loop);
    assert_int_equal(door.accepted, 1);
    close(client);
    listener_free(door.listener);
    loop_free(door.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_free_port_is_written_back),
        cmocka_unit_test(a_port_in_use_is_named),
        cmocka_unit_test(ipv4_connections_are_accepted),
        cmocka_unit_test(ipv6_connections_are_accepted),
        cmocka_unit_test(a_listener_may_be_freed_while_it_accepts),
        cmocka_unit_test(out_of_descriptors_is_a_pause_not_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
