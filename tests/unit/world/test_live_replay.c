/* Whatever a live world gives, the tape of it gives again: and it gives the same to a probe in another process. */
#include "stage.h"

static void refused(struct world *w)
{
    does_opened(w, does_open(w), 5);
}

static void a_refused_connection(void **state)
{
    (void)state;
    shutdown(stage.listening, SHUT_RDWR);
    plays_twice(refused);
    log_has("opened: ECONNREFUSED, ");
}

static void a_connection_that_the_supervisor_denies(void **state)
{
    (void)state;
    stage.dialler = DIALS_REFUSED;
    plays_twice(refused);
    log_has("opened: ESCOPE, 192.0.2.1 is not in the scope (line 3)\n");
}

static void never_opened(struct world *w)
{
    does_opened(w, does_open(w), 0.02);
}

static void a_connection_that_nobody_answers_for(void **state)
{
    (void)state;
    stage.dialler = DIALS_NEVER;
    plays_twice(never_opened);
    log_has("opened: ENODIAL, no connection in time: too many are being opened");
}

/* A backlog of one that is full: the kernel neither accepts nor refuses. */
static void a_connection_that_does_not_come(void **state)
{
    (void)state;
    enum { CLOGS = 8 };
    struct fail fail;
    int clogs[CLOGS];
    listen(stage.listening, 0);
    for (int i = 0; i < CLOGS; i++)
        clogs[i] = dial_start(&stage.server, &fail);
    plays_twice(never_opened);
    log_has("opened: ETIMEDOUT, ");
    for (int i = 0; i < CLOGS; i++)
        close(clogs[i]);
}

static void dialogue(struct world *w)
{
    unsigned conn = does_connect(w);
    server_says("220 mx.example\r\n");
    does_receive_all(w, conn, 16);
    buf_drop(world_input(w, conn), 16);
    does_send(w, conn, "EHLO me\r\n");
    server_hears("EHLO me\r\n");
    server_says("250-mx.exa");
    does_receive_all(w, conn, 10);
    server_says("mple\r\n250 \x00\xff\"\\\r\n");
    does_receive_all(w, conn, 20);
    does_close(w, conn);
}

static void a_dialogue(void **state)
{
    (void)state;
    plays_twice(dialogue);
    log_has("receive: 220 mx.example\\r\\n (line 4)\n");
    log_has("close: done");
}

static void two_at_once(struct world *w)
{
    unsigned one = does_connect(w);
    server_says("one");
    does_receive_all(w, one, 3);
    unsigned two = does_connect(w);
    server_says("two");
    does_receive_all(w, two, 3);
    does_close(w, one);
    does_send(w, two, "more");
    does_close(w, two);
    does_close(w, does_connect(w));
}

static void several_connections(void **state)
{
    (void)state;
    plays_twice(two_at_once);
    log_has("open: 3");
}

/* A connection that is the sink's: it stands, and is not ours to speak on. */
static void visit(struct world *w)
{
    struct fail fail;
    unsigned conn = 0;
    assert_true(world_visit(w, &stage.server, &conn, &fail));
    assert_true(does_opened(w, conn, 5));
    does_send(w, conn, "hello");
    assert_false(does_receive(w, conn, 1));
    does_close(w, conn);
}

static void the_sink_is_sent_there(void **state)
{
    (void)state;
    plays_twice(visit);
    log_has("opened: ready");
    log_has("send: EBADF, connection 1 is the sink's");
    log_has("receive: EBADF, connection 1 is the sink's");
}

static void a_visit_that_is_refused(struct world *w)
{
    struct fail fail;
    unsigned conn = 0;
    assert_true(world_visit(w, &stage.server, &conn, &fail));
    assert_false(does_opened(w, conn, 5));
}

static void the_supervisor_may_refuse_it(void **state)
{
    (void)state;
    stage.dialler = DIALS_REFUSED;
    plays_twice(a_visit_that_is_refused);
    log_has("opened: ESCOPE");
}

static void end_of_stream(struct world *w)
{
    unsigned conn = does_connect(w);
    server_says("bye");
    server_closes();
    does_receive_all(w, conn, 3);
    does_receive(w, conn, 5);
    does_close(w, conn);
}

static void a_server_that_closes(void **state)
{
    (void)state;
    plays_twice(end_of_stream);
    log_has("receive: EOF, the server closed the connection");
}

static void reset(struct world *w)
{
    unsigned conn = does_connect(w);
    server_resets();
    does_receive(w, conn, 5);
    does_send(w, conn, "still there?");
    does_close(w, conn);
}

static void a_server_that_resets(void **state)
{
    (void)state;
    plays_twice(reset);
    log_has("receive: ECONNRESET, ");
}

