/* What streams do within a round of the loop. */
#include "net_test.h"

#include <stdio.h>

static struct loop *loop;

static int set_up(void **state)
{
    (void)state;
    loop = new_loop();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    loop_free(loop);
    return 0;
}

/* Calls fn(arg) within a round, which fn says is the last one. */
static void within_a_round(void (*fn)(void *arg), void *arg)
{
    struct timer *timer = timer_new(loop, fn, arg);
    timer_start(timer, 0);
    run_loop(loop);
    timer_free(timer);
}

static void greet(void *arg)
{
    struct side *side = arg;
    struct fail fail;
    assert_int_equal(stream_write(side->stream, bytes_of("EHLO "), &fail), STREAM_OK);
    assert_int_equal(stream_write(side->stream, bytes_of("a.test\r\n"), &fail), STREAM_OK);
    loop_stop(side->loop);
}

static void greet_and_free(void *arg)
{
    struct side *side = arg;
    greet(side);
    stream_free(side->stream);
}

static void greet_and_finish(void *arg)
{
    struct side *side = arg;
    greet(side);
    stream_finish(side->stream);
}

/* All that comes until the end. */
static void assert_peer_gets(int fd, const char *expected)
{
    char got[8192];
    size_t n = 0;
    for (ssize_t more; (more = recv(fd, got + n, sizeof got - n, 0)) > 0;)
        n += (size_t)more;
    assert_bytes(bytes_at(got, n), expected);
}

static void what_is_written_goes_out_when_the_round_ends(void **state)
{
    (void)state;
    struct side side;
    char got[64];
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    within_a_round(greet, &side);
    assert_int_equal(recv(fds[1], got, 13, MSG_WAITALL), 13);
    assert_bytes(bytes_at(got, 13), "EHLO a.test\r\n");
    stream_free(side.stream);
    close(fds[1]);
}

static void what_is_written_goes_out_before_the_stream_is_freed(void **state)
{
    (void)state;
    struct side side;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    within_a_round(greet_and_free, &side);
    assert_peer_gets(fds[1], "EHLO a.test\r\n");
    close(fds[1]);
}

static void what_is_written_goes_out_before_our_half_is_shut(void **state)
{
    (void)state;
    struct side side;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    within_a_round(greet_and_finish, &side);
    assert_peer_gets(fds[1], "EHLO a.test\r\n");
    stream_free(side.stream);
    close(fds[1]);
}

static void say_much(void *arg)
{
    struct side *side = arg;
    struct fail fail;
    char line[16];
    for (int i = 0; i < 1000; i++) {
        int n = snprintf(line, sizeof line, "%03d\r\n", i);
        assert_int_equal(stream_write(side->stream, bytes_at(line, (size_t)n), &fail), STREAM_OK);
    }
    stream_free(side->stream);
    loop_stop(side->loop);
}

static void more_than_there_is_room_for_goes_out_in_its_order(void **state)
{
    (void)state;
    struct side side;
    char expected[8192] = "";
    int fds[2];
    for (int i = 0; i < 1000; i++)
        snprintf(expected + 5 * (size_t)i, 8, "%03d\r\n", i);
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    within_a_round(say_much, &side);
    assert_peer_gets(fds[1], expected);
    close(fds[1]);
}

static void say_and_wait(void *arg)
{
    struct side *side = arg;
    struct fail fail;
    struct bytes got;
    assert_int_equal(stream_write(side->stream, bytes_of("QUIT\r\n"), &fail), STREAM_OK);
    assert_int_equal(stream_read(side->stream, &got, &fail), STREAM_AGAIN);
}

/* Our own half is shut: the kernel refuses the write, and has nothing to tell of the peer. */
static void a_write_that_fails_when_the_round_ends_wakes_who_waits(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    shutdown(fds[0], SHUT_WR);
    struct timer *timer = timer_new(loop, say_and_wait, &side);
    timer_start(timer, 0);
    run_loop(loop);
    assert_int_equal(side.wakes, 1);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "EPIPE");
    timer_free(timer);
    stream_free(side.stream);
    close(fds[1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_goes_out_when_the_round_ends),
        TEST(what_is_written_goes_out_before_the_stream_is_freed),
        TEST(what_is_written_goes_out_before_our_half_is_shut),
        TEST(more_than_there_is_room_for_goes_out_in_its_order),
        TEST(a_write_that_fails_when_the_round_ends_wakes_who_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
