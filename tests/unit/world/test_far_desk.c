/* A desk whose caller is no far world: what no probe would call is refused. */
#include "stage.h"

static int begin(void **state)
{
    stage_begin(state);
    stage_live();
    return 0;
}

static enum far_step calls(struct far_call call)
{
    struct far_answer answer;
    return far_desk_call(&stage.desk, &call, &answer);
}

static void a_call_that_there_is_not(void **state)
{
    (void)state;
    assert_int_equal(calls((struct far_call){.op = FAR_OPS}), FAR_BROKEN);
    assert_int_equal(calls((struct far_call){.op = 0}), FAR_BROKEN);
}

static void a_connection_under_a_number_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(calls((struct far_call){.op = FAR_OPEN, .conn = 2, .to = stage.server}),
                     FAR_BROKEN);
}

static void a_way_that_there_is_not(void **state)
{
    (void)state;
    struct far_call call = {.op = FAR_OPEN, .conn = 1, .to = stage.server};
    call.way = (enum world_way)3;
    assert_int_equal(calls(call), FAR_BROKEN);
}

static void what_the_pack_has_not_declared(void **state)
{
    (void)state;
    struct far_call open = {.op = FAR_OPEN, .conn = 1, .to = stage.server, .way = WORLD_UDP};
    struct far_call ask = {.op = FAR_ASK, .data = bytes_of("mx.example"), .type = DNS_MX};
    stage.desk.withheld = 1U << CAPABILITY_UDP | 1U << CAPABILITY_SOCKS | 1U << CAPABILITY_DNS |
                          1U << CAPABILITY_SMTP;
    assert_int_equal(calls(open), FAR_BROKEN);
    assert_string_equal(stage.desk.flaw, "asked for what its pack has not declared");
    open.way = WORLD_VISIT;
    assert_int_equal(calls(open), FAR_BROKEN);
    assert_int_equal(calls(ask), FAR_BROKEN);
    open.way = WORLD_TCP;
    assert_int_equal(calls(open), FAR_DONE);
}

static void any_connection_of_a_pack_that_declares_none(void **state)
{
    (void)state;
    stage.desk.withheld = (1U << CAPABILITIES) - 1;
    assert_int_equal(calls((struct far_call){.op = FAR_OPEN, .conn = 1, .to = stage.server}),
                     FAR_BROKEN);
}

static void the_control_alone_is_for_all(void **state)
{
    (void)state;
    stage.desk.withheld = (1U << CAPABILITIES) - 1;
    stage.desk.control = stage.server;
    assert_int_equal(calls((struct far_call){.op = FAR_OPEN, .conn = 1, .to = stage.server}),
                     FAR_DONE);
}

static void bytes_for_what_is_not_open(void **state)
{
    (void)state;
    assert_int_equal(calls((struct far_call){.op = FAR_SEND, .conn = 1, .data = bytes_of("x")}),
                     FAR_BROKEN);
}

static void a_token_that_is_not_the_next(void **state)
{
    (void)state;
    struct token own;
    struct fail fail;
    stage.from_afar = true;
    assert_true(world_token(stage_world(), &own, &fail)); /* the first is taken */
    assert_int_equal(calls((struct far_call){.op = FAR_TOKEN, .token = own}), FAR_BROKEN);
}

static void a_time_that_it_is_not(void **state)
{
    (void)state;
    const instant times[] = {0, INT64_MIN, INT64_MAX, loop_now() - 60 * SPAN_SECOND,
                             loop_now() + 60 * SPAN_SECOND};
    for (unsigned i = 0; i < sizeof times / sizeof times[0]; i++)
        assert_int_equal(calls((struct far_call){.op = FAR_NOW, .at = times[i]}), FAR_BROKEN);
    assert_int_equal(calls((struct far_call){.op = FAR_NOW, .at = loop_now()}), FAR_DONE);
}

static void a_second_question_before_the_first_is_answered(void **state)
{
    (void)state;
    struct far_call pause = {.op = FAR_PAUSE, .at = loop_monotonic() + SPAN_SECOND};
    assert_int_equal(calls(pause), FAR_WAITS);
    assert_int_equal(calls(pause), FAR_BROKEN);
}

static void a_wait_beyond_the_time_of_the_probe_ends_with_it(void **state)
{
    (void)state;
    struct far_call call = {.op = FAR_PAUSE, .at = INT64_MAX};
    assert_int_equal(calls(call), FAR_WAITS);
    assert_true(stage.desk.waits.at <= live_ends(stage.live));
}

static void more_words_than_a_probe_has_without_waiting(void **state)
{
    (void)state;
    struct far_call note = {.op = FAR_NOTE, .data = bytes_of("x")};
    unsigned n = 0;
    while (calls(note) == FAR_DONE)
        n++;
    assert_int_equal(n, WORLD_CALLS);
    assert_string_equal(stage.desk.flaw, "made more remarks than any probe can");
}

static void more_input_is_said_to_be_used_than_there_was(void **state)
{
    (void)state;
    unsigned conn = 0;
    struct fail fail;
    assert_true(world_open(live_world(stage.live), &stage.server, &conn, &fail));
    struct far_call call = {
        .op = FAR_RECEIVE, .conn = conn, .consumed = UINT32_MAX, .at = loop_monotonic()};
    assert_int_equal(calls(call), FAR_ANSWER);
}

static void an_answer_that_nobody_asked_for(void **state)
{
    (void)state;
    struct fail fail;
    struct far *far = far_new(NULL, stage_call, &stage, stage_wake, &stage, &fail);
    assert_false(far_answered(far, &(struct far_answer){.state = WORLD_READY}));
    far_free(far);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, stage_end)
    const struct CMUnitTest tests[] = {
        TEST(a_call_that_there_is_not),
        TEST(a_connection_under_a_number_of_its_own),
        TEST(a_way_that_there_is_not),
        TEST(what_the_pack_has_not_declared),
        TEST(any_connection_of_a_pack_that_declares_none),
        TEST(the_control_alone_is_for_all),
        TEST(bytes_for_what_is_not_open),
        TEST(a_token_that_is_not_the_next),
        TEST(a_time_that_it_is_not),
        TEST(a_second_question_before_the_first_is_answered),
        TEST(a_wait_beyond_the_time_of_the_probe_ends_with_it),
        TEST(more_words_than_a_probe_has_without_waiting),
        TEST(more_input_is_said_to_be_used_than_there_was),
        TEST(an_answer_that_nobody_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
