#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/datagram.h"
#include "net/dial.h"
#include "net/stream.h"
#include "sink/sink.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The sink and its clients share one loop. Times are short, so that the tests are. */
static struct loop *loop;
static struct sink *sink;
static struct addr at;
static char token[TOKEN_TEXT];
static struct receipt last;
static unsigned count;

static void on_receipt(void *arg, const struct receipt *receipt, struct bytes raw)
{
    (void)arg, (void)raw;
    last = *receipt;
    count++;
}

static void open_sink_for(const char *where, unsigned connections, span idle)
{
    struct fail fail;
    struct sink_options options = {.run_key = "the key of this run",
                                   .domain = "t.example",
                                   .connections = connections,
                                   .silence = 50000,
                                   .idle = idle,
                                   .total = 2 * idle};
    unsigned char job[TOKEN_JOB] = "job 1";
    struct token_seed seed = token_seed_of(options.run_key, job);
    struct token t = token_make(&seed, 1);
    token_text(&t, token);
    addr_parse(bytes_of(where), &at);
    int fd = listen_open(&at, &fail);
    assert_true(fd >= 0);
    options.at = at;
    sink = sink_new(loop, fd, &options, on_receipt, NULL, &fail);
    assert_non_null(sink);
}

static void open_sink(const char *where, unsigned connections)
{
    open_sink_for(where, connections, 200000);
}

static int set_up(void **state)
{
    (void)state;
    struct fail fail;
    loop = loop_new(&fail);
    count = 0;
    open_sink("127.0.0.1", 4);
    return 0;
}

/* One that ends nobody's time, however busy the machine is. */
static void patient_sink(void)
{
    sink_free(sink);
    open_sink_for("127.0.0.1", 4, 10 * SPAN_SECOND);
}

static int tear_down(void **state)
{
    (void)state;
    sink_free(sink);
    loop_free(loop);
    return 0;
}

static void stop(void *arg)
{
    (void)arg;
    loop_stop(loop);
}

static struct stream *connect_to_sink(void)
{
    struct fail fail;
    struct stream *s = stream_new(loop, dial_start(&at, &fail), stop, NULL);
    assert_non_null(s);
    stream_deadline(s, loop_monotonic() + 5 * SPAN_SECOND);
    return s;
}

static void say(struct stream *s, const char *text)
{
    struct fail fail;
    assert_int_equal(stream_write(s, bytes_of(text), &fail), STREAM_OK);
}

/* The next bytes that the sink says; "" when it has closed, NULL when it failed. */
static const char *hear(struct stream *s)
{
    static char text[4096];
    struct fail fail;
    struct bytes got = {0};
    enum stream_state state;
    while ((state = stream_read(s, &got, &fail)) == STREAM_AGAIN)
        loop_run(loop);
    if (state == STREAM_FAILED)
        return NULL;
    snprintf(text, sizeof text, "%.*s", state == STREAM_OK ? (int)got.n : 0,
             state == STREAM_OK ? (const char *)got.p : "");
    return text;
}

