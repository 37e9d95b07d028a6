#include "net_test.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>

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

static void a_refused_connection_says_so(void **state)
{
    (void)state;
    struct fail fail;
    struct addr at;
    struct side side;
    close(listen_on_loopback(&at));
    int fd = dial_start(&at, &fail);
    assert_true(fd >= 0);
    side_open(&side, loop, fd);
    assert_int_equal(await_connected(&side, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ECONNREFUSED");
    stream_free(side.stream);
}

static void a_connection_stands_and_knows_both_ends(void **state)
{
    (void)state;
    struct fail fail;
    struct addr at, local, peer;
    struct side side;
    int listening = listen_on_loopback(&at);
    side_open(&side, loop, dial_start(&at, &fail));
    assert_int_equal(await_connected(&side, &fail), STREAM_OK);
    assert_true(stream_local(side.stream, &local));
    assert_true(stream_peer(side.stream, &peer));
    assert_true(addr_equal(&peer, &at));
    assert_true(addr_is_loopback(&local));
    stream_free(side.stream);
    close(listening);
}

/* A backlog of one that is full: the kernel neither accepts nor refuses. */
static void a_connection_that_does_not_come_times_out(void **state)
{
    (void)state;
    enum { CLOGS = 8 };
    struct fail fail;
    struct addr at;
    struct side side;
    int clogs[CLOGS];
    int listening = listen_on_loopback(&at);
    listen(listening, 0);
    for (int i = 0; i < CLOGS; i++)
        clogs[i] = dial_start(&at, &fail);
    side_open(&side, loop, dial_start(&at, &fail));
    stream_deadline(side.stream, loop_monotonic() + 50000);
    assert_int_equal(await_connected(&side, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETIMEDOUT");
    assert_string_equal(fail.text, "no connection in time");
    stream_free(side.stream);
    for (int i = 0; i < CLOGS; i++)
        close(clogs[i]);
    close(listening);
}

static void bytes_come_and_go(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    char back[16];
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    assert_int_equal(write(fds[1], "220 hi\r\n", 8), 8);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
    assert_bytes(got, "220 hi\r\n");
    assert_int_equal(stream_write(side.stream, bytes_of("QUIT\r\n"), &fail), STREAM_OK);
    assert_int_equal(stream_flushed(side.stream, &fail), STREAM_OK);
    assert_int_equal(read(fds[1], back, sizeof back), 6);
    assert_memory_equal(back, "QUIT\r\n", 6);
    stream_free(side.stream);
    close(fds[1]);
}

static void a_wake_comes_once_for_each_again(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    assert_int_equal(write(fds[1], "1", 1), 1);
    run_loop(loop);
    assert_int_equal(side.wakes, 1);
    assert_int_equal(write(fds[1], "2", 1), 1);
    run_for(loop, 20000);
    assert_int_equal(side.wakes, 1);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
    assert_bytes(got, "12");
    stream_free(side.stream);
    close(fds[1]);
}

static void count_round(void *rounds)
{
    (*(unsigned *)rounds)++;
}

static void unread_bytes_do_not_keep_the_loop_busy(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    unsigned rounds = 0;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    assert_int_equal(write(fds[1], "unread", 6), 6);
    close(fds[1]);
    loop_after_round(loop, count_round, &rounds);
    run_loop(loop);
    run_for(loop, 50000);
    assert_true(rounds < 20);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
    assert_bytes(got, "unread");
    assert_int_equal(await_read(&side, &got, &fail), STREAM_END);
    run_for(loop, 50000);
    assert_true(rounds < 40);
    stream_free(side.stream);
}

static void silence_ends_at_the_deadline(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    instant deadline = loop_monotonic() + 30000;
    stream_deadline(side.stream, deadline);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETIMEDOUT");
    assert_true(loop_monotonic() >= deadline);
    assert_true(loop_monotonic() < deadline + SPAN_SECOND);
    assert_int_equal(side.wakes, 1);
    stream_free(side.stream);
    close(fds[1]);
}

static void a_deadline_can_be_put_off_and_drawn_near(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    stream_deadline(side.stream, loop_monotonic() + 20000);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    stream_deadline(side.stream, loop_monotonic() + 5 * SPAN_SECOND);
    run_for(loop, 60000);
    assert_int_equal(side.wakes, 0);
    stream_deadline(side.stream, loop_monotonic() + 20000);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETIMEDOUT");
    stream_free(side.stream);
    close(fds[1]);
}

static void bytes_that_are_there_win_over_a_deadline_that_is_over(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    assert_int_equal(write(fds[1], "late", 4), 4);
    run_loop(loop);
    stream_deadline(side.stream, 1);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_OK);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_FAILED);
    stream_free(side.stream);
    close(fds[1]);
}

static void half_closed_by_the_peer_is_an_end_and_we_can_still_write(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    char back[8];
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(write(fds[1], "bye", 3), 3);
    shutdown(fds[1], SHUT_WR);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_END);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_END);
    assert_int_equal(stream_write(side.stream, bytes_of("ok"), &fail), STREAM_OK);
    assert_int_equal(read(fds[1], back, sizeof back), 2);
    stream_free(side.stream);
    close(fds[1]);
}

