/* One message at a time between two processes, with a descriptor or without. */
#include "net/hand.h"
#include "net_test.h"

#include <net/if.h>

static int ours, its;

static int set_up(void **state)
{
    int fds[2];
    struct fail fail;
    (void)state;
    assert_true(hand_pair(fds, &fail));
    ours = fds[0];
    its = fds[1];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(ours);
    close(its);
    return 0;
}

static void messages_stay_apart(void **state)
{
    unsigned char got[HAND_MESSAGE];
    int fd;
    (void)state;
    assert_true(hand_send(ours, bytes_of("one"), -1));
    assert_true(hand_send(ours, bytes_of("two!"), -1));
    assert_int_equal(hand_receive(its, got, &fd), 3);
    assert_memory_equal(got, "one", 3);
    assert_int_equal(fd, -1);
    assert_int_equal(hand_receive(its, got, &fd), 4);
}

static void a_descriptor_comes_with_its_message_and_stays_the_senders(void **state)
{
    unsigned char got[HAND_MESSAGE];
    int ends[2];
    int fd;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_true(hand_send(ours, bytes_of("x"), ends[1]));
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(hand_receive(its, got, &fd), 1);
    assert_int_equal(write(fd, "!", 1), 1);
    assert_int_equal(read(ends[0], got, 1), 1);
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    close(fd);
    close(ends[0]);
}

static void what_is_empty_or_too_long_is_not_sent(void **state)
{
    unsigned char long_one[HAND_MESSAGE + 1] = {0};
    (void)state;
    assert_false(hand_send(ours, bytes_at(long_one, 0), -1));
    assert_false(hand_send(ours, bytes_at(long_one, sizeof long_one), -1));
    assert_true(hand_send(ours, bytes_at(long_one, HAND_MESSAGE), -1));
}

static void a_message_that_is_too_long_is_none(void **state)
{
    unsigned char long_one[HAND_MESSAGE + 1] = {0};
    unsigned char got[HAND_MESSAGE];
    int fd;
    (void)state;
    assert_int_equal(send(ours, long_one, sizeof long_one, 0), sizeof long_one);
    assert_int_equal(hand_receive(its, got, &fd), 0);
}

static void two_descriptors_are_refused_and_closed(void **state)
{
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(2 * sizeof(int))];
    } control = {.room = {0}};
    char byte = 0;
    struct iovec part = {.iov_base = &byte, .iov_len = 1};
    struct msghdr whole = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.room,
                           .msg_controllen = sizeof control.room};
    struct cmsghdr *c = CMSG_FIRSTHDR(&whole);
    const int sent[2] = {ours, its};
    unsigned char got[HAND_MESSAGE];
    int fd;
    (void)state;
    int before = open_fds();
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof sent);
    memcpy(CMSG_DATA(c), sent, sizeof sent);
    assert_int_equal(sendmsg(ours, &whole, 0), 1);
    assert_int_equal(hand_receive(its, got, &fd), 0);
    assert_int_equal(fd, -1);
    assert_int_equal(open_fds(), before);
}

static void a_peer_that_is_gone_is_told(void **state)
{
    unsigned char got[HAND_MESSAGE];
    int fd;
    (void)state;
    shutdown(ours, SHUT_RDWR);
    assert_int_equal(hand_receive(its, got, &fd), 0);
    assert_false(hand_send(its, bytes_of("x"), -1));
}

static void a_socket_can_be_held_to_loopback(void **state)
{
    char name[IF_NAMESIZE] = "";
    socklen_t size = sizeof name;
    struct fail fail;
    struct addr at;
    (void)state;
    addr_parse(bytes_of("127.0.0.1"), &at);
    int fd = listen_open(&at, &fail);
    assert_true(hand_to_loopback(fd, &fail));
    assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size), 0);
    assert_string_equal(name, "lo");
    close(fd);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(messages_stay_apart),
        TEST(a_descriptor_comes_with_its_message_and_stays_the_senders),
        TEST(what_is_empty_or_too_long_is_not_sent),
        TEST(a_message_that_is_too_long_is_none),
        TEST(two_descriptors_are_refused_and_closed),
        TEST(a_peer_that_is_gone_is_told),
        TEST(a_socket_can_be_held_to_loopback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
