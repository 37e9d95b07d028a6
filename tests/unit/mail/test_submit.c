/* Handing letters to a smarthost, line by line: what is said, and what is made of the answers. */
#include "mail_test.h"

#include "mail/submit.h"

static struct submit s;

static int set_up(void **state)
{
    (void)state;
    s = (struct submit){.state = SUBMIT_OVER};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    submit_free(&s);
    return 0;
}

static void begin(enum submit_tls tls, const char *user)
{
    struct submit_options options = {
        .name = "[127.0.0.1]", .tls = tls, .user = user, .password = "secret"};
    submit_begin(&s, &options);
}

/* The server says this. */
static void server(const char *text)
{
    submit_take(&s, bytes_of(text));
}

/* We have said exactly this since. */
static void client(const char *text)
{
    assert_string_equal(buf_text(&s.out), text);
    buf_clear(&s.out);
}

static void ready(const char *offers)
{
    begin(SUBMIT_PLAIN, NULL);
    server("220 mx ESMTP\r\n");
    client("EHLO [127.0.0.1]\r\n");
    server(offers);
    assert_int_equal(s.state, SUBMIT_READY);
}

static bool give(const char *message)
{
    struct submit_letter letter = {"b+c-1.x@example.org", "abuse@example.net", "c-1",
                                   bytes_of(message)};
    return submit_letter(&s, &letter);
}

#define PIPELINING "250-mx\r\n250 PIPELINING\r\n"
#define ENVELOPE   "MAIL FROM:<b+c-1.x@example.org>\r\nRCPT TO:<abuse@example.net>\r\nDATA\r\n"

static void assert_outcome(enum submit_result result, unsigned code, const char *said)
{
    assert_string_equal(submit_result_name(s.outcome.result), submit_result_name(result));
    assert_int_equal(s.outcome.code, code);
    assert_string_equal(s.outcome.said, said);
}

static void assert_over(const char *code, const char *why)
{
    assert_int_equal(s.state, SUBMIT_OVER);
    assert_string_equal(s.fail.code, code);
    assert_string_equal(s.fail.text, why);
}

