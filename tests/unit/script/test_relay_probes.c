/* relay/third-party: every verdict, from every place in the dialogue where it can come from. */
#include "play.h"

static void greeted(void)
{
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    connects();
    says("220 mx.example ESMTP\r\n");
}

static void introduced(void)
{
    greeted();
    hears("EHLO p.example\r\n");
    says("250-mx.example\r\n250 SIZE 1000\r\n");
}

static void sender_accepted(void)
{
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("250 2.1.0 ok\r\n");
}

static void recipient_accepted(void)
{
    sender_accepted();
    hears("RCPT TO:<" MAILBOX ">\r\n");
    says("250 2.1.5 ok\r\n");
    hears("DATA\r\n");
}

static void quits(void)
{
    hears("QUIT\r\n");
    says("221 bye\r\n");
    closes();
}

/* The first message, or the second, which is of another shape. */
static void message_of(bool again)
{
    struct buf message = buf_new(8192);
    struct buf wire = buf_new(16384);
    struct mail_facts facts = {.token = bytes_of(TOKEN),
                               .to = bytes_of(MAILBOX),
                               .from = bytes_of(BOUNCE),
                               .domain = play.head.mail_domain,
                               .target = bytes_of("192.0.2.25:25"),
                               .probe = play.head.probe,
                               .authority = play.head.authority,
                               .contact = play.head.contact,
                               .info = play.head.info,
                               .again = again,
                               .when = 1700000000000000};
    writes((struct record){.op = RECORD_NOW, .data = bytes_of("2023-11-14T22:13:20.000000Z")});
    assert_true(mail_message_put(&message, &facts));
    assert_true(smtp_data_put(&wire, buf_view(&message)));
    hears_bytes((const char *)wire.p, wire.n);
    buf_free(&message);
    buf_free(&wire);
}

static void message_goes(void)
{
    message_of(false);
}

static void message_accepted(void)
{
    recipient_accepted();
    says("354 go on\r\n");
    message_goes();
    says("250 2.0.0 queued\r\n");
    quits();
}

static void clock(const char *at)
{
    writes((struct record){.op = RECORD_NOW, .data = bytes_of(at)});
}

/* A minute later the same once more. The clock says whether the wait was one, or the probe's time ended. */
static void a_minute_passes(void)
{
    clock("2023-11-14T22:13:20.000000Z");
    writes((struct record){.op = RECORD_PAUSED});
    clock("2023-11-14T22:14:20.000000Z");
}

static void second_message_goes(void)
{
    a_minute_passes();
    takes_token();
    connects();
    says("220 mx.example ESMTP\r\n");
    hears("EHLO p.example\r\n");
    says("250 mx.example\r\n");
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("250 2.1.0 ok\r\n");
    hears("RCPT TO:<" MAILBOX ">\r\n");
    says("250 2.1.5 ok\r\n");
    hears("DATA\r\n");
    says("354 go on\r\n");
    message_of(true);
}

static void second_message_accepted(void)
{
    message_accepted();
    comes_back("mail");
    second_message_goes();
    says("250 2.0.0 queued\r\n");
    quits();
}

static void suspect_when_only_the_first_message_comes_back(void **state)
{
    (void)state;
    second_message_accepted();
    nothing_comes_back();
    clock("2023-11-14T22:14:30.000000Z");
    writes((struct record){.op = RECORD_PAUSED});
    clock("2023-11-14T22:14:30.050000Z");
    concludes(VERDICT_SUSPECT, "came back, a second message did not: perhaps a trap that passes on "
                               "its first message alone");
    assert_false(play.has_proof);
}

static void suspect_when_the_second_message_is_refused(void **state)
{
    (void)state;
    message_accepted();
    comes_back("mail");
    second_message_goes();
    says("550 5.7.1 no more\r\n");
    quits();
    concludes(VERDICT_SUSPECT,
              "came back, a second message was refused: it relays at times, or is a trap");
}

