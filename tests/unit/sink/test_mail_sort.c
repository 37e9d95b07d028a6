#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sink/mail_sort.h"

#include "base/base64.h"
#include "base/buf.h"
#include "proto/mail.h"

#include <stdio.h>
#include <string.h>

static const unsigned char key[TOKEN_KEY] = "the key of this run";
static const struct token_family ours = {.run_key = key};
static struct token token, another;
static char text[TOKEN_TEXT], other_text[TOKEN_TEXT];
static char header[4096], body[4096]; /* of the test message, as it is sent */

static void put_message(struct buf *out, const char *probe)
{
    char to[100];
    char from[120];
    snprintf(to, sizeof to, "%s@ajar.test", text);
    snprintf(from, sizeof from, "bounce-%s", to);
    struct mail_facts facts = {
        .token = bytes_of(text),
        .to = bytes_of(to),
        .from = bytes_of(from),
        .domain = bytes_of("ajar.test"),
        .target = bytes_of("192.0.2.25:25"),
        .probe = bytes_of(probe),
        .authority = bytes_of("Example CERT"),
        .contact = bytes_of("abuse@cert.example"),
        .info = bytes_of("https://cert.example/tests"),
        .when = 1795486216123456,
    };
    assert_true(mail_message_put(out, &facts));
}

/* Splits the message of this probe into header and body. */
static void make(const char *probe)
{
    struct buf message = buf_new(16384);
    put_message(&message, probe);
    const char *all = buf_text(&message);
    const char *end = strstr(all, "\r\n\r\n");
    snprintf(header, sizeof header, "%.*s", (int)(end + 2 - all), all);
    snprintf(body, sizeof body, "%s", end + 4);
    buf_free(&message);
}

static int set_up(void **state)
{
    (void)state;
    unsigned char job[TOKEN_JOB] = "job 1";
    struct token_seed seed = token_seed_of(key, job);
    token = token_make(&seed, 1);
    another = token_make(&seed, 2);
    token_text(&token, text);
    token_text(&another, other_text);
    make("relay/envelope R4");
    return 0;
}

/* What came: this header (its lines end in \n; %s is the token), an empty line, and what was written below. */
static enum mail_sort sort(const char *sender, const char *fields, const char *below)
{
    struct buf mail = buf_new(32768);
    for (const char *p = fields; *p; p++)
        if (p[0] == '%' && p[1] == 's')
            buf_put_text(&mail, text), p++;
        else if (*p == '\n')
            buf_put_text(&mail, "\r\n");
        else
            buf_put_byte(&mail, (unsigned char)*p);
    buf_put_text(&mail, "\r\n");
    buf_put_text(&mail, below);
    enum mail_sort found =
        mail_sort_of(&ours, "ajar.test", bytes_of(sender), buf_view(&mail), &token);
    buf_free(&mail);
    return found;
}

static const char *joined(const char *a, const char *b, const char *c)
{
    static char all[16384];
    snprintf(all, sizeof all, "%s%s%s", a, b, c);
    return all;
}

#define OF_A_RELAY "From: relay@mail.example\nSubject: mail for you\nMessage-ID: <1@mail.example>\n"
#define OF_A_DESK                                                                                  \
    "From: Support <support@mail.example>\nSubject: [Ticket#12] open relay test of "               \
    "192.0.2.25:25\n"

/* --- the test message --- */

static void as_it_was_sent(void **state)
{
    (void)state;
    const char *message = joined(header, "\r\n", body);
    assert_int_equal(mail_sort_of(&ours, "ajar.test", bytes_of(""), bytes_of(message), &token),
                     MAIL_TEST);
    assert_int_equal(
        mail_sort_of(&ours, "ajar.test", bytes_of("a@b.example"), bytes_of(message), &token),
        MAIL_TEST);
    assert_int_not_equal(
        mail_sort_of(&ours, "ajar.test", bytes_of(""), bytes_of(message), &another), MAIL_TEST);
}

static void with_its_message_id(void **state)
{
    (void)state;
    assert_int_equal(sort("a@b.example", "Message-ID: <%s@ajar.test>\n", "cut off"), MAIL_TEST);
    assert_int_equal(
        sort("a@b.example", "Message-ID: <%s@AJAR.test>\nIn-Reply-To: <old@list>\n", ""),
        MAIL_TEST);
}

#define NEW_ID      "Message-ID: <1@mail.example>\n"
#define OWN_FROM    "From: <bounce-%s@ajar.test>\n"
#define OWN_SUBJECT "Subject: [EXT] open relay test of 192.0.2.25:25\n"

