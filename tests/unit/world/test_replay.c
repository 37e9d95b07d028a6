/* Where a replay leaves the tape, it says at which line, what stood there and what came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world/replay.h"

#include <stdio.h>
#include <string.h>

#define HEAD                                                                                       \
    "{\"tape\":1,\"probe\":\"relay/test\",\"pack\":\"test@1\",\"target\":{\"address\":"            \
    "\"127.0.0.1\",\"port\":25,\"name\":null},\"started\":\"2026-11-24T02:10:16.123456Z\","        \
    "\"run\":{\"sink\":\"127.0.0.1:2600\",\"mail_domain\":\"t.example\",\"helo\":\"p.example\","   \
    "\"authority\":\"\",\"contact\":\"\",\"info\":\"\",\"wait_us\":1000000},\"args\":{}}\n"
#define TOKEN "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define TAPE                                                                                       \
    HEAD "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"127.0.0.1:25\"}\n"                             \
         "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"127.0.0.1:4000\"}\n"                       \
         "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"220 a\\r\\n\"}\n"                            \
         "{\"t\":4,\"op\":\"send\",\"c\":1,\"data\":\"EHLO b\\r\\n\"}\n"                           \
         "{\"t\":5,\"op\":\"close\",\"c\":1}\n"                                                    \
         "{\"t\":6,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"so it was\","            \
         "\"steps\":[{\"line\":4,\"say\":\"a step\"}]}\n"
#define STEPS "[{\"line\":4,\"say\":\"a step\"}]"

static struct replay *replay;
static struct world *w;
static struct fail fail;
static struct addr server;

static void begin(const char *tape)
{
    replay = replay_new(bytes_of(tape), &fail);
    if (!replay)
        fail_msg("%s", fail.text);
    w = replay_world(replay);
    server = replay_head(replay)->target;
}

static int end(void **state)
{
    (void)state;
    replay_free(replay);
    replay = NULL;
    return 0;
}

static bool open_first(void)
{
    unsigned conn = 0;
    return world_open(w, &server, &conn, &fail) && conn == 1;
}

/* As far as the tape's line 4. */
static void up_to_the_banner(void)
{
    assert_true(open_first());
    assert_int_equal(world_opened(w, 1, 0, &fail), WORLD_READY);
    assert_int_equal(world_receive(w, 1, 0, &fail), WORLD_READY);
    assert_int_equal(world_line(w), 4);
}

static void up_to_the_verdict(void)
{
    up_to_the_banner();
    assert_true(world_send(w, 1, bytes_of("EHLO b\r\n"), &fail));
    world_close(w, 1);
    assert_null(replay_diverged(replay));
}

static void diverged(const char *text)
{
    assert_non_null(replay_diverged(replay));
    assert_string_equal(replay_diverged(replay)->code, "EDIVERGED");
    assert_string_equal(replay_diverged(replay)->text, text);
}

static void the_head_is_what_the_probe_was_given(void **state)
{
    (void)state;
    begin(TAPE);
    assert_int_equal(replay_head(replay)->target.port, 25);
    assert_true(bytes_equal_text(replay_head(replay)->helo, "p.example"));
}

static void the_same_calls_reach_the_verdict(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_verdict();
    assert_true(
        replay_verdict(replay, bytes_of("closed"), bytes_of("so it was"), bytes_of(STEPS), &fail));
}

static void a_byte_sent_otherwise_is_named_with_its_line(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_banner();
    assert_false(world_send(w, 1, bytes_of("EHLO c\r\n"), &fail));
    assert_string_equal(fail.code, "EDIVERGED");
    diverged("line 5 of the tape: expected send on connection 1 (EHLO b\\r\\n), got send on "
             "connection 1 (EHLO c\\r\\n)");
}

static void another_operation_is_named(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_banner();
    assert_int_equal(world_receive(w, 1, 0, &fail), WORLD_FAILED);
    diverged("line 5 of the tape: expected send on connection 1 (EHLO b\\r\\n), got recv on "
             "connection 1");
}

static void another_address_is_named(void **state)
{
    (void)state;
    begin(TAPE);
    server.port = 26;
    assert_false(open_first());
    diverged("line 2 of the tape: expected open on connection 1 (127.0.0.1:25), got open on "
             "connection 1 (127.0.0.1:26)");
}