/* What could not be tried again has come back once all the same. */
static void open_when_no_time_is_left_for_a_second_message(void **state)
{
    (void)state;
    message_accepted();
    comes_back("mail");
    clock("2023-11-14T22:13:20.000000Z");
    writes((struct record){.op = RECORD_PAUSED});
    clock("2023-11-14T22:13:30.000000Z");
    concludes(VERDICT_OPEN, "token returned");
    second_message_accepted();
    nothing_comes_back();
    clock("2023-11-14T22:14:30.000000Z");
    writes((struct record){.op = RECORD_PAUSED});
    clock("2023-11-14T22:14:30.000100Z"); /* cut short: so was the wait for the mail */
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

/* And comes back with the same envelope. */
static void is_put_off(const char *reply)
{
    sender_accepted();
    hears("RCPT TO:<" MAILBOX ">\r\n");
    says(reply);
    quits();
    writes((struct record){.op = RECORD_PAUSED});
    connects();
    says("220 mx.example ESMTP\r\n");
    hears("EHLO p.example\r\n");
    says("250 mx.example\r\n");
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("250 2.1.0 ok\r\n");
    hears("RCPT TO:<" MAILBOX ">\r\n");
}

/* The server asks for ten seconds, and takes the same envelope then. */
static void a_server_that_greylists_is_asked_again_when_it_says(void **state)
{
    (void)state;
    is_put_off("451 4.7.1 Greylisted, try again in 10 seconds\r\n");
    says("554 5.7.1 denied\r\n");
    quits();
    concludes(VERDICT_CLOSED, "554 5.7.1 denied");
}

static void open_when_the_mail_comes_back(void **state)
{
    (void)state;
    second_message_accepted();
    comes_back("mail");
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    has_steps("[{\"line\":11,\"say\":\"recipient accepted: 250 2.1.5 ok\"},"
              "{\"line\":16,\"say\":\"message accepted: 250 2.0.0 queued\"},"
              "{\"line\":20,\"say\":\"the test mail came back to our sink from 192.0.2.7:9\","
              "\"form\":\"S1\",\"cause\":\"no-rule\"},"
              "{\"line\":33,\"say\":\"recipient accepted: 250 2.1.5 ok\"},"
              "{\"line\":38,\"say\":\"message accepted: 250 2.0.0 queued\"},"
              "{\"line\":42,\"say\":\"the test mail came back to our sink from 192.0.2.7:9\"},"
              "{\"line\":42,\"say\":\"a second message, of another shape, came back too: 2 "
              "deliveries of 2\"},"
              "{\"line\":20,\"say\":\"put in at 192.0.2.25 and came out at 192.0.2.7: the server "
              "passes it on through another (multi-stage relay)\"}]");
}

/* The answer to the message got lost, the message did not. */
static void open_when_the_mail_comes_back_without_an_answer(void **state)
{
    (void)state;
    recipient_accepted();
    says("354 go on\r\n");
    message_goes();
    server_ends();
    comes_back("mail");
    second_message_goes();
    server_ends();
    comes_back("mail");
    concludes(VERDICT_OPEN, "token returned, without an answer: the server closed the connection");
    has_proof();
}

static void inconclusive_when_neither_answer_nor_mail_come(void **state)
{
    (void)state;
    recipient_accepted();
    says("354 go on\r\n");
    message_goes();
    fails("ETIMEDOUT", "no answer in time");
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "perhaps a tarpit: no answer in time");
    recipient_accepted();
    fails("ETIMEDOUT", "no answer in time");
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "perhaps a tarpit: no answer in time");
    recipient_accepted();
    says("354 go on\r\n");
    message_goes();
    server_ends();
    comes_back("bounce");
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "the server closed the connection");
}

static void suspect_when_nothing_comes_back(void **state)
{
    (void)state;
    message_accepted();
    nothing_comes_back();
    concludes(VERDICT_SUSPECT, "accepted, but nothing came back");
    assert_false(play.has_proof);
    has_steps("[{\"line\":11,\"say\":\"recipient accepted: 250 2.1.5 ok\"},"
              "{\"line\":16,\"say\":\"message accepted: 250 2.0.0 queued\"},"
              "{\"line\":20,\"say\":\"the target said yes, and nothing came back in time\","
              "\"form\":\"S1\",\"cause\":\"no-rule\"}]");
}