static void with_its_field_and_its_text_up_to_the_mark(void **state)
{
    static const char mark[] = "Mark of this test:";
    (void)state;
    strstr(body, mark)[sizeof mark - 1] = '\0';
    assert_int_equal(sort("", NEW_ID "X-Ajar-Token: %s\n", body), MAIL_TEST);
    assert_int_equal(sort("", NEW_ID OWN_FROM "X-Ajar-Token: %s\n",
                          joined("CAUTION: external mail.\r\n\r\n", body, "")),
                     MAIL_TEST);
}

/* A ticket desk may quote it so, below the fields that it has copied. */
static void not_with_its_field_and_the_beginning_of_its_text(void **state)
{
    (void)state;
    body[200] = '\0';
    assert_int_equal(sort("desk@mail.example", NEW_ID "X-Ajar-Token: %s\n", body), MAIL_OTHER);
    assert_int_equal(sort("desk@mail.example", NEW_ID OWN_FROM "X-Ajar-Token: %s\n", body),
                     MAIL_OTHER);
}

/* A gateway that warns. */
static void below_other_words_from_its_own_sender(void **state)
{
    (void)state;
    const char *warned = joined("CAUTION: external mail.\r\n\r\n", body, "");
    assert_int_equal(sort("", NEW_ID OWN_FROM OWN_SUBJECT, warned), MAIL_TEST);
    assert_int_equal(sort("", NEW_ID "From: x <bounce-%s@ajar.test>\n", warned), MAIL_TEST);
    assert_int_equal(sort("", NEW_ID "From: bounce-%s <gw@mail.example>\n", warned), MAIL_FAILURE);
    assert_int_equal(sort("gw@mail.example", NEW_ID OWN_FROM, joined("It said: ", body, "")),
                     MAIL_OTHER);
}

static void whatever_a_filter_puts_before_its_subject(void **state)
{
    (void)state;
    static const char *const subjects[] = {
        "[SPAM] open relay test\n", "*** SPAM *** open relay test\n", "EXT: open relay test\n",
        "Spam: open relay test\n",  "{?} open relay test\n",
    };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        assert_int_equal(sort("a@b.example", joined(NEW_ID "Subject: ", subjects[i], ""), body),
                         MAIL_TEST);
}

static const char *wrapped(size_t column)
{
    static char out[sizeof body];
    size_t at = 0;
    size_t n = 0;
    for (const char *p = body; *p; p++) {
        if (*p == '\r')
            continue;
        bool blank = *p == '\n' || *p == ' ';
        at = blank && at >= column ? 0 : at + 1;
        out[n++] = !blank ? *p : at == 0 ? '\n' : ' ';
    }
    out[n] = '\0';
    return out;
}

static void with_its_lines_wrapped_anew(void **state)
{
    (void)state;
    assert_int_equal(sort("a@b.example", NEW_ID, wrapped(20)), MAIL_TEST);
    assert_int_equal(sort("a@b.example", NEW_ID, wrapped(50)), MAIL_TEST);
    make("relay/web-form T10");
    assert_int_equal(sort("a@b.example", OF_A_RELAY, joined("Result: ", wrapped(30), "")),
                     MAIL_TEST);
}

static void in_another_encoding(void **state)
{
    (void)state;
    struct buf encoded = buf_new(8192);
    assert_true(base64_put(&encoded, bytes_of(body)));
    assert_int_equal(
        sort("a@b.example", NEW_ID "Content-Transfer-Encoding: base64\n", buf_text(&encoded)),
        MAIL_TEST);
    assert_int_equal(
        sort("a@b.example", NEW_ID "Content-Transfer-Encoding: base64\n" OF_A_DESK, "Zm9v"),
        MAIL_OTHER);
    buf_clear(&encoded);
    for (const char *p = body; *p; p++)
        buf_printf(&encoded, "=%02X%s", (unsigned char)*p, (p - body) % 20 == 19 ? "=\r\n" : "");
    assert_int_equal(sort("a@b.example", NEW_ID "Content-Transfer-Encoding: quoted-printable\n",
                          buf_text(&encoded)),
                     MAIL_TEST);
    buf_free(&encoded);
    assert_int_equal(
        sort("a@b.example", NEW_ID "Content-Type: multipart/alternative; boundary=\"b\"\n",
             joined("In several parts.\r\n--b\r\nContent-Type: text/plain\r\n\r\n", body,
                    "--b\r\nContent-Type: text/html\r\n\r\n<p>The same.</p>\r\n--b--\r\n")),
        MAIL_TEST);
}

