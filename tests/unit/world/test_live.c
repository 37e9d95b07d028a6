/* What holds for the live world alone: its limits, its descriptors, its wakes. */
#include "stage.h"

static void a_descriptor_that_comes_too_late_is_closed(void **state)
{
    (void)state;
    struct fail fail;
    stage.dialler = DIALS_NEVER;
    stage_live();
    struct world *w = live_world(stage.live);
    unsigned conn = does_open(w);
    assert_false(does_opened(w, conn, 0.01));
    int before = open_fds();
    int fd = dial_start(&stage.server, &fail);
    live_dialled(stage.live, conn, fd, &(struct world_messages){0}, &fail);
    assert_int_equal(open_fds(), before);
}

static void a_second_descriptor_for_one_connection_is_closed(void **state)
{
    (void)state;
    struct fail fail;
    stage_live();
    unsigned conn = does_connect(live_world(stage.live));
    int before = open_fds();
    live_dialled(stage.live, conn, dial_start(&stage.server, &fail), &(struct world_messages){0},
                 &fail);
    assert_int_equal(open_fds(), before);
}

static void freeing_it_closes_what_is_open(void **state)
{
    (void)state;
    int before = open_fds();
    stage_live();
    struct world *w = live_world(stage.live);
    does_connect(w);
    does_connect(w);
    does_open(w);
    live_free(stage.live);
    stage.live = NULL;
    close(stage.peer);
    stage.peer = -1;
    assert_int_equal(open_fds(), before);
}

static void the_dialler_hears_once_of_each_connection_that_is_over(void **state)
{
    (void)state;
    stage_live();
    struct world *w = live_world(stage.live);
    unsigned conn = does_connect(w);
    does_close(w, conn);
    does_close(w, conn);
    assert_int_equal(stage.over, 1);
    stage.dialler = DIALS_REFUSED;
    does_opened(w, does_open(w), 1);
    assert_int_equal(stage.over, 2);
    stage.dialler = DIALS_NEVER;
    does_opened(w, does_open(w), 0.01);
    assert_int_equal(stage.over, 3);
    does_open(w);
    live_free(stage.live);
    stage.live = NULL;
    assert_int_equal(stage.over, 4);
}

static void the_whole_probe_has_a_limit(void **state)
{
    (void)state;
    stage.limit = 30000;
    stage_live();
    struct world *w = live_world(stage.live);
    unsigned conn = does_connect(w);
    instant began = loop_monotonic();
    assert_false(does_receive(w, conn, 600));
    assert_true(loop_monotonic() - began < 5 * SPAN_SECOND);
    log_has("receive: ETIME, no answer in time: the probe's own time is up");
    assert_false(does_receive(w, conn, 600));
    assert_true(does_pause(w, 600));
}

static void the_time_in_the_dialers_line_is_not_the_probes(void **state)
{
    (void)state;
    struct fail fail;
    stage.dialler = DIALS_NEVER;
    stage.limit = 200 * 1000;
    stage.patience = 10 * SPAN_SECOND;
    stage_live();
    struct world *w = live_world(stage.live);
    unsigned conn = does_open(w);
    stage_run_for(300 * 1000);
    live_dialled(stage.live, conn, dial_start(&stage.server, &fail), &(struct world_messages){0},
                 &fail);
    assert_true(does_opened(w, conn, 5));
    assert_true(does_pause(w, 0.01));
}

static void when_its_time_is_over_nothing_is_opened(void **state)
{
    (void)state;
    stage.dialler = DIALS_NEVER;
    stage.limit = 10 * 1000;
    stage.patience = 10 * SPAN_SECOND;
    stage_live();
    struct world *w = live_world(stage.live);
    stage_run_for(20 * 1000);
    assert_false(does_opened(w, does_open(w), 5));
    log_has("opened: ETIME, no time is left to open a connection: the probe's own time is up");
}

static void a_hundred_and_28_receipts_are_kept_and_more_are_forgotten(void **state)
{
    (void)state;
    struct token tokens[130];
    stage_live();
    struct world *w = live_world(stage.live);
    for (int i = 0; i < 130; i++) {
        assert_true(does_token(w, &tokens[i]));
        struct receipt r = receipt_for(&tokens[i], RECEIPT_LINE);
        live_receipt(stage.live, &r);
    }
    assert_true(does_await(w, &tokens[127], 0.01));
    assert_true(does_await(w, &tokens[0], 0.01));
    assert_false(does_await(w, &tokens[128], 0.01));
}

static void without_a_seed_there_are_no_tokens(void **state)
{
    (void)state;
    struct fail fail;
    struct token token;
    struct live_options options = {.limit = SPAN_SECOND};
    stage.live = live_new(&stage.services, &options, stage_wake, &stage, &fail);
    assert_false(does_token(live_world(stage.live), &token));
}

static void untaped_nothing_is_kept(void **state)
{
    (void)state;
    struct fail fail;
    struct live_options options = {.limit = SPAN_SECOND};
    stage.live = live_new(&stage.services, &options, stage_wake, &stage, &fail);
    struct world *w = live_world(stage.live);
    does_send(w, does_connect(w), "x");
    stage_conclude();
    struct buf tape = buf_new(TAPE_LIMIT);
    assert_true(live_records(stage.live, &tape));
    assert_int_equal(tape.n, 0);
}