static void closed_when_it_comes_back_as_undeliverable(void **state)
{
    (void)state;
    message_accepted();
    comes_back("bounce");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "accepted, then returned to its sender");
    assert_false(play.has_proof);
}

/* Neither delivered nor refused. */
static void suspect_when_a_delay_is_reported(void **state)
{
    (void)state;
    message_accepted();
    comes_back("delay");
    nothing_comes_back();
    concludes(VERDICT_SUSPECT, "accepted, but nothing came back: the server reports a delay");
    assert_false(play.has_proof);
    message_accepted();
    comes_back("delay");
    comes_back("bounce");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "accepted, then returned to its sender");
}

static void a_second_message_that_is_delayed_takes_nothing_back(void **state)
{
    (void)state;
    message_accepted();
    comes_back("delay");
    comes_back("mail");
    second_message_goes();
    says("250 2.0.0 queued\r\n");
    quits();
    comes_back("delay");
    nothing_comes_back();
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void no_proof_by_what_others_write(void **state)
{
    (void)state;
    message_accepted();
    comes_back("answer");
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE,
              "accepted, and answered by another mail (an autoresponder, a ticket desk): neither "
              "delivered nor refused");
    message_accepted();
    comes_back("answer");
    comes_back("other");
    nothing_comes_back();
    concludes(VERDICT_SUSPECT, "accepted, and what came back was not our mail");
    message_accepted();
    comes_back("report");
    nothing_comes_back();
    concludes(VERDICT_SUSPECT, "accepted, and what came back was not our mail");
    assert_false(play.has_proof);
}