static void reset_by_peer(int fd)
{
    struct linger hard = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close(fd);
}

static void a_reset_is_a_failure_behind_what_was_said(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    assert_int_equal(write(fds[1], "421 no", 6), 6);
    reset_by_peer(fds[1]);
    assert_int_equal(stream_write(side.stream, bytes_of("EHLO"), &fail), STREAM_OK);
    assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
    assert_bytes(got, "421 no");
    assert_int_equal(await_read(&side, &got, &fail), STREAM_FAILED);
    assert_true(!strcmp(fail.code, "ECONNRESET") || !strcmp(fail.code, "EPIPE"));
    assert_int_equal(await_read(&side, &got, &fail), STREAM_FAILED);
    assert_int_equal(stream_write(side.stream, bytes_of("more"), &fail), STREAM_FAILED);
    stream_free(side.stream);
}

static struct bytes a_lot(size_t n)
{
    unsigned char *p = malloc(n);
    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        p[i] = (unsigned char)(i * 31 >> 3);
    return bytes_at(p, n);
}

static void small_send_buffer(int fd)
{
    int size = 4096;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

static void a_slow_reader_gets_all_of_a_large_write(void **state)
{
    (void)state;
    struct fail fail;
    struct side ours, theirs;
    struct bytes got, all = a_lot(STREAM_UNSENT);
    int fds[2];
    tcp_pair(fds);
    small_send_buffer(fds[0]);
    side_open(&ours, loop, fds[0]);
    side_open(&theirs, loop, fds[1]);
    assert_int_equal(stream_write(ours.stream, all, &fail), STREAM_OK);
    assert_int_equal(stream_flushed(ours.stream, &fail), STREAM_AGAIN);
    stream_finish(ours.stream);
    size_t n = 0;
    enum stream_state at;
    while ((at = await_read(&theirs, &got, &fail)) == STREAM_OK) {
        assert_true(got.n <= all.n - n);
        assert_memory_equal(got.p, all.p + n, got.n);
        n += got.n;
    }
    assert_int_equal(at, STREAM_END);
    assert_int_equal(n, all.n);
    assert_int_equal(stream_flushed(ours.stream, &fail), STREAM_OK);
    stream_free(ours.stream);
    stream_free(theirs.stream);
    free((void *)(uintptr_t)all.p);
}

static void too_much_unsent_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes all = a_lot(STREAM_UNSENT);
    int fds[2];
    tcp_pair(fds);
    small_send_buffer(fds[0]);
    side_open(&side, loop, fds[0]);
    enum stream_state at = STREAM_OK;
    for (int i = 0; i < 64 && at == STREAM_OK; i++)
        at = stream_write(side.stream, all, &fail);
    assert_int_equal(at, STREAM_FAILED);
    assert_string_equal(fail.code, "ELIMIT");
    stream_free(side.stream);
    close(fds[1]);
    free((void *)(uintptr_t)all.p);
}