static void last_words(struct world *w)
{
    unsigned conn = does_connect(w);
    server_says("554 go away\r\n");
    server_closes();
    does_send(w, conn, "EHLO me\r\n");
    does_receive_all(w, conn, 13);
    does_close(w, conn);
}

static void what_a_server_said_before_it_went(void **state)
{
    (void)state;
    plays_twice(last_words);
    log_has("receive: 554 go away\\r\\n");
}

static void silence(struct world *w)
{
    unsigned conn = does_connect(w);
    does_receive(w, conn, 0.02);
    server_says("late");
    does_receive_all(w, conn, 4);
    does_close(w, conn);
}

static void a_server_that_is_silent_for_a_while(void **state)
{
    (void)state;
    plays_twice(silence);
    log_has("receive: ETIMEDOUT, ");
    log_has("receive: late");
}

static void flood(struct world *w)
{
    static char block[32 * 1024];
    unsigned conn = does_connect(w);
    memset(block, 'x', sizeof block);
    for (int i = 0; stage.live && i < 12; i++)
        assert_true(send(stage.peer, block, sizeof block, MSG_DONTWAIT) > 0);
    while (does_receive(w, conn, 5))
        continue;
    does_close(w, conn);
}

static void a_server_that_floods(void **state)
{
    (void)state;
    plays_twice(flood);
    log_has("receive: EPROTO, the server sent over 307200 bytes where less was expected");
}

static void misuse(struct world *w)
{
    does_send(w, 7, "x");
    does_receive(w, 7, 1);
    does_secured(w, 7, 1);
    does_secure(w, 7, "x");
    does_opened(w, 7, 1);
    does_close(w, 7);
    assert_null(world_input(w, 7));
    assert_null(world_input(w, 0));
    unsigned conn = does_open(w);
    does_send(w, conn, "x");
    does_receive(w, conn, 1);
    does_opened(w, conn, 5);
    does_close(w, conn);
    does_send(w, conn, "x");
}

static void calls_on_what_is_not_open(void **state)
{
    (void)state;
    plays_twice(misuse);
    log_has("send: EBADF, connection 7 is closed (line 1)\n");
    log_has("send: EBADF, connection 1 does not stand yet (line 2)\n");
    log_has("send: EBADF, connection 1 is closed");
}

static void too_many_at_once(struct world *w)
{
    unsigned conns[WORLD_CONNECTIONS];
    for (unsigned i = 0; i < WORLD_CONNECTIONS; i++)
        conns[i] = does_connect(w);
    does_open(w);
    does_close(w, conns[1]);
    does_connect(w);
}

static void a_fifth_connection(void **state)
{
    (void)state;
    plays_twice(too_many_at_once);
    log_has("open: ELIMIT, a probe may have 4 connections at once and 200 in all");
    log_has("open: 5");
}

static void too_many_ever(struct world *w)
{
    for (unsigned i = 0; i < WORLD_DIALS + 1; i++) {
        unsigned conn = does_open(w);
        if (conn)
            does_opened(w, conn, 5);
    }
}

static void connection_201(void **state)
{
    (void)state;
    stage.dialler = DIALS_REFUSED;
    plays_twice(too_many_ever);
    log_has("open: 200");
    log_has("open: ELIMIT");
}

/* Tokens and receipts ------------------------------------------------------------------------------ */

static struct token first, second;

static void sink_tells(struct stage *s)
{
    struct receipt r = receipt_for(&second, RECEIPT_MAIL);
    live_receipt(s->live, &r);
}

static void tokens(struct world *w)
{
    assert_true(does_token(w, &first));
    assert_true(does_token(w, &second));
    assert_memory_not_equal(&first, &second, sizeof first);
    if (stage.live) {
        struct receipt r = receipt_for(&first, RECEIPT_HTTP);
        live_receipt(stage.live, &r);
        stage.later = sink_tells;
    }
    does_await(w, &second, 5);
    does_await(w, &first, 5);
    does_await(w, &first, 0.02);
}

static void receipts_come_back(void **state)
{
    (void)state;
    plays_twice(tokens);
    log_has(" as mail from 192.0.2.7:4711 at 2023-11-14T22:13:20.123456Z, ");
    log_has(" as http from ");
    log_has("receipt: ETIMEDOUT, nothing came back to the sink in time");
}

static void many_tokens(struct world *w)
{
    struct token token;
    for (int i = 0; i < 257; i++)
        does_token(w, &token);
}

static void token_257(void **state)
{
    (void)state;
    plays_twice(many_tokens);
    log_has("token: ELIMIT, a probe may have 256 tokens (line 257)");
}