static void under_another_header(void **state)
{
    (void)state;
    assert_int_equal(sort("", OF_A_RELAY, body), MAIL_TEST);
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, body), MAIL_TEST);
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, joined(body, "--\r\n", "Checked.\r\n")),
                     MAIL_TEST);
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, joined("\r\n", body, "")), MAIL_TEST);
}

static void without_any_header(void **state)
{
    (void)state;
    assert_int_equal(mail_sort_of(&ours, "ajar.test", bytes_of(""), bytes_of(body), &token),
                     MAIL_TEST);
}

/* A web form writes what it likes around what was written into it. */
static void of_a_form_within_other_words(void **state)
{
    (void)state;
    make("relay/web-form T10");
    assert_int_equal(
        sort("www@web.example", OF_A_RELAY, joined("Result:\r\nmessage: ", body, "--")), MAIL_TEST);
    make("relay/envelope R4");
    assert_int_equal(
        sort("www@web.example", OF_A_RELAY, joined("Result:\r\nmessage: ", body, "--")),
        MAIL_OTHER);
}

/* --- what others write --- */

static void a_new_mail_that_knows_the_header(void **state)
{
    (void)state;
    assert_int_equal(sort("support@mail.example", OF_A_DESK, "We have got your message.\r\n"),
                     MAIL_OTHER);
    assert_int_equal(
        sort("support@mail.example", OF_A_DESK "To: <%s@ajar.test>\n", joined("Dear ", text, ",")),
        MAIL_OTHER);
}

/* A desk that copies what begins with X-, and writes to everybody in To. */
static void a_new_mail_that_has_the_fields(void **state)
{
    (void)state;
    assert_int_equal(sort("support@mail.example", OF_A_DESK "X-Ajar-Token: %s\nMessage-ID: <1@m>\n",
                          "We have opened a ticket.\r\n"),
                     MAIL_OTHER);
    assert_int_equal(sort("support@mail.example", OF_A_DESK "X-Ajar-Token: %s\n",
                          joined("Hello.\r\n\r\n", body, "")),
                     MAIL_OTHER);
    assert_int_equal(
        sort("support@mail.example", OF_A_DESK "X-Ajar-Token: %s\n", joined("> ", body, "")),
        MAIL_OTHER);
    assert_int_equal(sort("support@mail.example", "Message-ID: <%s@desk.example>\n" OF_A_DESK,
                          "We have opened a ticket.\r\n"),
                     MAIL_OTHER);
}

static void an_answer_in_another_language(void **state)
{
    (void)state;
    static const char *const subjects[] = {
        "AW: x\n",
        "aw: x\n",
        "SV: x\n",
        "VS: x\n",
        "Antw: x\n",
        "RE: x\n",
        "R: x\n",
        "RIF: x\n",
        "Odp: x\n",
        "YNT: x\n",
        "ATB: x\n",
        "Re[2]: x\n",
        "Re^3: x\n",
        "R\xc3\xa9 : x\n",
        "\xe5\x9b\x9e\xe5\xa4\x8d\xef\xbc\x9a x\n",
        "=?utf-8?B?562U5aSNOiB4?=\n",
        "=?utf-8?Q?=D0=9E=D1=82=D0=B2=D0=B5=D1=82:_x?=\n",
    };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        assert_int_equal(sort("someone@mail.example",
                              joined("X-Ajar-Token: %s\nSubject: ", subjects[i], ""), body),
                         MAIL_OTHER);
}

/* French "TR:" and German "WG:" are no answers: the mail is passed on. */
static void a_forward_that_brings_the_text(void **state)
{
    (void)state;
    static const char *const subjects[] = {"FW: x\n", "Fwd: x\n", "TR: x\n",
                                           "WG: x\n", "VB: x\n",  "\xc4\xb0LT: x\n"};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        assert_int_equal(sort("someone@mail.example",
                              joined("X-Ajar-Token: %s\nSubject: ", subjects[i], ""), body),
                         MAIL_TEST);
}