static void what_is_written_before_the_connection_stands_goes_out(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct addr at;
    char back[8];
    int listening = listen_on_loopback(&at);
    side_open(&side, loop, dial_start(&at, &fail));
    assert_int_equal(stream_write(side.stream, bytes_of("early"), &fail), STREAM_OK);
    assert_int_equal(await_flushed(&side, &fail), STREAM_OK);
    fcntl(listening, F_SETFL, 0);
    int peer = accept(listening, NULL, NULL);
    assert_int_equal(read(peer, back, sizeof back), 5);
    stream_free(side.stream);
    close(peer);
    close(listening);
}

/* An owner that closes from its wake, the usual place. */
static void close_on_wake(void *arg)
{
    struct side *side = arg;
    stream_free(side->stream);
    side->stream = NULL;
    loop_stop(side->loop);
}

static bool waits_for_acknowledgements(int fd)
{
    int is_set = 0;
    socklen_t size = sizeof is_set;
    assert_int_equal(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &is_set, &size), 0);
    return !is_set;
}

static void what_follows_an_unanswered_write_goes_out_at_once(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    struct bytes got;
    int fds[2];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stream_write(side.stream, bytes_of("ask\n"), &fail), STREAM_OK);
        assert_int_equal(write(fds[1], "answer\n", 7), 7);
        assert_int_equal(await_read(&side, &got, &fail), STREAM_OK);
        assert_true(waits_for_acknowledgements(fds[0]));
    }
    assert_int_equal(stream_write(side.stream, bytes_of("ask\n"), &fail), STREAM_OK);
    assert_int_equal(stream_write(side.stream, bytes_of("ask more\n"), &fail), STREAM_OK);
    assert_false(waits_for_acknowledgements(fds[0]));
    stream_free(side.stream);
    close(fds[1]);
}

static void what_fills_more_than_a_segment_goes_out_at_once(void **state)
{
    (void)state;
    struct fail fail;
    struct side side;
    int fds[2];
    char much[2000];
    tcp_pair(fds);
    side_open(&side, loop, fds[0]);
    memset(much, 'x', sizeof much);
    assert_int_equal(stream_write(side.stream, bytes_at(much, sizeof much), &fail), STREAM_OK);
    assert_false(waits_for_acknowledgements(fds[0]));
    stream_free(side.stream);
    close(fds[1]);
}

static void a_stream_may_be_freed_from_its_wake(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    struct side side = {.loop = loop};
    int fds[2];
    tcp_pair(fds);
    side.stream = stream_new(loop, fds[0], close_on_wake, &side);
    assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
    close(fds[1]);
    run_loop(loop);
    assert_null(side.stream);
}

static void thousands_live_and_die_and_nothing_stays_open(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    int before = open_fds();
    for (int i = 0; i < 2000; i++) {
        struct side side;
        int fds[2];
        tcp_pair(fds);
        side_open(&side, loop, fds[0]);
        stream_deadline(side.stream, loop_monotonic() + SPAN_SECOND);
        assert_int_equal(stream_connected(side.stream, &fail), STREAM_OK);
        assert_int_equal(stream_read(side.stream, &got, &fail), STREAM_AGAIN);
        close(fds[1]);
        stream_free(side.stream);
    }
    assert_int_equal(open_fds(), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_refused_connection_says_so),
        TEST(a_connection_stands_and_knows_both_ends),
        TEST(a_connection_that_does_not_come_times_out),
        TEST(bytes_come_and_go),
        TEST(a_wake_comes_once_for_each_again),
        TEST(unread_bytes_do_not_keep_the_loop_busy),
        TEST(silence_ends_at_the_deadline),
        TEST(a_deadline_can_be_put_off_and_drawn_near),
        TEST(bytes_that_are_there_win_over_a_deadline_that_is_over),
        TEST(half_closed_by_the_peer_is_an_end_and_we_can_still_write),
        TEST(a_reset_is_a_failure_behind_what_was_said),
        TEST(a_slow_reader_gets_all_of_a_large_write),
        TEST(too_much_unsent_is_refused),
        TEST(what_is_written_before_the_connection_stands_goes_out),
        TEST(what_follows_an_unanswered_write_goes_out_at_once),
        TEST(what_fills_more_than_a_segment_goes_out_at_once),
        TEST(a_stream_may_be_freed_from_its_wake),
        TEST(thousands_live_and_die_and_nothing_stays_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
