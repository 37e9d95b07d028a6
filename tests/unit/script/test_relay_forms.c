/* ajar.relay: in which order the forms are tried, how many a session, how many messages, and which last. */
#include "relay_fake.h"

static void seven_forms_are_tried_where_all_are_refused(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    for (int sender = 0; sender < 4; sender++) {
        if (sender > 0)
            says(&f, &at, OK); /* RSET */
        says(&f, &at, OK);
        for (int recipient = 0; recipient < (sender == 0 ? 4 : 1); recipient++)
            says(&f, &at, DENIED);
    }
    says(&f, &at, BYE);
    run(&f, "{}");
    assert_string_equal(f.reason, "554 5.7.1 denied");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "DATA"), 0);
    assert_int_equal(f.conns, 1);
    /* S1 R4 R1 R12, which have a sender in common, in a domain of its own; S2; S4; S6 */
    const char *text = buf_text(&f.sent);
    static const char *const order[] = {"MAIL FROM:<bounce-",
                                        "@s.example>",
                                        "RCPT TO:<",
                                        "%t.example@mx.example>",
                                        "RCPT TO:<\"",
                                        "RCPT TO:<@mx.example:",
                                        "RSET",
                                        "MAIL FROM:<bounce-",
                                        "@t.example>",
                                        "RSET",
                                        "MAIL FROM:<>",
                                        "RSET",
                                        "@mx.example>"};
    for (unsigned i = 0; i < sizeof order / sizeof order[0]; i++) {
        text = strstr(text, order[i]);
        assert_non_null(text);
        text += strlen(order[i]);
    }
    fake_end(&f);
}

static void a_server_that_takes_a_plain_stranger_is_asked_for_nothing_more(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, "354 go\r\n");
    says(&f, &at, OK);
    says(&f, &at, BYE);
    run(&f, "{}");
    assert_int_equal(f.verdict, VERDICT_SUSPECT);
    assert_int_equal(sent(&f, "DATA"), 1);
    assert_int_equal(sent(&f, "RCPT TO:"), 1);
    fake_end(&f);
}

/* S6's bounce would go to the target's own postmaster: it comes after R4, and in a message of its own. */
static void foreign_senders_come_last(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, OK); /* S6: the recipient is accepted */
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, DENIED); /* R4 */
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, "354 go\r\n");
    says(&f, &at, DENIED); /* the message of S6 */
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S6', 'R4' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "DATA"), 1);
    const char *text = buf_text(&f.sent);
    assert_true(strstr(text, "DATA\r\n") > strstr(text, "%t.example@mx.example>"));
    assert_non_null(strstr(text, "X-Test-Form: relay/test S6"));
    fake_end(&f);
}

/* The forms with a name of the server's are left out where it is a stranger's, and it is looked up once. */
static void a_name_that_leads_elsewhere_stands_in_no_envelope(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    f.dns = "192.0.2.9";
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            says(&f, &at, OK); /* RSET */
        says(&f, &at, OK);
        says(&f, &at, DENIED);
    }
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S1', 'S6', 'R4', 'R5', 'R12', 'T8', 'S18', 'S11', 'R1' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "RCPT TO:"), 4);
    assert_null(strstr(buf_text(&f.sent), "mx.example"));
    assert_int_equal(f.questions, 1);
    fake_end(&f);
}

static void a_true_name_is_looked_up_once(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    for (int i = 0; i < 3; i++) {
        if (i > 0)
            says(&f, &at, OK);
        says(&f, &at, OK);
        says(&f, &at, DENIED);
    }
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S6', 'R4', 'S10' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "RCPT TO:"), 3);
    assert_int_equal(f.questions, 1);
    fake_end(&f);
}

/* An accepted recipient is no yes yet, and the server was lost before it could be asked for more. */
static void who_is_lost_before_the_message_is_not_suspected(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, OK); /* S6: the recipient is accepted; then silence */
    run(&f, "{ stages = { { 'S6' } } }");
    assert_int_equal(f.verdict, VERDICT_INCONCLUSIVE);
    assert_non_null(
        strstr(f.reason, "S6: recipient accepted, and no message could be sent: perhaps a tarpit"));
    fake_end(&f);
}