static void an_answer_that_brings_the_text(void **state)
{
    (void)state;
    static const char *const marks[] = {
        "In-Reply-To: <%s@ajar.test>\n",    "References: <%s@ajar.test>\n",
        "Auto-Submitted: auto-replied\n",   "Auto-Submitted: auto-notified\n",
        "Precedence: auto_reply\n",         "X-Autoreply: yes\n",
        "X-Autorespond: open relay test\n",
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_int_equal(sort("support@mail.example", joined(OF_A_DESK, marks[i], ""), body),
                         MAIL_OTHER);
    assert_int_equal(sort("support@mail.example", "Subject: Re: open relay test of 1\n", body),
                     MAIL_OTHER);
}

static void an_answer_whose_message_id_is_made_of_ours(void **state)
{
    (void)state;
    assert_int_equal(
        sort("support@mail.example", "Message-ID: <reply-%s@ajar.test>\n", "Thanks.\r\n"),
        MAIL_OTHER);
    assert_int_equal(sort("support@mail.example",
                          "Message-ID: <1@m>\nIn-Reply-To: <%s@ajar.test>\nX-Ajar-Token: %s\n",
                          "Thanks.\r\n"),
                     MAIL_OTHER);
}

static void the_text_below_other_words_or_quoted(void **state)
{
    (void)state;
    assert_int_equal(sort("support@mail.example", OF_A_DESK, joined("Hello.\r\n", body, "")),
                     MAIL_OTHER);
    assert_int_equal(sort("support@mail.example", OF_A_DESK, joined("> ", body, "")), MAIL_OTHER);
    assert_int_equal(sort("support@mail.example", OF_A_RELAY, joined(header, "\r\n", body)),
                     MAIL_OTHER);
}

static void the_text_cut_before_its_mark_or_with_anothers(void **state)
{
    (void)state;
    *strstr(body, text) = '\0';
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, body), MAIL_OTHER);
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, joined(body, other_text, "\r\n")),
                     MAIL_OTHER);
    *strstr(body, "Mark of") = '\0';
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, body), MAIL_OTHER);
    assert_int_equal(sort("relay@mail.example", OF_A_RELAY, ""), MAIL_OTHER);
}

/* --- reports --- */

#define REPORT(type) "Content-Type: multipart/report" type "; boundary=\"b\"\n"
#define DELIVERY     REPORT("; report-type=delivery-status")

static const char *with_action(const char *actions)
{
    return joined("--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                  "Reporting-MTA: dns; mail.example\r\n\r\n",
                  actions, "Status: 4.4.1\r\n\r\n--b--\r\n");
}