static void assert_begins(const char *text, const char *beginning)
{
    if (!text || strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("expected \"%s…\", got \"%s\"", beginning, text ? text : "a failure");
}

/* To a token; on a busy machine the greeting came first. */
static void hear_answer(struct stream *s)
{
    const char *heard = hear(s);
    while (heard && strncmp(heard, "220 ", 4) == 0 && !strstr(heard, "250 AJAR "))
        heard = hear(s);
    assert_true(heard && strstr(heard, "250 AJAR "));
}

static void run_for(span time)
{
    struct timer *timer = timer_new(loop, stop, NULL);
    timer_start(timer, time);
    loop_run(loop);
    timer_free(timer);
}

/* Until the sink has so many, a busy machine or not. */
static void await_connections(unsigned n)
{
    for (int i = 0; i < 1000 && sink_connections(sink) != n; i++)
        run_for(5000);
    assert_int_equal(sink_connections(sink), n);
}

static void ask(void)
{
    char line[64];
    char ip[ADDR_IP_TEXT];
    char expected[160];
    struct stream *s = connect_to_sink();
    snprintf(line, sizeof line, "AJAR %s\r\n", token);
    say(s, line);
    const char *heard = hear(s);
    snprintf(expected, sizeof expected, "250 AJAR %s %s [%s]\r\n", token, last.answer,
             addr_ip_text(&at, ip));
    assert_string_equal(heard, expected);
    assert_string_equal(hear(s), "");
    stream_free(s);
}

static void a_line_is_answered_and_the_connection_closed(void **state)
{
    (void)state;
    ask();
    assert_int_equal(count, 1);
    assert_true(addr_equal_ip(&last.peer, &at));
    run_for(10000);
    assert_int_equal(sink_connections(sink), 0);
}

static void ipv6_is_served_too(void **state)
{
    (void)state;
    sink_free(sink);
    open_sink("::1", 4);
    ask();
}

static void a_request_is_answered(void **state)
{
    (void)state;
    char line[128];
    struct stream *s = connect_to_sink();
    snprintf(line, sizeof line, "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", token);
    say(s, line);
    assert_begins(hear(s), "HTTP/1.1 200 OK\r\n");
    assert_string_equal(hear(s), "");
    stream_free(s);
}

static void who_waits_is_greeted_and_can_send_mail(void **state)
{
    (void)state;
    char text[256];
    struct stream *s = connect_to_sink();
    instant began = loop_monotonic();
    assert_string_equal(hear(s), "220 t.example ESMTP ajar sink; for tests only\r\n");
    assert_true(loop_monotonic() - began >= 40000);
    say(s, "EHLO relay.example\r\n");
    assert_begins(hear(s), "250-t.example\r\n");
    snprintf(text, sizeof text, "MAIL FROM:<a@b>\r\nRCPT TO:<%s@t.example>\r\nDATA\r\n", token);
    say(s, text);
    assert_begins(hear(s), "250 2.1.0");
    snprintf(text, sizeof text, "Message-ID: <%s@t.example>\r\n\r\nbody\r\n.\r\n", token);
    say(s, text);
    assert_begins(hear(s), "250 2.0.0 AJAR ");
    say(s, "QUIT\r\n");
    assert_begins(hear(s), "221 ");
    assert_string_equal(hear(s), "");
    assert_int_equal(last.kind, RECEIPT_MAIL);
    stream_free(s);
}

static void an_idle_client_is_told_and_closed(void **state)
{
    (void)state;
    struct stream *s = connect_to_sink();
    assert_begins(hear(s), "220 ");
    assert_begins(hear(s), "421 ");
    assert_string_equal(hear(s), "");
    stream_free(s);
}

/* A client that drips is never idle, but its time in all is bounded. */
static void a_dripping_client_is_closed(void **state)
{
    (void)state;
    struct fail fail;
    struct stream *s = connect_to_sink();
    instant began = loop_monotonic();
    while (sink_connections(sink) > 0 || loop_monotonic() - began < 20000) {
        stream_write(s, bytes_of("x"), &fail);
        run_for(20000);
        assert_true(loop_monotonic() - began < 3 * SPAN_SECOND);
    }
    assert_true(loop_monotonic() - began >= 390000);
    stream_free(s);
}

static void one_client_too_many_displaces_the_oldest(void **state)
{
    (void)state;
    struct stream *s[5];
    patient_sink();
    for (unsigned i = 0; i < 5; i++) {
        s[i] = connect_to_sink();
        await_connections(i < 4 ? i + 1 : 4);
    }
    const char *heard;
    do
        heard = hear(s[0]);
    while (heard && strncmp(heard, "220 ", 4) == 0);
    assert_string_equal(heard, "");
    assert_int_equal(sink_connections(sink), 4);
    assert_begins(hear(s[1]), "220 ");
    for (int i = 0; i < 5; i++)
        stream_free(s[i]);
}

static void who_has_its_answer_is_displaced_before_who_waits(void **state)
{
    (void)state;
    char line[64];
    struct stream *s[5];
    snprintf(line, sizeof line, "AJAR %s\r\n", token);
    patient_sink();
    for (unsigned i = 0; i < 5; i++) {
        s[i] = connect_to_sink();
        await_connections(i < 4 ? i + 1 : 4);
        if (i == 2) {
            say(s[i], line);
            hear_answer(s[i]);
        }
    }
    assert_string_equal(hear(s[2]), "");
    assert_int_equal(sink_connections(sink), 4);
    say(s[0], line);
    hear_answer(s[0]);
    for (int i = 0; i < 5; i++)
        stream_free(s[i]);
}

static void a_flood_from_one_address_displaces_itself(void **state)
{
    (void)state;
    char line[64];
    struct fail fail;
    struct stream *flood[8];
    patient_sink();
    struct addr other = at;
    other.ip[3] = 2;
    struct stream *honest = stream_new(loop, dial_start_from(&other, &at, &fail), stop, NULL);
    stream_deadline(honest, loop_monotonic() + 5 * SPAN_SECOND);
    run_for(2000);
    for (int i = 0; i < 8; i++) {
        flood[i] = connect_to_sink();
        run_for(2000);
    }
    snprintf(line, sizeof line, "AJAR %s\r\n", token);
    say(honest, line);
    hear_answer(honest);
    for (int i = 0; i < 8; i++)
        stream_free(flood[i]);
    stream_free(honest);
}

static void a_token_is_received_sixteen_times(void **state)
{
    (void)state;
    char line[64];
    for (int i = 0; i < SINK_TIMES; i++)
        ask();
    struct stream *s = connect_to_sink();
    snprintf(line, sizeof line, "AJAR %s\r\n", token);
    say(s, line);
    assert_begins(hear(s), "550 ");
    assert_int_equal(count, SINK_TIMES);
    stream_free(s);
}

static int open_fds(void)
{
    int n = 0;
    DIR *dir = opendir("/proc/self/fd");
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

static void clients_that_vanish_leave_nothing_behind(void **state)
{
    (void)state;
    int before = open_fds();
    for (int i = 0; i < 300; i++) {
        struct stream *s = connect_to_sink();
        say(s, i % 2 ? "AJAR half" : "EHLO a\r\n");
        run_for(0);
        stream_free(s);
    }
    run_for(20000);
    assert_int_equal(sink_connections(sink), 0);
    assert_int_equal(open_fds(), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* What comes back for one datagram within 200 ms; empty: nothing. */
static struct bytes answer_of(const struct addr *ear, const char *question)
{
    static unsigned char kept[STREAM_DATAGRAM];
    struct fail fail;
    struct bytes got = {0};
    struct stream *s = stream_new(loop, dial_datagrams(NULL, ear, &fail), stop, NULL);
    assert_non_null(s);
    stream_datagrams(s);
    stream_deadline(s, loop_monotonic() + 200000);
    assert_int_equal(stream_write(s, bytes_of(question), &fail), STREAM_OK);
    while (stream_read(s, &got, &fail) == STREAM_AGAIN)
        loop_run(loop);
    memcpy(kept, got.p ? got.p : kept, got.n);
    stream_free(s);
    return bytes_at(kept, got.n);
}

static struct bytes answer_to(const char *question)
{
    return answer_of(&at, question);
}

static void each_port_answers_its_own_datagrams(void **state)
{
    (void)state;
    struct fail fail;
    char question[64];
    struct addr other;
    addr_parse(bytes_of("127.0.0.1"), &other);
    assert_true(sink_take_datagrams(sink, datagram_open(&at, &fail), &fail));
    assert_true(sink_take_datagrams(sink, datagram_open(&other, &fail), &fail));
    snprintf(question, sizeof question, "AJAR %s\r\n", token);
    assert_true(answer_to(question).n > 0);
    assert_true(answer_of(&other, question).n > 0); /* the socket hears nobody else */
    assert_int_equal(count, 2);
}

static void true_tokens_alone_are_answered_by_udp_and_never_at_length(void **state)
{
    (void)state;
    struct fail fail;
    char question[64];
    char expected[128];
    assert_true(sink_take_datagrams(sink, datagram_open(&at, &fail), &fail));
    assert_int_equal(answer_to("AJAR aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").n, 0);
    assert_int_equal(answer_to("").n, 0);
    assert_int_equal(answer_to("GET / HTTP/1.0\r\n\r\n").n, 0);
    assert_int_equal(count, 0);
    snprintf(question, sizeof question, "AJAR %s\r\n", token);
    struct bytes answer = answer_to(question);
    assert_int_equal(count, 1);
    assert_int_equal(last.kind, RECEIPT_DATAGRAM);
    snprintf(expected, sizeof expected, "250 AJAR %s %s [127.0.0.1]", token, last.answer);
    assert_true(bytes_equal_text(answer, expected));
    assert_true(answer.n < 3 * strlen(question));
}

/* One connection to a listener of the test's own, where the sink is sent to. */
static void the_sink_speaks_where_it_is_sent_to_as_with_a_client(void **state)
{
    (void)state;
    struct fail fail;
    char question[64];
    struct addr waits;
    addr_parse(bytes_of("127.0.0.1"), &waits);
    int listening = listen_open(&waits, &fail);
    assert_true(listening >= 0);
    int visit = dial_start(&waits, &fail);
    struct stream *s = stream_new(loop, accept(listening, NULL, NULL), stop, NULL);
    stream_deadline(s, loop_monotonic() + 5 * SPAN_SECOND);
    snprintf(question, sizeof question, "AJAR %s\r\n", token);
    /* Before the sink has seen a connection: it greets who keeps silent, and here nobody may be slow. */
    say(s, question);
    sink_visit(sink, visit, &waits);
    assert_begins(hear(s), "250 AJAR ");
    assert_int_equal(count, 1);
    assert_true(addr_equal(&last.peer, &waits));
    stream_free(s);
    close(listening);
}

static void a_visit_where_nobody_waits_is_forgotten(void **state)
{
    (void)state;
    struct fail fail;
    struct addr nobody;
    addr_parse(bytes_of("127.0.0.1"), &nobody);
    close(listen_open(&nobody, &fail));
    sink_visit(sink, dial_start(&nobody, &fail), &nobody);
    run_for(20000);
    assert_int_equal(sink_connections(sink), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_answered_and_the_connection_closed),
        TEST(ipv6_is_served_too),
        TEST(the_sink_speaks_where_it_is_sent_to_as_with_a_client),
        TEST(a_visit_where_nobody_waits_is_forgotten),
        TEST(a_request_is_answered),
        TEST(who_waits_is_greeted_and_can_send_mail),
        TEST(an_idle_client_is_told_and_closed),
        TEST(a_dripping_client_is_closed),
        TEST(one_client_too_many_displaces_the_oldest),
        TEST(who_has_its_answer_is_displaced_before_who_waits),
        TEST(a_flood_from_one_address_displaces_itself),
        TEST(a_token_is_received_sixteen_times),
        TEST(clients_that_vanish_leave_nothing_behind),
        TEST(each_port_answers_its_own_datagrams),
        TEST(true_tokens_alone_are_answered_by_udp_and_never_at_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