/* What a server does not offer is not asked of it. */
static void forms_that_need_an_extension_are_left_out_where_it_is_not_offered(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'T9c', 'T9d', 'T9u' } } }");
    assert_int_equal(sent(&f, "MAIL FROM:"), 0);
    fake_end(&f);
    at = 0;
    fake_begin(&f, 'a');
    says(&f, &at, BANNER);
    says(&f, &at, "250-mx.example\r\n250 SMTPUTF8\r\n");
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'T9d' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_non_null(strstr(buf_text(&f.sent), "s.example> SMTPUTF8\r\n"));
    assert_non_null(strstr(buf_text(&f.sent), "@\xef\xbd\x94.\xef\xbd\x85"));
    fake_end(&f);
}

static void a_form_that_needs_a_name_is_left_out_where_there_is_none(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    fake_begin(&f, 'a');
    says(&f, &at, "220 [192.0.2.25] ready\r\n");
    says(&f, &at, "250 [192.0.2.25]\r\n");
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S6', 'R4', 'S7', 'R5' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "RCPT TO:"), 1);
    assert_non_null(strstr(buf_text(&f.sent), "%t.example@[192.0.2.25]>"));
    fake_end(&f);
}

static void a_session_that_ends_is_gone_on_with_at_the_same_form(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, DENIED);             /* S1 */
    says(&f, &at, "421 too many\r\n"); /* RSET */
    says(&f, &at, "421 too many\r\n"); /* MAIL */
    says(&f, &at, BANNER);
    says(&f, &at, EHLO);
    says(&f, &at, OK);
    says(&f, &at, "550 no\r\n"); /* S4 again */
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S1', 'S4' } } }");
    assert_string_equal(f.reason, "554 5.7.1 denied");
    assert_int_equal(f.conns, 2);
    assert_int_equal(sent(&f, "MAIL FROM:<>"), 2);
    fake_end(&f);
}

static void the_same_envelope_is_tried_again_after_greylisting(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, "451 4.7.1 try again in 7 seconds\r\n");
    says(&f, &at, BYE);
    says(&f, &at, BANNER);
    says(&f, &at, EHLO);
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S1' } } }");
    assert_string_equal(f.reason, "554 5.7.1 denied");
    const char *first = strstr(buf_text(&f.sent), "RCPT TO:");
    const char *second = strstr(first + 1, "RCPT TO:");
    assert_non_null(second);
    assert_memory_equal(first, second, strcspn(first, "\r"));
    fake_end(&f);
}

static void what_asks_for_more_patience_than_there_is_is_not_waited_for(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, "451 4.7.1 try again in 300 seconds\r\n");
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S1' } } }");
    assert_int_equal(f.verdict, VERDICT_INCONCLUSIVE);
    assert_string_equal(f.reason, "greylisted: asks to wait 300 s");
    assert_int_equal(f.conns, 1);
    fake_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seven_forms_are_tried_where_all_are_refused),
        cmocka_unit_test(a_server_that_takes_a_plain_stranger_is_asked_for_nothing_more),
        cmocka_unit_test(foreign_senders_come_last),
        cmocka_unit_test(a_name_that_leads_elsewhere_stands_in_no_envelope),
        cmocka_unit_test(a_true_name_is_looked_up_once),
        cmocka_unit_test(who_is_lost_before_the_message_is_not_suspected),
        cmocka_unit_test(forms_that_need_an_extension_are_left_out_where_it_is_not_offered),
        cmocka_unit_test(a_form_that_needs_a_name_is_left_out_where_there_is_none),
        cmocka_unit_test(a_session_that_ends_is_gone_on_with_at_the_same_form),
        cmocka_unit_test(the_same_envelope_is_tried_again_after_greylisting),
        cmocka_unit_test(what_asks_for_more_patience_than_there_is_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