static void a_report_means_what_its_actions_say(void **state)
{
    (void)state;
    static const struct {
        const char *actions;
        enum mail_sort sort;
    } rows[] = {
        {"Action: failed\r\n", MAIL_FAILURE},
        {"Action: delayed\r\n", MAIL_DELAY},
        {"action:DELAYED (still trying)\r\n", MAIL_DELAY},
        {"Action: delayed\r\n\r\nAction: failed\r\n", MAIL_FAILURE},
        {"Action: relayed\r\n", MAIL_OTHER},
        {"Action: delivered\r\n", MAIL_OTHER},
        {"", MAIL_FAILURE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(sort("", DELIVERY, with_action(rows[i].actions)), rows[i].sort);
        assert_int_equal(sort("daemon@mail.example", DELIVERY, with_action(rows[i].actions)),
                         rows[i].sort);
    }
    assert_int_equal(sort("", REPORT(""), with_action("Action: delayed\r\n")), MAIL_DELAY);
    assert_int_equal(sort("", "Subject: Delivery Status Notification (Delay)\n" DELIVERY, "no\r\n"),
                     MAIL_DELAY);
}

/* Exchange puts In-Reply-To into its reports as well, and the returned message is quoted. */
static void a_report_is_none_the_less_one_for_what_it_quotes(void **state)
{
    (void)state;
    assert_int_equal(
        sort("", DELIVERY "In-Reply-To: <%s@ajar.test>\n", with_action("Action: failed\r\n")),
        MAIL_FAILURE);
    assert_int_equal(sort("", DELIVERY, joined("no\r\n\r\n", header, body)), MAIL_FAILURE);
    assert_int_equal(sort("", DELIVERY, body), MAIL_FAILURE);
}

static void a_receipt_of_a_reader_is_no_report_about_delivery(void **state)
{
    (void)state;
    assert_int_equal(
        sort("someone@mail.example", REPORT("; report-type=disposition-notification"), "read\r\n"),
        MAIL_OTHER);
}

static void reports_in_words(void **state)
{
    (void)state;
    assert_int_equal(sort("", "From: MAILER-DAEMON@mail.example\nSubject: failure notice\n",
                          "Hi. This is the qmail-send program at mail.example.\r\n"),
                     MAIL_FAILURE);
    assert_int_equal(
        sort("mailer-daemon@mail.example", "Subject: undeliverable\n", "user unknown\r\n"),
        MAIL_FAILURE);
    assert_int_equal(
        sort("",
             "From: Mail Delivery System <Mailer-Daemon@m.example>\nAuto-Submitted: auto-replied\n"
             "Subject: Mail delivery failed: returning message to sender\n",
             "no\r\n"),
        MAIL_FAILURE);
    assert_int_equal(sort("x@m.example", "X-Failed-Recipients: %s@ajar.test\n", "no\r\n"),
                     MAIL_FAILURE);
    assert_int_equal(
        sort("",
             "From: Mail Delivery System <Mailer-Daemon@m.example>\nAuto-Submitted: auto-replied\n"
             "Subject: Warning: message 1abcde-000001-AB delayed 24 hours\n",
             "no action is required\r\n"),
        MAIL_DELAY);
    assert_int_equal(sort("", "Subject: Delivery failed: delayed for too long\n", "no\r\n"),
                     MAIL_FAILURE);
    assert_int_equal(sort("", "Subject: a mail is held\n", "Log in.\r\n"), MAIL_FAILURE);
    assert_int_equal(sort("", "From: x@mail.example\nSubject: UNZUSTELLBAR\n", "Nein.\r\n"),
                     MAIL_FAILURE);
    assert_int_equal(sort("", "From: x@mail.example\n", joined("Sorry, ", text, ".")),
                     MAIL_FAILURE);
    assert_int_equal(sort("", "From: x@mail.example\n", "It could not be delivered.\r\n"),
                     MAIL_FAILURE);
}

/* RFC 3834 wants the null sender for answers too. */
static void an_answer_without_sender_is_no_report(void **state)
{
    (void)state;
    assert_int_equal(sort("",
                          "From: someone@mail.example\nAuto-Submitted: auto-replied (vacation)\n",
                          "Away.\r\n"),
                     MAIL_OTHER);
    assert_int_equal(
        sort("", "From: someone@mail.example\nSubject: out of the office\n", "Back soon.\r\n"),
        MAIL_OTHER);
    assert_int_equal(
        sort("", "From: someone@daemon.example\nSubject: Re: open relay test\n", "Away.\r\n"),
        MAIL_OTHER);
}

static void own_tokens(void **state)
{
    (void)state;
    struct token found;
    char mail[512];
    snprintf(mail, sizeof mail, "To: <%s@a>\r\nMessage-ID: <%s@a>\r\n\r\n", other_text, text);
    assert_true(mail_own_token(&ours, bytes_of(mail), &found));
    assert_memory_equal(found.b, token.b, TOKEN_SIZE);
    snprintf(mail, sizeof mail, "To: <%s@a>\r\nX-Ajar-Token: %s\r\n\r\n", other_text, text);
    assert_true(mail_own_token(&ours, bytes_of(mail), &found));
    assert_memory_equal(found.b, token.b, TOKEN_SIZE);
    snprintf(mail, sizeof mail, "Message-ID: <1@a>\r\n\r\n%s %s", text, other_text);
    assert_true(mail_own_token(&ours, bytes_of(mail), &found));
    assert_memory_equal(found.b, token.b, TOKEN_SIZE);
    assert_false(mail_own_token(&ours, bytes_of("Message-ID: <1@a>\r\n\r\nhi"), &found));
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(as_it_was_sent),
        TEST(with_its_message_id),
        TEST(with_its_field_and_its_text_up_to_the_mark),
        TEST(not_with_its_field_and_the_beginning_of_its_text),
        TEST(below_other_words_from_its_own_sender),
        TEST(whatever_a_filter_puts_before_its_subject),
        TEST(with_its_lines_wrapped_anew),
        TEST(in_another_encoding),
        TEST(under_another_header),
        TEST(without_any_header),
        TEST(of_a_form_within_other_words),
        TEST(a_new_mail_that_knows_the_header),
        TEST(a_new_mail_that_has_the_fields),
        TEST(an_answer_in_another_language),
        TEST(a_forward_that_brings_the_text),
        TEST(an_answer_that_brings_the_text),
        TEST(an_answer_whose_message_id_is_made_of_ours),
        TEST(the_text_below_other_words_or_quoted),
        TEST(the_text_cut_before_its_mark_or_with_anothers),
        TEST(a_report_means_what_its_actions_say),
        TEST(a_report_is_none_the_less_one_for_what_it_quotes),
        TEST(a_receipt_of_a_reader_is_no_report_about_delivery),
        TEST(reports_in_words),
        TEST(an_answer_without_sender_is_no_report),
        TEST(own_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
