/* ajar.relay: forms with the same sender are asked about in one transaction, and only what is refused there for its own
 * sake is left at that. */
#include "relay_fake.h"

#define THREE "{ stages = { { 'S1', 'R4', 'R14' } } }"

/* What one that was asked about with others hears when it is tried alone, and refused. */
static void is_denied_alone(struct fake *f, unsigned *at)
{
    says(f, at, OK); /* RSET */
    says(f, at, OK);
    says(f, at, DENIED);
}

static void what_is_refused_needs_one_sender_for_all(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, "501 5.1.3 bad address\r\n");
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "MAIL FROM:"), 1);
    assert_int_equal(sent(&f, "RCPT TO:"), 3);
    assert_int_equal(sent(&f, "RSET"), 0);
    fake_end(&f);
}

/* Other words at the end may be about how many were refused before. */
static void what_is_refused_in_other_words_at_the_end_is_asked_first_in_a_session(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, DENIED);
    says(&f, &at, "550 5.7.1 no\r\n"); /* R14 */
    says(&f, &at, BYE);
    says(&f, &at, BANNER);
    says(&f, &at, EHLO);
    says(&f, &at, OK);
    says(&f, &at, DENIED); /* R14 */
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "RCPT TO:"), 4);
    assert_int_equal(f.conns, 2);
    fake_end(&f);
}

static void a_sender_that_is_refused_refuses_all(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, "550 5.7.1 not you\r\n");
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_string_equal(f.reason, "550 5.7.1 not you");
    assert_int_equal(sent(&f, "RCPT TO:"), 0);
    fake_end(&f);
}

/* The message has a transaction of its own, with its own sender: what comes back belongs to one form. */
static void what_is_accepted_behind_others_is_said_again_alone(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, DENIED); /* S1 */
    says(&f, &at, OK);     /* R4: the asking ends here */
    says(&f, &at, OK);     /* RSET */
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, "354 go\r\n");
    says(&f, &at, OK);
    is_denied_alone(&f, &at); /* R14 */
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_int_equal(f.verdict, VERDICT_SUSPECT);
    assert_int_equal(sent(&f, "DATA"), 1);
    const char *first = strstr(buf_text(&f.sent), "MAIL FROM:");
    const char *second = strstr(first + 1, "MAIL FROM:");
    assert_memory_not_equal(first, second, strcspn(first, "\r"));
    assert_true(strstr(second, "DATA\r\n") < strstr(second, "RSET\r\n"));
    fake_end(&f);
}

/* A delay may be about how many recipients there are, and a bad sequence about the one before. */
static void what_may_not_have_been_meant_for_it_is_tried_alone(void **state)
{
    (void)state;
    static const char *const doubtful[] = {"452 4.5.3 too many recipients\r\n",
                                           "451 4.7.1 try again in 300 seconds\r\n",
                                           "503 5.5.1 need MAIL before RCPT\r\n"};
    for (unsigned i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
        struct fake f;
        unsigned at = 0;
        starts(&f, &at);
        says(&f, &at, OK);
        says(&f, &at, DENIED);
        says(&f, &at, doubtful[i]); /* R4 */
        says(&f, &at, DENIED);
        is_denied_alone(&f, &at); /* R4 */
        says(&f, &at, BYE);
        run(&f, THREE);
        assert_int_equal(f.verdict, VERDICT_CLOSED);
        assert_int_equal(sent(&f, "RCPT TO:"), 4);
        fake_end(&f);
    }
}

static void a_server_that_ends_the_session_is_asked_one_by_one_afterwards(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, "421 4.7.0 too many errors\r\n");
    says(&f, &at, "421 4.7.0 too many errors\r\n");
    says(&f, &at, BANNER);
    says(&f, &at, EHLO);
    says(&f, &at, OK);
    says(&f, &at, DENIED);    /* R4 */
    is_denied_alone(&f, &at); /* R14 */
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_string_equal(f.reason, "554 5.7.1 denied");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(f.conns, 2);
    fake_end(&f);
}

static void a_server_that_says_goodbye_at_the_first_is_left_alone(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, "421 4.7.0 too many connections\r\n");
    run(&f, THREE);
    assert_int_equal(f.verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(f.conns, 1);
    fake_end(&f);
}

/* All at once: what is accepted there has company, and is said again alone. */
static void with_pipelining_a_transaction_is_one_segment(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    fake_begin(&f, 'a');
    says(&f, &at, BANNER);
    says(&f, &at, "250-mx.example\r\n250 PIPELINING\r\n");
    says(&f, &at, OK DENIED DENIED OK);
    says(&f, &at, OK); /* RSET: R14 alone */
    says(&f, &at, OK);
    says(&f, &at, OK);
    says(&f, &at, "354 go\r\n");
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, THREE);
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "DATA"), 1);
    assert_non_null(strstr(f.reason, "R14: recipient accepted, message refused"));
    fake_end(&f);
}

static void what_needs_a_greeting_of_its_own_shares_nothing(void **state)
{
    (void)state;
    struct fake f;
    unsigned at = 0;
    starts(&f, &at);
    says(&f, &at, EHLO); /* S18 greets with the server's name */
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, OK);   /* RSET */
    says(&f, &at, EHLO); /* S9 with ours */
    says(&f, &at, OK);
    says(&f, &at, DENIED);
    says(&f, &at, BYE);
    run(&f, "{ stages = { { 'S18', 'S9' } } }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_int_equal(sent(&f, "MAIL FROM:"), 2);
    fake_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_refused_needs_one_sender_for_all),
        cmocka_unit_test(what_is_refused_in_other_words_at_the_end_is_asked_first_in_a_session),
        cmocka_unit_test(a_sender_that_is_refused_refuses_all),
        cmocka_unit_test(what_is_accepted_behind_others_is_said_again_alone),
        cmocka_unit_test(what_may_not_have_been_meant_for_it_is_tried_alone),
        cmocka_unit_test(a_server_that_ends_the_session_is_asked_one_by_one_afterwards),
        cmocka_unit_test(a_server_that_says_goodbye_at_the_first_is_left_alone),
        cmocka_unit_test(with_pipelining_a_transaction_is_one_segment),
        cmocka_unit_test(what_needs_a_greeting_of_its_own_shares_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
