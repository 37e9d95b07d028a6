#include "net_test.h"

#include "net/channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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

/* One end with what it saw. */
struct end {
    struct channel *channel;
    unsigned frames;
    unsigned fds;
    unsigned enough; /* frames after which the loop stops; 0 = never */
    unsigned last;   /* what the last frame said */
    bool in_order;
    size_t bytes;
    const char *why;
};

static void on_end(void *arg, const char *why)
{
    struct end *end = arg;
    end->why = why;
    loop_stop(loop);
}

static void on_any(void *arg, struct bytes payload, int fd)
{
    struct end *end = arg;
    end->bytes += payload.n;
    if (fd >= 0) {
        end->fds++;
        close(fd);
    }
    if (++end->frames == end->enough)
        loop_stop(loop);
}

/* Numbered frames: each third with a descriptor of a file that is as long as the number. */
static void on_numbered(void *arg, struct bytes payload, int fd)
{
    struct end *end = arg;
    unsigned long number = 0;
    struct stat st = {0};
    bool ok = bytes_number(payload, 1000000, &number) && number == end->frames;
    if (number % 3 == 0)
        ok = ok && fd >= 0 && fstat(fd, &st) == 0 && (unsigned long)st.st_size == number;
    else
        ok = ok && fd == -1;
    end->in_order = end->in_order && ok;
    on_any(arg, payload, fd);
}

static void open_end(struct end *end, int fd, channel_frame on_frame)
{
    *end = (struct end){.in_order = true};
    end->channel = channel_new(loop, fd, true, on_frame, on_end, end);
    assert_non_null(end->channel);
}

static void open_pair(struct end *a, struct end *b, channel_frame on_frame)
{
    struct fail fail;
    int fds[2];
    assert_true(channel_pair(fds, &fail));
    open_end(a, fds[0], on_frame);
    open_end(b, fds[1], on_frame);
}

static void close_pair(struct end *a, struct end *b)
{
    channel_free(a->channel);
    channel_free(b->channel);
}

/* An unlinked file of n bytes, for nothing but its length. */
static int file_of(unsigned n)
{
    int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, n), 0);
    return fd;
}

/* The number takes `width` bytes, leading zeros included. */
static void send_numbered(struct end *end, unsigned number, int width)
{
    char text[8192];
    snprintf(text, sizeof text, "%0*u", width, number);
    assert_true(channel_send(end->channel, bytes_of(text), number % 3 == 0 ? file_of(number) : -1));
}

static void frames_arrive_as_they_were_sent(void **state)
{
    (void)state;
    struct end a, b;
    open_pair(&a, &b, on_any);
    b.enough = 2;
    assert_true(channel_send(a.channel, bytes_of("hello"), -1));
    assert_true(channel_send(a.channel, bytes_of(""), -1));
    assert_int_equal(channel_queued(a.channel), 4 + 5 + 4);
    channel_flush(a.channel);
    assert_int_equal(channel_queued(a.channel), 0);
    run_loop(loop);
    assert_int_equal(b.bytes, 5);
    close_pair(&a, &b);
}

static void thousands_of_descriptors_arrive_with_their_frames_in_order(void **state)
{
    (void)state;
    enum { FRAMES = 9000 };
    int before = open_fds();
    struct end a, b;
    open_pair(&a, &b, on_numbered);
    b.enough = FRAMES;
    for (unsigned i = 0; i < FRAMES; i++)
        send_numbered(&a, i, 1);
    channel_flush(a.channel);
    run_loop(loop);
    assert_null(b.why);
    assert_int_equal(b.frames, FRAMES);
    assert_int_equal(b.fds, FRAMES / 3);
    assert_true(b.in_order);
    close_pair(&a, &b);
    assert_int_equal(open_fds(), before);
}