static void a_close_too_early_is_named(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_banner();
    world_close(w, 1);
    diverged("line 5 of the tape: expected send on connection 1 (EHLO b\\r\\n), got close on "
             "connection 1");
}

static void a_remark_that_was_not_made_is_named(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_banner();
    assert_true(world_note(w, bytes_of("hm"), &fail));
    diverged("line 5 of the tape: expected send on connection 1 (EHLO b\\r\\n), got note (hm)");
}

static void after_the_first_difference_every_call_fails_with_it(void **state)
{
    (void)state;
    struct receipt receipt;
    struct token token = {{0}};
    instant now;
    begin(TAPE);
    up_to_the_banner();
    assert_true(world_note(w, bytes_of("hm"), &fail));
    struct fail first = *replay_diverged(replay);
    assert_false(world_send(w, 1, bytes_of("EHLO b\r\n"), &fail));
    assert_string_equal(fail.text, first.text);
    assert_int_equal(world_receive(w, 1, 0, &fail), WORLD_FAILED);
    assert_int_equal(world_pause(w, 0, &fail), WORLD_FAILED);
    assert_int_equal(world_receipt(w, &token, 0, &receipt, &fail), WORLD_FAILED);
    assert_false(world_token(w, &token, &fail));
    assert_false(world_now(w, &now, &fail));
    assert_string_equal(fail.text, first.text);
    world_close(w, 1);
    assert_false(
        replay_verdict(replay, bytes_of("closed"), bytes_of("so it was"), bytes_of(STEPS), &fail));
    diverged(first.text);
}

static void a_probe_that_does_more_than_the_tape_holds(void **state)
{
    (void)state;
    unsigned conn;
    begin(TAPE);
    up_to_the_verdict();
    assert_false(world_open(w, &server, &conn, &fail));
    diverged("line 7 of the tape: expected verdict (closed), got open on connection 2 "
             "(127.0.0.1:25)");
}

static void a_probe_that_does_less(void **state)
{
    (void)state;
    begin(TAPE);
    up_to_the_banner();
    assert_false(
        replay_verdict(replay, bytes_of("closed"), bytes_of("so it was"), bytes_of(STEPS), &fail));
    diverged("line 5 of the tape: expected send on connection 1 (EHLO b\\r\\n), got verdict "
             "(closed)");
}

static void ends_otherwise(const char *verdict, const char *reason, const char *steps,
                           const char *sentence)
{
    begin(TAPE);
    up_to_the_verdict();
    assert_false(
        replay_verdict(replay, bytes_of(verdict), bytes_of(reason), bytes_of(steps), &fail));
    assert_string_equal(fail.text, sentence);
    diverged(sentence);
    assert_int_equal(replay_difference(replay)->line, 7);
    replay_free(replay);
    replay = NULL;
}

static void another_verdict_reason_or_step(void **state)
{
    (void)state;
    ends_otherwise("closed", "or so", STEPS,
                   "line 7 of the tape: expected the reason (so it was), got the reason (or so)");
    ends_otherwise("closed", "so it was", "[]",
                   "line 7 of the tape: expected step 1 ({\"line\":4,\"say\":\"a step\"}), got no "
                   "step 1");
    ends_otherwise("open", "so it was", STEPS,
                   "line 7 of the tape: expected verdict (closed), got verdict (open)");
}

/* Of two long texts the place is shown where they part. */
static void a_late_difference_is_shown_where_it_is(void **state)
{
    (void)state;
    char sent[200];
    char tape[sizeof TAPE + 200];
    snprintf(sent, sizeof sent, "%0100dab\r\n", 0);
    snprintf(tape, sizeof tape,
             HEAD "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"127.0.0.1:25\"}\n"
                  "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"127.0.0.1:4000\"}\n"
                  "{\"t\":4,\"op\":\"send\",\"c\":1,\"data\":\"%0100dac\\r\\n\"}\n",
             0);
    begin(tape);
    assert_true(open_first());
    assert_int_equal(world_opened(w, 1, 0, &fail), WORLD_READY);
    assert_false(world_send(w, 1, bytes_of(sent), &fail));
    diverged("line 4 of the tape: expected send on connection 1, from byte 86 "
             "(000000000000000ac\\r\\n), got send on connection 1, from byte 86 "
             "(000000000000000ab\\r\\n)");
}