static void a_connection_that_stands_can_be_taken_over(void **state)
{
    (void)state;
    struct fail fail;
    stage_live();
    struct world *w = live_world(stage.live);
    unsigned conn = live_adopt(stage.live, dial_start(&stage.server, &fail));
    assert_int_equal(conn, 1);
    server_takes();
    server_says("hello");
    does_receive_all(w, conn, 5);
    does_send(w, conn, "you too");
    server_hears("you too");
}

static void a_connection_that_finds_no_room_is_closed(void **state)
{
    (void)state;
    struct fail fail;
    stage_live();
    for (int i = 0; i < WORLD_CONNECTIONS; i++)
        assert_int_not_equal(live_adopt(stage.live, dial_start(&stage.server, &fail)), 0);
    int before = open_fds();
    assert_int_equal(live_adopt(stage.live, dial_start(&stage.server, &fail)), 0);
    assert_int_equal(open_fds(), before);
}

/* A stop while nothing is waited for must not be lost. */
static void what_begins_after_a_stop_fails_at_once(void **state)
{
    (void)state;
    stage_live();
    live_stop(stage.live);
    assert_false(does_pause(live_world(stage.live), 600));
    log_has("ESTOPPED");
}

static void a_target_that_says_more_than_a_tape_holds_is_heard_no_more(void **state)
{
    (void)state;
    static char words[60 * 1024];
    bool heard = true;
    memset(words, 1, sizeof words);
    stage_live();
    struct world *w = live_world(stage.live);
    for (int i = 0; i < 20 && heard; i++) {
        unsigned conn = does_connect(w);
        assert_int_equal(write(stage.peer, words, sizeof words), (ssize_t)sizeof words);
        heard = does_receive(w, conn, 5);
        does_close(w, conn);
    }
    assert_false(heard);
    log_has("receive: EPROTO");
    for (int i = 0; i < 100; i++) {
        unsigned conn = does_connect(w);
        assert_int_equal(write(stage.peer, "x", 1), 1);
        assert_false(does_receive(w, conn, 5));
        does_close(w, conn);
    }
    stage_conclude();
    struct buf tape = buf_new(TAPE_LIMIT);
    assert_true(live_records(stage.live, &tape));
    assert_null(memmem(tape.p, tape.n, "the tape is full", 16));
    buf_free(&tape);
}

static void a_full_tape_says_so_and_ends_in_its_verdict(void **state)
{
    (void)state;
    static char remark[200 * 1024];
    struct fail fail;
    memset(remark, 'x', sizeof remark);
    stage_live();
    struct world *w = live_world(stage.live);
    for (int i = 0; i < 10; i++)
        assert_true(world_note(w, bytes_at(remark, sizeof remark), &fail));
    stage_conclude();
    struct buf tape = buf_new(TAPE_LIMIT);
    assert_true(live_records(stage.live, &tape));
    assert_true(tape.n > 512 * 1024 && tape.n <= 1024 * 1024);
    assert_non_null(memmem(tape.p, tape.n, "the tape is full", 16));
    assert_memory_equal(tape.p + tape.n - 3, "]}\n", 3);
    assert_non_null(memmem(tape.p + tape.n - 200, 200, "\"op\":\"verdict\"", 14));
    buf_free(&tape);
}

static void asks_nobody_for_a_resolver(void *arg, struct live *live, unsigned number, unsigned try,
                                       bool tcp)
{
    (void)arg, (void)live, (void)number, (void)try, (void)tcp;
}

static void a_question_whose_socket_never_comes_has_no_answer_in_time(void **unused)
{
    (void)unused;
    struct fail fail;
    struct bytes message;
    enum world_state state;
    stage.services.resolver = asks_nobody_for_a_resolver;
    stage_live();
    struct world *w = live_world(stage.live);
    assert_true(world_ask(w, bytes_of("example.com"), DNS_A, &fail));
    instant deadline = world_deadline(w, 20000);
    STAGE_AWAIT(world_answered(w, deadline, &message, &fail))
    assert_int_equal(state, WORLD_FAILED);
    assert_string_equal(fail.code, "ETIMEDOUT");
    assert_string_equal(fail.text, "the resolvers gave no answer in time");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_begin, stage_end)
    const struct CMUnitTest tests[] = {
        TEST(a_descriptor_that_comes_too_late_is_closed),
        TEST(a_second_descriptor_for_one_connection_is_closed),
        TEST(freeing_it_closes_what_is_open),
        TEST(the_dialler_hears_once_of_each_connection_that_is_over),
        TEST(the_whole_probe_has_a_limit),
        TEST(the_time_in_the_dialers_line_is_not_the_probes),
        TEST(when_its_time_is_over_nothing_is_opened),
        TEST(a_hundred_and_28_receipts_are_kept_and_more_are_forgotten),
        TEST(without_a_seed_there_are_no_tokens),
        TEST(untaped_nothing_is_kept),
        TEST(a_connection_that_stands_can_be_taken_over),
        TEST(a_connection_that_finds_no_room_is_closed),
        TEST(what_begins_after_a_stop_fails_at_once),
        TEST(a_target_that_says_more_than_a_tape_holds_is_heard_no_more),
        TEST(a_full_tape_says_so_and_ends_in_its_verdict),
        TEST(a_question_whose_socket_never_comes_has_no_answer_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