static void descriptors_stay_with_long_frames_that_a_full_socket_cuts(void **state)
{
    (void)state;
    enum { FRAMES = 1200 };
    struct end a, b;
    open_pair(&a, &b, on_numbered);
    b.enough = FRAMES;
    for (unsigned i = 0; i < FRAMES; i++)
        send_numbered(&a, i, 1000 + (int)(i * 37 % 7000));
    channel_flush(a.channel);
    run_loop(loop);
    assert_null(b.why);
    assert_int_equal(b.fds, FRAMES / 3);
    assert_true(b.in_order);
    close_pair(&a, &b);
}

static void the_longest_frame_passes_with_its_descriptor_and_a_longer_one_is_refused(void **state)
{
    (void)state;
    struct end a, b;
    unsigned char *p = calloc(1, CHANNEL_FRAME + 1);
    open_pair(&a, &b, on_any);
    b.enough = 1;
    int before = open_fds();
    assert_false(channel_send(a.channel, bytes_at(p, CHANNEL_FRAME + 1), file_of(0)));
    assert_int_equal(open_fds(), before);
    assert_true(channel_send(a.channel, bytes_at(p, CHANNEL_FRAME), file_of(0)));
    run_loop(loop);
    assert_int_equal(b.bytes, CHANNEL_FRAME);
    assert_int_equal(b.fds, 1);
    close_pair(&a, &b);
    free(p);
}

static void a_peer_that_does_not_read_fills_the_queue_and_no_more(void **state)
{
    (void)state;
    struct fail fail;
    struct end a;
    int fds[2];
    unsigned char *p = calloc(1, CHANNEL_FRAME);
    assert_true(channel_pair(fds, &fail));
    open_end(&a, fds[0], on_any);
    unsigned sent = 0;
    while (sent < 100 && channel_send(a.channel, bytes_at(p, CHANNEL_FRAME), -1))
        sent++;
    assert_in_range(sent, 15, 16);
    assert_true(channel_queued(a.channel) <= CHANNEL_QUEUE);
    channel_free(a.channel);
    close(fds[1]);
    free(p);
}

static void what_waits_goes_out_by_itself_once_the_peer_reads(void **state)
{
    (void)state;
    enum { FRAMES = 300 };
    static unsigned char p[10000];
    struct end a, b;
    open_pair(&a, &b, on_any);
    b.enough = FRAMES;
    for (int i = 0; i < FRAMES; i++)
        assert_true(channel_send(a.channel, bytes_at(p, sizeof p), -1));
    assert_true(channel_queued(a.channel) > 1000000);
    channel_flush(a.channel);
    run_loop(loop);
    assert_int_equal(b.bytes, FRAMES * sizeof p);
    assert_int_equal(channel_queued(a.channel), 0);
    close_pair(&a, &b);
}

static void a_closed_end_is_told_behind_the_last_frame(void **state)
{
    (void)state;
    struct end a, b;
    open_pair(&a, &b, on_any);
    assert_true(channel_send(a.channel, bytes_of("last"), -1));
    channel_flush(a.channel);
    channel_free(a.channel);
    run_loop(loop);
    assert_int_equal(b.frames, 1);
    assert_string_equal(b.why, "the other end is closed");
    assert_false(channel_send(b.channel, bytes_of("too late"), -1));
    channel_free(b.channel);
}

static void drain_waits_for_a_slow_peer_but_not_for_ever(void **state)
{
    (void)state;
    static unsigned char p[CHANNEL_FRAME];
    struct fail fail;
    struct end a;
    int fds[2];
    assert_true(channel_pair(fds, &fail));
    open_end(&a, fds[0], on_any);
    assert_true(channel_send(a.channel, bytes_of("quick"), -1));
    channel_drain(a.channel, SPAN_SECOND);
    assert_int_equal(channel_queued(a.channel), 0);
    assert_true(channel_send(a.channel, bytes_at(p, sizeof p), -1));
    instant start = loop_monotonic();
    channel_drain(a.channel, 50000);
    assert_true(loop_monotonic() - start >= 50000);
    assert_true(loop_monotonic() - start < SPAN_SECOND);
    channel_free(a.channel);
    close(fds[1]);
}