static void a_tape_that_is_cut_off(void **state)
{
    (void)state;
    char tape[sizeof TAPE] = TAPE;
    *strstr(tape, "{\"t\":4") = '\0';
    begin(tape);
    up_to_the_banner();
    assert_false(world_send(w, 1, bytes_of("EHLO b\r\n"), &fail));
    assert_non_null(replay_diverged(replay));
    assert_string_equal(fail.text, "the tape ends at line 4 without a verdict");
}

static void a_tape_that_is_cut_off_in_a_line(void **state)
{
    (void)state;
    char tape[sizeof TAPE] = TAPE;
    strstr(tape, "\"op\":\"send\"")[0] = '\0';
    begin(tape);
    up_to_the_banner();
    assert_false(world_send(w, 1, bytes_of("EHLO b\r\n"), &fail));
    assert_string_equal(fail.text, "line 5: it has no end: the tape was cut off");
}

static void a_line_that_is_no_record(void **state)
{
    (void)state;
    begin(HEAD "{\"t\":1,\"op\":\"dance\"}\n");
    assert_false(open_first());
    assert_non_null(strstr(fail.text, "line 2"));
    assert_non_null(strstr(fail.text, "dance"));
}

static void no_head_no_replay(void **state)
{
    (void)state;
    assert_null(replay_new(bytes_of(""), &fail));
    assert_null(replay_new(bytes_of("{}\n"), &fail));
    assert_string_equal(fail.code, "EFORMAT");
}

/* A hostile tape gives no receipt that the sink could not have given. */
static void receipts_are_read_strictly(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "\"kind\":\"mails\",\"peer\":\"192.0.2.1:9\",\"at\":\"2026-11-24T02:10:16.123456Z\"",
        "\"kind\":\"mail\",\"peer\":\"nobody\",\"at\":\"2026-11-24T02:10:16.123456Z\"",
        "\"kind\":\"mail\",\"peer\":\"192.0.2.1:9\",\"at\":\"yesterday\"",
    };
    for (unsigned i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        char tape[4096];
        struct receipt receipt;
        struct token token;
        snprintf(tape, sizeof tape,
                 HEAD "{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n"
                      "{\"t\":1,\"op\":\"receipt\",\"token\":\"" TOKEN "\",%s,"
                      "\"digest\":\"%064d\",\"answer\":\"%032d\"}\n",
                 broken[i], 0, 0);
        begin(tape);
        assert_true(world_token(w, &token, &fail));
        assert_int_equal(world_receipt(w, &token, 0, &receipt, &fail), WORLD_FAILED);
        assert_non_null(replay_diverged(replay));
        replay_free(replay);
        replay = NULL;
    }
}

static void a_token_that_is_none(void **state)
{
    (void)state;
    struct token token;
    begin(HEAD "{\"t\":1,\"op\":\"token\",\"data\":\"short\"}\n");
    assert_false(world_token(w, &token, &fail));
    assert_string_equal(fail.code, "EDIVERGED");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end)
    const struct CMUnitTest tests[] = {
        TEST(the_head_is_what_the_probe_was_given),
        TEST(the_same_calls_reach_the_verdict),
        TEST(a_byte_sent_otherwise_is_named_with_its_line),
        TEST(another_operation_is_named),
        TEST(another_address_is_named),
        TEST(a_close_too_early_is_named),
        TEST(a_remark_that_was_not_made_is_named),
        TEST(after_the_first_difference_every_call_fails_with_it),
        TEST(a_probe_that_does_more_than_the_tape_holds),
        TEST(a_probe_that_does_less),
        TEST(another_verdict_reason_or_step),
        TEST(a_late_difference_is_shown_where_it_is),
        TEST(a_tape_that_is_cut_off),
        TEST(a_tape_that_is_cut_off_in_a_line),
        TEST(a_line_that_is_no_record),
        TEST(no_head_no_replay),
        TEST(receipts_are_read_strictly),
        TEST(a_token_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