/* Servers report delays, and what became of one of several recipients, and deliver all the same. */
static void a_report_before_the_mail_does_not_hide_it(void **state)
{
    (void)state;
    message_accepted();
    comes_back("bounce");
    comes_back("mail");
    second_message_goes();
    says("250 2.0.0 queued\r\n");
    quits();
    comes_back("bounce");
    comes_back("mail");
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void closed_by_a_banner_that_refuses(void **state)
{
    (void)state;
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    connects();
    says("554-go away\r\n554 5.7.1 your address is listed\r\n");
    concludes(VERDICT_CLOSED, "554 5.7.1 your address is listed");
    has_steps("[{\"line\":5,\"say\":\"554 5.7.1 your address is listed\"}]");
}

static void closed_by_a_refused_greeting(void **state)
{
    (void)state;
    greeted();
    hears("EHLO p.example\r\n");
    says("502 no\r\n");
    hears("HELO p.example\r\n");
    says("550 not you\r\n");
    concludes(VERDICT_CLOSED, "550 not you");
}

static void closed_by_a_refused_sender(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("553 5.1.7 no such sender\r\n");
    concludes(VERDICT_CLOSED, "553 5.1.7 no such sender");
}

static void inconclusive_when_it_does_not_find_the_senders_domain(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("553 5.1.8 no such domain\r\n");
    concludes(VERDICT_INCONCLUSIVE, "refuses us for want of a sender whose domain the DNS knows "
                                    "(--sender-domain), and says nothing of "
                                    "relaying: 553 5.1.8 no such domain");
}

static void closed_by_a_refused_recipient(void **state)
{
    (void)state;
    sender_accepted();
    hears("RCPT TO:<" MAILBOX ">\r\n");
    says("554 5.7.1 Relay access denied\r\n");
    quits();
    concludes(VERDICT_CLOSED, "554 5.7.1 Relay access denied");
    has_steps("[{\"line\":11,\"say\":\"554 5.7.1 Relay access denied\"}]");
}

static void closed_when_relaying_is_put_off(void **state)
{
    (void)state;
    sender_accepted();
    hears("RCPT TO:<" MAILBOX ">\r\n");
    says("454 4.7.1 Relay access denied\r\n");
    quits();
    concludes(VERDICT_CLOSED, "454 4.7.1 Relay access denied");
}

static void closed_by_refused_data_or_message(void **state)
{
    (void)state;
    recipient_accepted();
    says("503 no valid recipients\r\n");
    quits();
    concludes(VERDICT_CLOSED, "recipient accepted, message refused: 503 no valid recipients");
    recipient_accepted();
    says("354 go on\r\n");
    message_goes();
    says("550 5.7.1 looks like spam\r\n");
    quits();
    concludes(VERDICT_CLOSED, "recipient accepted, message refused: 550 5.7.1 looks like spam");
}

/* 2xx behind DATA is no 354: nothing may be sent then. */
static void data_that_is_answered_oddly_sends_no_message(void **state)
{
    (void)state;
    recipient_accepted();
    says("250 what?\r\n");
    quits();
    concludes(VERDICT_INCONCLUSIVE, "recipient accepted, message refused: put off: 250 what?");
}

static void closed_because_it_asks_for_authentication(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("530 5.7.0 Authentication required\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: 530 5.7.0 Authentication required");
    has_steps("[{\"line\":9,\"say\":\"530 5.7.0 Authentication required\"}]");
}

static void closed_because_it_wants_tls_that_it_does_not_offer(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("530 5.7.0 Must issue a STARTTLS command first\r\n");
    concludes(VERDICT_CLOSED,
              "wants STARTTLS first: 530 5.7.0 Must issue a STARTTLS command first");
}

static void wants_tls(void)
{
    greeted();
    hears("EHLO p.example\r\n");
    says("250-mx.example\r\n250 STARTTLS\r\n");
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("530 5.7.0 Must issue a STARTTLS command first\r\n");
    hears("STARTTLS\r\n");
}

static void secures(void)
{
    writes((struct record){.op = RECORD_SECURE, .c = 1, .data = bytes_of("")});
    writes((struct record){.op = RECORD_SECURED,
                           .c = 1,
                           .data = bytes_of("TLSv1.3"),
                           .more = {bytes_of("a cipher"), bytes_of("[]")}});
}

/* RFC 8314 has 465; 2465 is where services put the same. */
static void tls_comes_before_the_banner_where_submission_has_it_so(void **state)
{
    (void)state;
    static const char *const targets[] = {"192.0.2.25:465", "192.0.2.25:2465"};
    for (unsigned i = 0; i < 2; i++) {
        probing("relay/third-party", targets[i]);
        takes_token();
        connects();
        secures();
        says("554 5.7.1 no\r\n");
        concludes(VERDICT_CLOSED, "554 5.7.1 no");
    }
}

static void goes_on_inside_tls(void **state)
{
    (void)state;
    wants_tls();
    says("220 go\r\n");
    secures();
    hears("EHLO p.example\r\n");
    says("250 mx.example\r\n");
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("530 5.7.0 Log in\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: 530 5.7.0 Log in");
}

static void inconclusive_when_the_handshake_fails(void **state)
{
    (void)state;
    wants_tls();
    says("220 go\r\n");
    writes((struct record){.op = RECORD_SECURE, .c = 1, .data = bytes_of("")});
    fails("ETLS", "no handshake");
    concludes(VERDICT_INCONCLUSIVE, "no handshake");
}

/* What follows STARTTLS's reply in plain text was injected (RFC 3207, section 5). */
static void what_was_said_ahead_of_tls_is_not_believed(void **state)
{
    (void)state;
    wants_tls();
    says("220 go\r\n250 injected\r\n");
    concludes(VERDICT_INCONCLUSIVE, "the server sent plain text ahead of the TLS handshake");
}

static void inconclusive_when_put_off(void **state)
{
    (void)state;
    is_put_off("451 4.7.1 Greylisted, try again\r\n");
    says("451 4.7.1 Greylisted, try again\r\n");
    quits();
    concludes(VERDICT_INCONCLUSIVE,
              "may be greylisted, and put off again after 60 s (--arg patience=SECONDS waits "
              "longer): 451 4.7.1 Greylisted, try again");
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    connects();
    says("421 too busy\r\n");
    concludes(VERDICT_INCONCLUSIVE, "ends the session: 421 too busy");
}

static void inconclusive_when_it_is_no_mail_server(void **state)
{
    (void)state;
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    connects();
    says("SSH-2.0-OpenSSH_9.2\r\n");
    concludes(VERDICT_INCONCLUSIVE, "no reply code at the start of a line");
}

static void inconclusive_when_it_hangs_up(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    server_ends();
    concludes(VERDICT_INCONCLUSIVE, "the server closed the connection");
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    says("250 cut o");
    fails("ECONNRESET", "the connection: Connection reset by peer");
    concludes(VERDICT_INCONCLUSIVE, "the connection: Connection reset by peer");
}

static void inconclusive_when_it_is_silent(void **state)
{
    (void)state;
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    connects();
    fails("ETIMEDOUT", "no answer in time");
    concludes(VERDICT_INCONCLUSIVE,
              "perhaps a tarpit: no banner in 30 s (--arg banner=SECONDS waits longer); or a port "
              "that speaks TLS from the start (--arg tls=true)");
}

static void inconclusive_when_the_operator_stops(void **state)
{
    (void)state;
    introduced();
    hears("MAIL FROM:<" BOUNCE ">\r\n");
    fails("ESTOPPED", "the operator stopped the run");
    concludes(VERDICT_INCONCLUSIVE, "the operator stopped the run");
}

static void unreachable_without_a_connection(void **state)
{
    (void)state;
    static const char *const codes[] = {"ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH"};
    for (unsigned i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        probing("relay/third-party", "192.0.2.25:25");
        takes_token();
        opens();
        fails(codes[i], "it does not stand");
        concludes(VERDICT_UNREACHABLE, "it does not stand");
    }
}

/* Who is refused hears ECONNREFUSED: only a connection that stood is reset. */
static void inconclusive_when_the_connection_stood_and_was_reset(void **state)
{
    (void)state;
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    opens();
    fails("ECONNRESET", "connect: Connection reset by peer");
    concludes(VERDICT_INCONCLUSIVE, "connect: Connection reset by peer");
}

static void an_error_when_the_supervisor_says_no(void **state)
{
    (void)state;
    probing("relay/third-party", "192.0.2.25:25");
    takes_token();
    opens();
    fails("EOPTOUT", "192.0.2.25 has opted out");
    concludes(VERDICT_ERROR, "192.0.2.25 has opted out");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
        TEST(open_when_the_mail_comes_back),
        TEST(suspect_when_only_the_first_message_comes_back),
        TEST(suspect_when_the_second_message_is_refused),
        TEST(open_when_no_time_is_left_for_a_second_message),
        TEST(a_server_that_greylists_is_asked_again_when_it_says),
        TEST(open_when_the_mail_comes_back_without_an_answer),
        TEST(inconclusive_when_neither_answer_nor_mail_come),
        TEST(suspect_when_nothing_comes_back),
        TEST(closed_when_it_comes_back_as_undeliverable),
        TEST(suspect_when_a_delay_is_reported),
        TEST(a_second_message_that_is_delayed_takes_nothing_back),
        TEST(no_proof_by_what_others_write),
        TEST(a_report_before_the_mail_does_not_hide_it),
        TEST(closed_by_a_banner_that_refuses),
        TEST(closed_by_a_refused_greeting),
        TEST(closed_by_a_refused_sender),
        TEST(inconclusive_when_it_does_not_find_the_senders_domain),
        TEST(closed_by_a_refused_recipient),
        TEST(closed_when_relaying_is_put_off),
        TEST(closed_by_refused_data_or_message),
        TEST(data_that_is_answered_oddly_sends_no_message),
        TEST(closed_because_it_asks_for_authentication),
        TEST(closed_because_it_wants_tls_that_it_does_not_offer),
        TEST(tls_comes_before_the_banner_where_submission_has_it_so),
        TEST(goes_on_inside_tls),
        TEST(inconclusive_when_the_handshake_fails),
        TEST(what_was_said_ahead_of_tls_is_not_believed),
        TEST(inconclusive_when_put_off),
        TEST(inconclusive_when_it_is_no_mail_server),
        TEST(inconclusive_when_it_hangs_up),
        TEST(inconclusive_when_it_is_silent),
        TEST(inconclusive_when_the_operator_stops),
        TEST(unreachable_without_a_connection),
        TEST(inconclusive_when_the_connection_stood_and_was_reset),
        TEST(an_error_when_the_supervisor_says_no),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
