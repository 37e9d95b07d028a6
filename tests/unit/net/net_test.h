/*
 * net_test: what the tests of this house share: a loop that gives up after some seconds, a stream
 * whose answers are awaited, sockets made by hand on loopback.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/dial.h"
#include "net/stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Descriptors that this process has open (the one that counts them among them). */
static inline int open_fds(void)
{
    int n = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

static inline struct loop *new_loop(void)
{
    struct fail fail;
    struct loop *loop = loop_new(&fail);
    assert_non_null(loop);
    return loop;
}

static inline void never(void *arg)
{
    (void)arg;
    fail_msg("the loop waits for something that does not happen");
}

/* Runs until something calls loop_stop: 10 seconds at most. */
static inline void run_loop(struct loop *loop)
{
    struct timer *patience = timer_new(loop, never, NULL);
    timer_start(patience, 10 * SPAN_SECOND);
    loop_run(loop);
    timer_free(patience);
}

static inline void stop_loop(void *loop)
{
    loop_stop(loop);
}

/* Lets the loop go round for a while. */
static inline void run_for(struct loop *loop, span time)
{
    struct timer *timer = timer_new(loop, stop_loop, loop);
    timer_start(timer, time);
    run_loop(loop);
    timer_free(timer);
}

static inline int listen_on_loopback(struct addr *at)
{
    struct fail fail;
    assert_true(addr_parse(bytes_of("127.0.0.1"), at));
    int fd = listen_open(at, &fail);
    assert_true(fd >= 0);
    return fd;
}

/* A connected pair of TCP sockets on loopback: [0] non-blocking (ours), [1] blocking (the peer's). */
static inline void tcp_pair(int fds[2])
{
    struct fail fail;
    struct addr at;
    int listening = listen_on_loopback(&at);
    fds[0] = dial_start(&at, &fail);
    assert_true(fds[0] >= 0);
    fcntl(listening, F_SETFL, 0);
    fds[1] = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    assert_true(fds[1] >= 0);
    close(listening);
}

/* The owner of a stream under test. */
struct side {
    struct loop *loop;
    struct stream *stream;
    unsigned wakes;
};

static inline void on_wake(void *arg)
{
    struct side *side = arg;
    side->wakes++;
    loop_stop(side->loop);
}

static inline void side_open(struct side *side, struct loop *loop, int fd)
{
    *side = (struct side){.loop = loop};
    side->stream = stream_new(loop, fd, on_wake, side);
    assert_non_null(side->stream);
}

/* Each repeats its call until the answer is not STREAM_AGAIN. */
static inline enum stream_state await_connected(struct side *side, struct fail *fail)
{
    enum stream_state state;
    while ((state = stream_connected(side->stream, fail)) == STREAM_AGAIN)
        run_loop(side->loop);
    return state;
}

static inline enum stream_state await_read(struct side *side, struct bytes *got, struct fail *fail)
{
    enum stream_state state;
    while ((state = stream_read(side->stream, got, fail)) == STREAM_AGAIN)
        run_loop(side->loop);
    return state;
}

static inline enum stream_state await_flushed(struct side *side, struct fail *fail)
{
    enum stream_state state;
    while ((state = stream_flushed(side->stream, fail)) == STREAM_AGAIN)
        run_loop(side->loop);
    return state;
}

static inline void assert_bytes(struct bytes got, const char *expected)
{
    assert_int_equal(got.n, strlen(expected));
    assert_memory_equal(got.p, expected, got.n);
}