static void time_and_notes(struct world *w)
{
    struct fail fail;
    does_now(w);
    does_pause(w, 0.01);
    does_now(w);
    assert_true(world_note(w, bytes_of("a remark\xff\n"), &fail));
    does_now(w);
}

static void the_clock_pauses_and_remarks(void **state)
{
    (void)state;
    plays_twice(time_and_notes);
    log_has("pause: over");
}

/* The operator's stop ------------------------------------------------------------------------------ */

static void operator_stops(struct stage *s)
{
    live_stop(s->live);
}

static void stop_soon(void)
{
    stage.later = stage.live ? operator_stops : NULL;
}

static void stopped_in_a_pause(struct world *w)
{
    stop_soon();
    does_pause(w, 5);
    does_pause(w, 5);
}

static void stopped_for_a_receipt(struct world *w)
{
    struct token token;
    does_token(w, &token);
    stop_soon();
    does_await(w, &token, 5);
}

static void stopped_while_it_reads(struct world *w)
{
    unsigned conn = does_connect(w);
    stop_soon();
    does_receive(w, conn, 5);
    does_send(w, conn, "QUIT\r\n");
    does_receive(w, conn, 5);
    does_close(w, conn);
    does_opened(w, does_open(w), 5);
}

static void stopped_while_it_dials(struct world *w)
{
    stop_soon();
    does_opened(w, does_open(w), 5);
}

static void a_stop_ends_every_wait(void **state)
{
    (void)state;
    void (*const talks[])(struct world * w) = {stopped_in_a_pause, stopped_for_a_receipt,
                                               stopped_while_it_reads, stopped_while_it_dials};
    for (unsigned i = 0; i < sizeof talks / sizeof talks[0]; i++) {
        stage.dialler = talks[i] == stopped_while_it_dials ? DIALS_NEVER : DIALS_AT_ONCE;
        buf_clear(&stage.log);
        plays_twice(talks[i]);
        log_has("ESTOPPED, the run was stopped before an answer came");
    }
}

static void five_messages(struct world *w)
{
    struct fail fail;
    does_message(w, false); /* before there is a connection nothing is known of a limit */
    unsigned one = does_connect(w);
    does_message(w, false);
    stage.messages.left = 3; /* another test had one meanwhile */
    does_close(w, one);
    unsigned two = does_connect(w);
    assert_int_equal(world_messages_left(w), 3);
    does_message(w, false);
    does_message(w, false);
    does_message(w, true);
    assert_false(world_may_message(w, &fail));
    does_message(w, true);
    does_close(w, two);
}

static void messages_are_counted_and_limited_by_what_the_supervisor_says(void **state)
{
    (void)state;
    stage.messages = (struct world_messages){true, 5};
    plays_twice(five_messages);
    log_has("message: EBUDGET, the host has had its test messages of a day");
    assert_int_equal(stage.handed_over, 5);
    assert_int_equal(stage.confirming, 1);
}

static void a_first_one_with_one_left(struct world *w)
{
    unsigned conn = does_connect(w);
    assert_int_equal(world_messages_left(w), 0);
    does_message(w, false);
    does_close(w, conn);
}

static void the_first_is_sent_only_where_a_second_could_confirm_it(void **state)
{
    (void)state;
    stage.messages = (struct world_messages){true, 1};
    plays_twice(a_first_one_with_one_left);
    log_has("message: EBUDGET");
    assert_int_equal(stage.handed_over, 0);
}

int main(void)
{
#define TEST(f)                                                                                    \
    cmocka_unit_test_setup_teardown(f, stage_begin, stage_end),                                    \
    {                                                                                              \
#f "_from_afar", f, stage_begin_afar, stage_end, NULL                                      \
    }
    const struct CMUnitTest tests[] = {
        TEST(a_refused_connection),
        TEST(a_connection_that_the_supervisor_denies),
        TEST(a_connection_that_nobody_answers_for),
        TEST(a_connection_that_does_not_come),
        TEST(a_dialogue),
        TEST(several_connections),
        TEST(the_sink_is_sent_there),
        TEST(the_supervisor_may_refuse_it),
        TEST(a_server_that_closes),
        TEST(a_server_that_resets),
        TEST(what_a_server_said_before_it_went),
        TEST(a_server_that_is_silent_for_a_while),
        TEST(a_server_that_floods),
        TEST(calls_on_what_is_not_open),
        TEST(a_fifth_connection),
        TEST(connection_201),
        TEST(receipts_come_back),
        TEST(token_257),
        TEST(the_clock_pauses_and_remarks),
        TEST(a_stop_ends_every_wait),
        TEST(messages_are_counted_and_limited_by_what_the_supervisor_says),
        TEST(the_first_is_sent_only_where_a_second_could_confirm_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