static void a_letter_ends_only_when_it_is_released(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(give("Subject: x\r\n\r\n.dot\r\nend"));
    client(ENVELOPE);
    server("250 ok\r\n250 ok\r\n354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
    client("Subject: x\r\n\r\n..dot\r\nend\r\n");
    submit_release(&s);
    client(".\r\n");
    server("250 2.0.0 queued\r\n");
    assert_outcome(SUBMIT_ACCEPTED, 250, "250 2.0.0 queued");
    assert_int_equal(s.state, SUBMIT_READY);
    submit_quit(&s);
    client("QUIT\r\n");
}

/* One is held, and another one is behind its end. */
static bool release_two(void)
{
    struct submit_letter second = {"b+c-2.x@example.org", "hostmaster@example.net", "c-2",
                                   bytes_of("second\r\n")};
    give("first\r\n");
    server("250 ok\r\n250 ok\r\n354 go\r\n");
    buf_clear(&s.out);
    submit_release(&s);
    return submit_follow(&s, &second);
}

#define SECOND "MAIL FROM:<b+c-2.x@example.org>\r\nRCPT TO:<hostmaster@example.net>\r\nDATA\r\n"

static void a_second_letter_follows_the_end_of_the_first(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(release_two());
    client(".\r\n" SECOND);
    server("250 2.0.0 first\r\n250 ok\r\n");
    assert_true(s.has_ended);
    assert_string_equal(s.ended.said, "250 2.0.0 first");
    assert_int_equal(s.outcome.result, SUBMIT_NONE);
    server("250 ok\r\n354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
    client("second\r\n");
    submit_release(&s);
    client(".\r\n");
    server("250 2.0.0 second\r\n");
    assert_false(s.has_ended);
    assert_outcome(SUBMIT_ACCEPTED, 250, "250 2.0.0 second");
}

static void a_first_that_is_refused_at_its_end_costs_the_second_nothing(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(release_two());
    buf_clear(&s.out);
    server("554 5.6.0 no\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    assert_int_equal(s.ended.result, SUBMIT_REFUSED);
    assert_int_equal(s.state, SUBMIT_HELD);
    client("second\r\n");
}

static void a_second_that_is_refused_says_nothing_of_the_first(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(release_two());
    buf_clear(&s.out);
    server("250 first\r\n250 ok\r\n550 5.1.1 nobody\r\n554 no\r\n");
    assert_int_equal(s.ended.result, SUBMIT_ACCEPTED);
    assert_outcome(SUBMIT_REFUSED, 550, "550 5.1.1 nobody");
    client("RSET\r\n");
}

static void a_connection_lost_behind_the_first_ones_end_says_nothing_of_the_second(void **state)
{
    (void)state;
    struct fail lost = {.code = "ECONNRESET", .text = "lost"};
    ready(PIPELINING);
    assert_true(release_two());
    submit_lost(&s, &lost);
    assert_false(s.has_ended);
    assert_outcome(SUBMIT_UNKNOWN, 0, "lost");
}

static void a_server_that_ends_behind_the_first_has_begun_no_second(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(release_two());
    server("421 4.3.2 going\r\n");
    assert_false(s.has_ended);
    assert_outcome(SUBMIT_LATER, 421, "421 4.3.2 going");
    assert_int_equal(s.state, SUBMIT_OVER);
}

static void none_follows_without_pipelining(void **state)
{
    (void)state;
    struct submit_letter second = {"a@example.org", "b@example.net", "c-2", bytes_of("x\r\n")};
    ready("250 mx\r\n");
    give("a\r\n");
    server("250 ok\r\n");
    server("250 ok\r\n");
    server("354 go\r\n");
    buf_clear(&s.out);
    submit_release(&s);
    assert_false(submit_follow(&s, &second));
    client(".\r\n");
    server("250 queued\r\n");
    assert_int_equal(s.state, SUBMIT_READY);
}

static void without_pipelining_each_command_waits(void **state)
{
    (void)state;
    ready("250 mx\r\n");
    give("a\r\n");
    client("MAIL FROM:<b+c-1.x@example.org>\r\n");
    server("250 ok\r\n");
    client("RCPT TO:<abuse@example.net>\r\n");
    server("250 ok\r\n");
    client("DATA\r\n");
    server("354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
}

static void what_the_server_offers_is_used(void **state)
{
    (void)state;
    ready("250-mx\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250 DSN\r\n");
    give("\xc3\xb8\r\n");
    client("MAIL FROM:<b+c-1.x@example.org> SIZE=4 BODY=8BITMIME RET=HDRS ENVID=c-1\r\n"
           "RCPT TO:<abuse@example.net> NOTIFY=FAILURE,DELAY\r\nDATA\r\n");
}

static void a_refused_recipient_is_forgotten_before_the_next_letter(void **state)
{
    (void)state;
    ready(PIPELINING);
    give("refused\r\n");
    client(ENVELOPE);
    server("250 ok\r\n550 5.1.1 nobody\r\n503 no recipients\r\n");
    assert_outcome(SUBMIT_REFUSED, 550, "550 5.1.1 nobody");
    client("RSET\r\n");
    server("250 ok\r\n");
    assert_int_equal(s.state, SUBMIT_READY);
    give("next\r\n");
    client(ENVELOPE);
    server("250 ok\r\n250 ok\r\n354 go\r\n");
    client("next\r\n");
}

static void a_letter_that_is_asked_for_after_a_refusal_is_not_sent(void **state)
{
    (void)state;
    ready(PIPELINING);
    give("a\r\n");
    server("250 ok\r\n550 nobody\r\n354 go\r\n");
    assert_over("EPROTO", "the smarthost asked for a letter whose envelope it had refused");
    assert_outcome(SUBMIT_REFUSED, 550, "550 nobody");
    client(ENVELOPE);
}

static void a_no_for_now_is_none_for_good(void **state)
{
    static const struct {
        const char *said;
        enum submit_result result;
        unsigned code;
    } replies[] = {
        {"451 4.7.1 greylisted\r\n", SUBMIT_LATER, 451},
        {"552 5.3.4 too big\r\n", SUBMIT_REFUSED, 552},
        {"554 no\r\n", SUBMIT_REFUSED, 554},
        {"200 hm\r\n", SUBMIT_ACCEPTED, 200},
    };
    (void)state;
    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
        ready(PIPELINING);
        give("a\r\n");
        server("250 ok\r\n250 ok\r\n354 go\r\n");
        submit_release(&s);
        server(replies[i].said);
        assert_int_equal(s.outcome.result, replies[i].result);
        assert_int_equal(s.outcome.code, replies[i].code);
        submit_free(&s);
    }
    ready(PIPELINING);
}

static void a_refused_sender_is_ours_and_not_the_letters_fault(void **state)
{
    (void)state;
    ready(PIPELINING);
    give("a\r\n");
    server("550 5.7.1 not you\r\n");
    assert_over("EBARRED", "the smarthost says to MAIL: 550 5.7.1 not you");
    assert_int_equal(s.outcome.result, SUBMIT_BARRED);
}

static void authentication_that_is_required_is_no_fault_of_the_letter(void **state)
{
    (void)state;
    ready(PIPELINING);
    give("a\r\n");
    server("250 ok\r\n530 5.7.0 authenticate first\r\n");
    assert_over("EBARRED", "the smarthost says to RCPT: 530 5.7.0 authenticate first");
}

/* Says all of a letter up to the server's go-ahead. */
static void hold(void)
{
    ready(PIPELINING);
    give("a\r\n");
    server("250 ok\r\n250 ok\r\n354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
}

static const struct fail broken = {.code = "ECONNRESET", .text = "broken"};

static void a_connection_lost_before_the_end_leaves_the_letter_unsent(void **state)
{
    (void)state;
    hold();
    submit_lost(&s, &broken);
    assert_outcome(SUBMIT_LATER, 0, "broken");
    submit_free(&s);
    ready(PIPELINING);
    give("a\r\n");
    submit_lost(&s, &broken);
    assert_outcome(SUBMIT_LATER, 0, "broken");
}

static void one_lost_behind_the_end_leaves_it_unknown(void **state)
{
    (void)state;
    hold();
    submit_release(&s);
    submit_lost(&s, &broken);
    assert_outcome(SUBMIT_UNKNOWN, 0, "broken");
}

static void what_is_neither_yes_nor_no_leaves_it_unknown(void **state)
{
    static const char *const replies[] = {"354 more\r\n", "hello\r\n", "250\t\r\n"};
    (void)state;
    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
        hold();
        submit_release(&s);
        server(replies[i]);
        assert_int_equal(s.outcome.result, SUBMIT_UNKNOWN);
        assert_int_equal(s.state, SUBMIT_OVER);
        submit_free(&s);
    }
    hold();
}

static void an_answer_before_the_end_counts_for_nothing(void **state)
{
    (void)state;
    ready(PIPELINING);
    give("a\r\n");
    server("250 ok\r\n250 ok\r\n354 go\r\n250 2.0.0 queued\r\n");
    assert_over("EPROTO", "the smarthost answered before it was asked: 250 2.0.0 queued");
    assert_int_equal(s.outcome.result, SUBMIT_LATER);
}

static void half_an_answer_before_the_end_neither(void **state)
{
    (void)state;
    hold();
    server("250 2.0");
    buf_clear(&s.out);
    submit_release(&s);
    assert_over("EPROTO", "the smarthost answered before the letter's end");
    client("");
}

static void a_server_may_say_that_it_ends(void **state)
{
    (void)state;
    ready(PIPELINING);
    server("421 4.3.2 going down\r\n");
    assert_over("EAGAIN", "the smarthost ends the connection: 421 4.3.2 going down");
    assert_outcome(SUBMIT_NONE, 0, "");
}

static void starttls_comes_before_all_else(void **state)
{
    (void)state;
    begin(SUBMIT_STARTTLS, "anna");
    server("220 mx\r\n");
    client("EHLO [127.0.0.1]\r\n");
    server("250-mx\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n");
    client("STARTTLS\r\n");
    server("220 go\r\n");
    assert_int_equal(s.state, SUBMIT_HANDSHAKE);
    submit_secured(&s);
    client("EHLO [127.0.0.1]\r\n");
    server("250-mx\r\n250 AUTH LOGIN PLAIN\r\n");
    client("AUTH PLAIN AGFubmEAc2VjcmV0\r\n");
    server("235 hello anna\r\n");
    assert_int_equal(s.state, SUBMIT_READY);
}

static void login_is_asked_twice(void **state)
{
    (void)state;
    begin(SUBMIT_IMPLICIT, "anna");
    assert_int_equal(s.state, SUBMIT_HANDSHAKE);
    submit_secured(&s);
    server("220 mx\r\n");
    client("EHLO [127.0.0.1]\r\n");
    server("250-mx\r\n250 AUTH LOGIN\r\n");
    client("AUTH LOGIN\r\n");
    server("334 VXNlcm5hbWU6\r\n");
    client("YW5uYQ==\r\n");
    server("334 UGFzc3dvcmQ6\r\n");
    client("c2VjcmV0\r\n");
    server("334 and?\r\n");
    assert_over("EAUTH", "the smarthost asks for more than the user's name and password");
}

static void no_password_goes_out_in_the_clear(void **state)
{
    (void)state;
    begin(SUBMIT_STARTTLS, "anna");
    server("220 mx\r\n250-mx\r\n250 AUTH PLAIN\r\n");
    client("EHLO [127.0.0.1]\r\n");
    assert_over("ETLS", "the smarthost offers no STARTTLS, and nothing is sent in the clear");
    submit_free(&s);
    begin(SUBMIT_PLAIN, "anna");
    server("220 mx\r\n250-mx\r\n250 AUTH PLAIN\r\n");
    client("EHLO [127.0.0.1]\r\n");
    assert_over("EAUTH", "no password is sent outside of verified TLS");
}

static void bytes_behind_the_go_ahead_are_an_attack(void **state)
{
    (void)state;
    begin(SUBMIT_STARTTLS, NULL);
    server("220 mx\r\n250-mx\r\n250 STARTTLS\r\n");
    server("220 go\r\n250 injected\r\n");
    assert_int_equal(s.state, SUBMIT_OVER);
}

static void what_can_not_be_said_is_refused_before(void **state)
{
    static const struct {
        const char *from, *to, *message;
        const char *why;
    } bad[] = {
        {"a@x", "b@y>\r\nRCPT TO:<c@z", "t\r\n", "the recipient can't stand in an envelope"},
        {"a@x", "b", "t\r\n", "the recipient can't stand in an envelope"},
        {"a@x", "", "t\r\n", "the recipient can't stand in an envelope"},
        {"a b@x", "b@y", "t\r\n", "the envelope's sender can't stand there"},
        {"a@x", "b@y", "", "the letter is empty, or too large"},
        {"a@x", "b@y", "\xc3\xb8",
         "the letter has 8-bit text, which the smarthost does not take "
         "(8BITMIME)"},
        {"a@x", "b@y", "0123456789abcdefghijk", "the letter is larger than the smarthost takes"},
    };
    (void)state;
    ready("250-mx\r\n250-SIZE 20\r\n250 PIPELINING\r\n");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct submit_letter letter = {bad[i].from, bad[i].to, "c-1", bytes_of(bad[i].message)};
        assert_false(submit_letter(&s, &letter));
        assert_outcome(SUBMIT_REFUSED, 0, bad[i].why);
        assert_int_equal(s.state, SUBMIT_READY);
    }
    client("");
}

static void a_server_that_talks_without_end_is_left(void **state)
{
    char line[2000];
    (void)state;
    memset(line, 'x', sizeof line);
    memcpy(line, "220-", 4);
    line[sizeof line - 1] = '\n';
    begin(SUBMIT_PLAIN, NULL);
    for (unsigned i = 0; i < 100 && s.state != SUBMIT_OVER; i++)
        submit_take(&s, bytes_at(line, sizeof line));
    assert_int_equal(s.state, SUBMIT_OVER);
    assert_string_equal(s.fail.code, "EPROTO");
}

static bool give_to(const char *to)
{
    struct submit_letter letter = {"b+c-1.x@example.org", to, "c-1", bytes_of("text\r\n")};
    return submit_letter(&s, &letter);
}

#define TWO "RCPT TO:<a@example.net>\r\nRCPT TO:<b@example.net>\r\n"

static void each_of_several_recipients_is_asked_for(void **state)
{
    (void)state;
    ready(PIPELINING);
    assert_true(give_to("a@example.net, b@example.net"));
    client("MAIL FROM:<b+c-1.x@example.org>\r\n" TWO "DATA\r\n");
    server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
    submit_release(&s);
    server("250 2.0.0 queued\r\n");
    assert_outcome(SUBMIT_ACCEPTED, 250, "250 2.0.0 queued");
}

static void one_refused_of_several_is_told_of_and_the_others_get_it(void **state)
{
    (void)state;
    ready(PIPELINING);
    give_to("a@example.net, b@example.net");
    server("250 ok\r\n550 5.1.1 nobody\r\n250 ok\r\n354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
    submit_release(&s);
    server("250 2.0.0 queued\r\n");
    assert_outcome(SUBMIT_ACCEPTED, 250,
                   "250 2.0.0 queued; 1 of 2 recipients was refused: 550 5.1.1 nobody");
}

static void where_all_are_refused_and_one_for_now_the_letter_is_put_off(void **state)
{
    (void)state;
    ready(PIPELINING);
    give_to("a@example.net, b@example.net");
    server("250 ok\r\n550 5.1.1 nobody\r\n450 4.2.0 later\r\n503 no recipients\r\n");
    assert_outcome(SUBMIT_LATER, 450, "450 4.2.0 later");
    server("250 ok\r\n");
    assert_int_equal(s.state, SUBMIT_READY);
}

static void several_recipients_wait_for_each_other_without_pipelining(void **state)
{
    (void)state;
    ready("250 mx\r\n");
    give_to("a@example.net, b@example.net");
    client("MAIL FROM:<b+c-1.x@example.org>\r\n");
    server("250 ok\r\n");
    client("RCPT TO:<a@example.net>\r\n");
    server("550 5.1.1 nobody\r\n");
    client("RCPT TO:<b@example.net>\r\n");
    server("250 ok\r\n");
    client("DATA\r\n");
    server("354 go\r\n");
    assert_int_equal(s.state, SUBMIT_HELD);
}

static void without_pipelining_all_refused_is_forgotten(void **state)
{
    (void)state;
    ready("250 mx\r\n");
    give_to("a@example.net, b@example.net");
    server("250 ok\r\n");
    server("550 5.1.1 nobody\r\n");
    server("551 5.1.1 nobody\r\n");
    assert_outcome(SUBMIT_REFUSED, 550, "550 5.1.1 nobody");
    buf_clear(&s.out);
    server("250 ok\r\n");
    assert_int_equal(s.state, SUBMIT_READY);
}

static void what_is_no_list_of_recipients_is_refused(void **state)
{
    (void)state;
    static const char *const lists[] = {
        "",
        "a@example.net,",
        "a@example.net, ",
        "a@example.net,b@example.net",
        ", a@example.net",
        "a@example.net, b",
        "a@x.example, b@x.example, c@x.example, d@x.example, e@x.example, f@x.example"};
    ready(PIPELINING);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        assert_false(give_to(lists[i]));
        assert_outcome(SUBMIT_REFUSED, 0, "the recipient can't stand in an envelope");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_of_several_recipients_is_asked_for),
        TEST(one_refused_of_several_is_told_of_and_the_others_get_it),
        TEST(where_all_are_refused_and_one_for_now_the_letter_is_put_off),
        TEST(several_recipients_wait_for_each_other_without_pipelining),
        TEST(without_pipelining_all_refused_is_forgotten),
        TEST(what_is_no_list_of_recipients_is_refused),
        TEST(a_letter_ends_only_when_it_is_released),
        TEST(a_second_letter_follows_the_end_of_the_first),
        TEST(a_first_that_is_refused_at_its_end_costs_the_second_nothing),
        TEST(a_second_that_is_refused_says_nothing_of_the_first),
        TEST(a_connection_lost_behind_the_first_ones_end_says_nothing_of_the_second),
        TEST(a_server_that_ends_behind_the_first_has_begun_no_second),
        TEST(none_follows_without_pipelining),
        TEST(without_pipelining_each_command_waits),
        TEST(what_the_server_offers_is_used),
        TEST(a_refused_recipient_is_forgotten_before_the_next_letter),
        TEST(a_letter_that_is_asked_for_after_a_refusal_is_not_sent),
        TEST(a_no_for_now_is_none_for_good),
        TEST(a_refused_sender_is_ours_and_not_the_letters_fault),
        TEST(authentication_that_is_required_is_no_fault_of_the_letter),
        TEST(a_connection_lost_before_the_end_leaves_the_letter_unsent),
        TEST(one_lost_behind_the_end_leaves_it_unknown),
        TEST(what_is_neither_yes_nor_no_leaves_it_unknown),
        TEST(an_answer_before_the_end_counts_for_nothing),
        TEST(half_an_answer_before_the_end_neither),
        TEST(a_server_may_say_that_it_ends),
        TEST(starttls_comes_before_all_else),
        TEST(login_is_asked_twice),
        TEST(no_password_goes_out_in_the_clear),
        TEST(bytes_behind_the_go_ahead_are_an_attack),
        TEST(what_can_not_be_said_is_refused_before),
        TEST(a_server_that_talks_without_end_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