/* A peer that writes bytes of its own making. */
static const char *end_after(const void *raw, size_t n)
{
    struct fail fail;
    struct end a;
    int fds[2];
    assert_true(channel_pair(fds, &fail));
    open_end(&a, fds[0], on_any);
    assert_int_equal(write(fds[1], raw, n), n);
    run_loop(loop);
    channel_free(a.channel);
    close(fds[1]);
    return a.why;
}

static void a_frame_over_the_limit_ends_the_channel(void **state)
{
    (void)state;
    assert_string_equal(end_after("\x00\x40\x00\x01", 4), "a frame is longer than allowed");
}

static void a_frame_without_its_descriptor_ends_the_channel(void **state)
{
    (void)state;
    assert_string_equal(end_after("\x80\x00\x00\x01x", 5), "a frame came without its descriptor");
}

/* Sends `bytes` with n copies of one descriptor beside them. */
static void send_fds(int socket, const char *bytes, size_t size, int n)
{
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(sizeof(int) * 250)];
    } control = {0};
    struct iovec part = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)n)};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)n);
    for (int i = 0; i < n; i++)
        memcpy(CMSG_DATA(c) + (size_t)i * sizeof(int), &(int){0}, sizeof(int));
    assert_int_equal(sendmsg(socket, &message, 0), size);
}

static void descriptors_that_no_frame_takes_are_bounded_and_closed(void **state)
{
    (void)state;
    struct fail fail;
    struct end a;
    int fds[2];
    int before = open_fds();
    assert_true(channel_pair(fds, &fail));
    open_end(&a, fds[0], on_any);
    for (int i = 0; i < 3; i++)
        send_fds(fds[1], "\x00\x00\x00\x00", 4, 250);
    run_loop(loop);
    assert_non_null(a.why);
    assert_int_equal(a.fds, 0);
    channel_free(a.channel);
    close(fds[1]);
    assert_int_equal(open_fds(), before);
}

static void a_channel_without_descriptors_ends_when_one_comes(void **state)
{
    (void)state;
    struct fail fail;
    struct end a = {0};
    int fds[2];
    int before = open_fds();
    assert_true(channel_pair(fds, &fail));
    a.channel = channel_new(loop, fds[0], false, on_any, on_end, &a);
    send_fds(fds[1], "\x80\x00\x00\x00", 4, 1);
    run_loop(loop);
    assert_non_null(a.why);
    assert_int_equal(a.frames, 0);
    channel_free(a.channel);
    close(fds[1]);
    assert_int_equal(open_fds(), before);
}

static void free_on_frame(void *arg, struct bytes payload, int fd)
{
    struct end *end = arg;
    on_any(arg, payload, fd);
    channel_free(end->channel);
}

static void a_channel_may_be_freed_from_its_frame(void **state)
{
    (void)state;
    struct end a, b;
    open_pair(&a, &b, free_on_frame);
    b.enough = 1;
    assert_true(channel_send(a.channel, bytes_of("one"), -1));
    assert_true(channel_send(a.channel, bytes_of("two"), file_of(0)));
    channel_flush(a.channel);
    run_loop(loop);
    assert_int_equal(b.frames, 1);
    channel_free(a.channel);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(frames_arrive_as_they_were_sent),
        TEST(thousands_of_descriptors_arrive_with_their_frames_in_order),
        TEST(descriptors_stay_with_long_frames_that_a_full_socket_cuts),
        TEST(the_longest_frame_passes_with_its_descriptor_and_a_longer_one_is_refused),
        TEST(a_peer_that_does_not_read_fills_the_queue_and_no_more),
        TEST(what_waits_goes_out_by_itself_once_the_peer_reads),
        TEST(a_closed_end_is_told_behind_the_last_frame),
        TEST(drain_waits_for_a_slow_peer_but_not_for_ever),
        TEST(a_frame_over_the_limit_ends_the_channel),
        TEST(a_frame_without_its_descriptor_ends_the_channel),
        TEST(descriptors_that_no_frame_takes_are_bounded_and_closed),
        TEST(a_channel_without_descriptors_ends_when_one_comes),
        TEST(a_channel_may_be_freed_from_its_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
