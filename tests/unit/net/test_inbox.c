/* What comes for streams within a round of the loop, and is handed to their owners when it ends. */
#include "net_test.h"

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

enum { PAIRS = 3 };

/* Streams that wait to be told something, and what they have in common. */
struct group {
    struct side sides[PAIRS];
    int peers[PAIRS];
    char order[PAIRS + 1]; /* the first byte of what each was told */
    unsigned told;
};

static struct group group;

static void hear(void *arg)
{
    struct side *side = arg;
    struct bytes got;
    struct fail fail;
    assert_int_equal(stream_read(side->stream, &got, &fail), STREAM_OK);
    group.order[group.told++] = (char)got.p[0];
    if (group.told == PAIRS)
        loop_stop(loop);
}

static void group_open(stream_wake wake)
{
    struct bytes got;
    struct fail fail;
    group = (struct group){.told = 0};
    for (unsigned i = 0; i < PAIRS; i++) {
        int fds[2];
        tcp_pair(fds);
        group.peers[i] = fds[1];
        group.sides[i] = (struct side){.loop = loop};
        group.sides[i].stream = stream_new(loop, fds[0], wake, &group.sides[i]);
        assert_int_equal(stream_read(group.sides[i].stream, &got, &fail), STREAM_AGAIN);
    }
}

static void group_close(void)
{
    for (unsigned i = 0; i < PAIRS; i++) {
        stream_free(group.sides[i].stream);
        close(group.peers[i]);
    }
}

static void say(unsigned i, const char *what)
{
    assert_int_equal(write(group.peers[i], what, strlen(what)), strlen(what));
}

static void each_stream_gets_its_own(void **state)
{
    (void)state;
    group_open(hear);
    for (unsigned i = 0; i < PAIRS; i++)
        say(i, (const char *[]){"a", "b", "c"}[i]);
    run_loop(loop);
    group.order[PAIRS] = '\0';
    assert_non_null(strchr(group.order, 'a'));
    assert_non_null(strchr(group.order, 'b'));
    assert_non_null(strchr(group.order, 'c'));
    group_close();
}

/* Whoever is first frees all others. */
static void hear_and_free_others(void *arg)
{
    struct side *side = arg;
    side->wakes++;
    for (unsigned i = 0; i < PAIRS; i++)
        if (&group.sides[i] != side) {
            stream_free(group.sides[i].stream);
            group.sides[i].stream = NULL;
        }
    loop_stop(loop);
}

static void a_stream_that_is_freed_in_the_round_is_not_woken(void **state)
{
    (void)state;
    unsigned wakes = 0;
    group_open(hear_and_free_others);
    for (unsigned i = 0; i < PAIRS; i++)
        say(i, "x");
    run_loop(loop);
    for (unsigned i = 0; i < PAIRS; i++)
        wakes += group.sides[i].wakes;
    assert_int_equal(wakes, 1);
    group_close();
}

static void what_is_not_asked_for_in_the_wake_is_read_later(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    group_open(on_wake);
    say(0, "250 later\r\n");
    run_loop(loop);
    assert_int_equal(group.sides[0].wakes, 1);
    assert_int_equal(stream_read(group.sides[0].stream, &got, &fail), STREAM_OK);
    assert_bytes(got, "250 later\r\n");
    assert_int_equal(stream_read(group.sides[0].stream, &got, &fail), STREAM_AGAIN);
    group_close();
}

static void an_end_that_is_not_asked_for_in_the_wake_is_seen_later(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    group_open(on_wake);
    shutdown(group.peers[0], SHUT_WR);
    run_loop(loop);
    assert_int_equal(stream_read(group.sides[0].stream, &got, &fail), STREAM_END);
    assert_int_equal(stream_read(group.sides[0].stream, &got, &fail), STREAM_END);
    group_close();
}

static void reset(int fd)
{
    struct linger at_once = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
}

static void a_reset_that_is_not_asked_for_in_the_wake_is_seen_later(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    group_open(on_wake);
    reset(group.peers[0]);
    group.peers[0] = -1;
    run_loop(loop);
    assert_int_equal(stream_read(group.sides[0].stream, &got, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ECONNRESET");
    group_close();
}

enum { FLOOD = 300 * 1024 };

static size_t flood_got;

static void hear_flood(void *arg)
{
    struct side *side = arg;
    struct bytes got;
    struct fail fail;
    while (stream_read(side->stream, &got, &fail) == STREAM_OK)
        for (size_t i = 0; i < got.n; i++)
            assert_int_equal(got.p[i], flood_got++ % 251);
    if (flood_got == FLOOD)
        loop_stop(loop);
}

static void more_than_there_is_room_for_comes_whole_and_in_order(void **state)
{
    (void)state;
    static unsigned char flood[FLOOD];
    for (size_t i = 0; i < FLOOD; i++)
        flood[i] = (unsigned char)(i % 251);
    flood_got = 0;
    group_open(hear_flood);
    fcntl(group.peers[0], F_SETFL, O_NONBLOCK);
    for (size_t sent = 0; sent < FLOOD;) {
        ssize_t n = write(group.peers[0], flood + sent, FLOOD - sent);
        sent += n > 0 ? (size_t)n : 0;
        if (n < 0)
            run_for(loop, 1000);
    }
    if (flood_got < FLOOD)
        run_loop(loop);
    assert_int_equal(flood_got, FLOOD);
    group_close();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_stream_gets_its_own),
        TEST(a_stream_that_is_freed_in_the_round_is_not_woken),
        TEST(what_is_not_asked_for_in_the_wake_is_read_later),
        TEST(an_end_that_is_not_asked_for_in_the_wake_is_seen_later),
        TEST(a_reset_that_is_not_asked_for_in_the_wake_is_seen_later),
        TEST(more_than_there_is_room_for_comes_whole_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
