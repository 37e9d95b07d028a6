/* smtp:ask: one sender and several recipients, and what a script is told of the answers. */
#include "fake.h"

#define START "local s = ajar.smtp.connect(target) s:ehlo() local m = ajar.mailbox() "
#define PLAIN "250-mx.example\r\n250 SIZE\r\n"
#define AHEAD "250-mx.example\r\n250 PIPELINING\r\n"

static void run(struct fake *f, const char *ehlo, const char *first, const char *second,
                const char *third, const char *body)
{
    char script[1000];
    fake_begin(f, 'a');
    f->says[0] = "220 mx.example\r\n";
    f->says[1] = ehlo;
    f->says[2] = first;
    f->says[3] = second;
    f->says[4] = third;
    snprintf(script, sizeof script, START "%s", body);
    run_body(f, script);
}

#define ASK_TWO "local a = s:ask(m.bounce, { m, '\"' .. tostring(m) .. '\"' }) "

static void each_answer_is_a_reply(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, "250 2.1.0 ok\r\n", "554 5.7.1 no\r\n", "501-bad\r\n501 5.1.3 very bad\r\n",
        ASK_TWO "return ajar.closed(a[2], a.sender.text .. '|' .. tostring(a[1]) .. '|' .. "
                "a[2].enhanced .. '|' .. a[2].text .. '|' .. tostring(a.accepted))");
    assert_string_equal(f.reason, "ok|554 5.7.1 no|5.1.3|very bad|nil");
    fake_end(&f);
}

static void asking_ends_with_the_first_that_is_accepted(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, "250 ok\r\n", "250 ok\r\n", NULL,
        ASK_TWO
        "return ajar.closed(a.accepted .. ' ' .. tostring(a[2]) .. ' ' .. tostring(a.lost))");
    assert_string_equal(f.reason, "1 nil nil");
    fake_end(&f);
}

static void asking_ends_with_a_sender_that_is_refused(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, "550 no\r\n", NULL, NULL,
        ASK_TWO "return ajar.closed(a.sender.code .. ' ' .. tostring(a[1]))");
    assert_string_equal(f.reason, "550 nil");
    fake_end(&f);
}

static void what_is_offered_pipelining_goes_out_at_once(void **state)
{
    (void)state;
    struct fake f;
    run(&f, AHEAD, "250 ok\r\n250 ok\r\n550 no\r\n", NULL, NULL,
        ASK_TWO "return ajar.closed(a[1].code .. ' ' .. a[2].code .. ' ' .. a.accepted)");
    assert_string_equal(f.reason, "250 550 1");
    fake_end(&f);
}

/* What was answered before is worth having then too. */
static void a_lost_connection_leaves_what_was_answered(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, "250 ok\r\n", "554 no\r\n", "nonsense\r\n",
        ASK_TWO "return ajar.closed(a[1].code .. ' ' .. tostring(a[2]) .. ' ' .. a.lost.code)");
    assert_string_equal(f.reason, "554 nil EPROTO");
    fake_end(&f);
}

/* Replies that nobody asked for can't be told from the ones that follow. */
static void a_server_that_talks_out_of_turn_is_not_asked_on(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, "250 ok\r\n554 no\r\n", NULL, NULL,
        ASK_TWO "return ajar.closed(tostring(a[1]) .. ' ' .. a.lost.code)");
    assert_string_equal(f.reason, "nil EPROTO");
    fake_end(&f);
}

static void a_second_transaction_begins_with_rset(void **state)
{
    (void)state;
    struct fake f;
    run(&f, AHEAD, "250 ok\r\n554 no\r\n", "250 ok\r\n250 ok\r\n554 no\r\n", NULL,
        "s:ask('', { m }) local a = s:ask(m.bounce, { m }) return ajar.closed(a[1])");
    assert_string_equal(f.reason, "554 no");
    assert_non_null(strstr(buf_text(&f.sent), "RSET\r\nMAIL FROM:<bounce-"));
    fake_end(&f);
}

static void nothing_is_sent_when_one_recipient_is_a_stranger(void **state)
{
    (void)state;
    struct fake f;
    run(&f, PLAIN, NULL, NULL, NULL, "s:ask(m.bounce, { m, 'victim@example.org' })");
    assert_int_equal(f.verdict, VERDICT_ERROR);
    assert_null(strstr(buf_text(&f.sent), "MAIL FROM"));
    fake_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_a_reply),
        cmocka_unit_test(asking_ends_with_the_first_that_is_accepted),
        cmocka_unit_test(asking_ends_with_a_sender_that_is_refused),
        cmocka_unit_test(what_is_offered_pipelining_goes_out_at_once),
        cmocka_unit_test(a_lost_connection_leaves_what_was_answered),
        cmocka_unit_test(a_server_that_talks_out_of_turn_is_not_asked_on),
        cmocka_unit_test(a_second_transaction_begins_with_rset),
        cmocka_unit_test(nothing_is_sent_when_one_recipient_is_a_stranger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
