#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/smtp_command.h"
#include "sink/kept.h"
#include "sink/session.h"

#include <stdio.h>
#include <string.h>

#define NOW ((instant)1795400000 * SPAN_SECOND)

static struct session_rules rules;
static struct session *session;
static char token[TOKEN_TEXT], other_token[TOKEN_TEXT];

/* What the session handed on. */
static struct receipt receipts[16];
static unsigned count, refused_after;
static struct buf raw;

static bool admit(void *arg, const struct token *t)
{
    (void)arg, (void)t;
    return count < refused_after;
}

static void on_receipt(void *arg, const struct receipt *receipt, struct bytes bytes)
{
    (void)arg;
    const char *flaw = kept_flaw(receipt, bytes); /* whatever is kept is what is said of it */
    if (flaw)
        fail_msg("%s: %.*s", flaw, (int)bytes.n, (const char *)bytes.p);
    receipts[count++] = *receipt;
    buf_clear(&raw);
    buf_put(&raw, bytes);
}

static int set_up(void **state)
{
    (void)state;
    struct addr peer;
    unsigned char job[TOKEN_JOB] = "job 1";
    rules = (struct session_rules){.run_key = "the key of this run",
                                   .domain = "t.example",
                                   .admit = admit,
                                   .on_receipt = on_receipt};
    addr_parse(bytes_of("192.0.2.25"), &rules.at);
    addr_parse(bytes_of("198.51.100.7:4321"), &peer);
    struct token_seed seed = token_seed_of(rules.run_key, job);
    struct token a = token_make(&seed, 1), b = token_make(&seed, 2);
    token_text(&a, token);
    token_text(&b, other_token);
    count = 0;
    refused_after = 16;
    raw = buf_new(1024 * 1024);
    session = session_new(&rules, &peer, 2664);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    session_free(session);
    buf_free(&raw);
    return 0;
}

/* Says it; "%s" stands for the token. Gives what is answered. */
static const char *say(const char *text)
{
    static char line[8192];
    int n = 0;
    for (const char *p = text; *p; p++)
        if (p[0] == '%' && p[1] == 's')
            n += sprintf(line + n, "%s", token), p++;
        else if (p[0] == '%' && p[1] == 'o')
            n += sprintf(line + n, "%s", other_token), p++;
        else
            line[n++] = *p;
    buf_clear(session_output(session));
    session_feed(session, bytes_at(line, (size_t)n), NOW);
    return buf_text(session_output(session));
}

static void assert_begins(const char *text, const char *beginning)
{
    if (strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("expected \"%s…\", got \"%s\"", beginning, text);
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("expected \"…%s…\", got \"%s\"", part, text);
}

static void greet_and_hello(void)
{
    session_greet(session);
    assert_begins(say("EHLO relay.example\r\n"), "250-t.example\r\n");
}

static const char *send_mail(const char *from, const char *to, const char *message)
{
    char line[512];
    snprintf(line, sizeof line, "MAIL FROM:<%s>\r\n", from);
    assert_begins(say(line), "250 2.1.0");
    snprintf(line, sizeof line, "RCPT TO:<%s>\r\n", to);
    assert_begins(say(line), "250 2.1.5");
    assert_begins(say("DATA\r\n"), "354 ");
    return say(message);
}

/* --- the line --- */

static void a_line_is_answered_with_token_answer_and_peer(void **state)
{
    (void)state;
    char expected[128], answer[33], when[TIME_TEXT];
    struct token t;
    token_parse(bytes_of(token), &t);
    token_answer(rules.run_key, &t, bytes_of("198.51.100.7"), bytes_of(time_text(NOW, when)),
                 answer);
    snprintf(expected, sizeof expected, "250 AJAR %s %s [198.51.100.7]\r\n", token, answer);
    assert_string_equal(say("AJAR %s\r\n"), expected);
    assert_true(session_over(session));
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_LINE);
    assert_string_equal(receipts[0].answer, answer);
    assert_int_equal(receipts[0].at, NOW);
    assert_int_equal(receipts[0].peer.port, 4321);
    assert_int_equal(receipts[0].port, 2664);
}

static void the_receipt_of_a_line_keeps_the_bytes_and_their_digest(void **state)
{
    (void)state;
    char expected[64], hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    say("ajar %s\n");
    snprintf(expected, sizeof expected, "ajar %s\n", token);
    assert_string_equal(buf_text(&raw), expected);
    sha256_of(bytes_of(expected), digest);
    hash_hex(digest, sizeof digest, hex);
    assert_string_equal(receipts[0].digest, hex);
}

static void a_line_in_pieces_is_the_same_line(void **state)
{
    (void)state;
    assert_string_equal(say("AJ"), "");
    assert_string_equal(say("AR %s"), "");
    assert_begins(say("\r\n"), "250 AJAR ");
}

static void a_token_of_another_run_gets_no_answer(void **state)
{
    (void)state;
    token[0] = token[0] == 'a' ? 'b' : 'a';
    assert_begins(say("AJAR %s\r\n"), "550 ");
    assert_int_equal(count, 0);
}

static void a_token_that_came_too_often_gets_no_answer(void **state)
{
    (void)state;
    refused_after = 0;
    assert_begins(say("AJAR %s\r\n"), "550 ");
    assert_int_equal(count, 0);
}

/* At once: a line of `before`, the token and `after`, so many empty lines, and `behind`. */
static const char *say_lines(const char *before, const char *after, size_t lines,
                             const char *behind)
{
    struct buf all = buf_new(SINK_BYTES);
    buf_printf(&all, "%s%s%s\r\n", before, token, after);
    for (size_t i = 0; i < lines; i++)
        buf_put_text(&all, "\r\n");
    buf_put_text(&all, behind);
    buf_clear(session_output(session));
    session_feed(session, buf_view(&all), NOW);
    buf_free(&all);
    return buf_text(session_output(session));
}

static const char *send_lines(size_t lines)
{
    say("MAIL FROM:<a@x.example>\r\nRCPT TO:<%s@t.example>\r\nDATA\r\n");
    return say_lines("Message-ID: <", "@t.example>", lines, ".\r\n");
}

/* Each line is a part of the case (doc/evidence.md, "The tree"). */
static void of_a_mail_of_too_many_lines_the_beginning_is_kept_and_the_next_is_taken(void **state)
{
    (void)state;
    greet_and_hello();
    assert_begins(send_lines(RECEIPT_LINES), "552 5.3.4 too many lines AJAR ");
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_MAIL);
    assert_begins(buf_text(&raw),
                  "X-Ajar-Refused: 552 5.3.4 too many lines; this is its beginning\r\n"
                  "Return-Path: <a@x.example>\r\nX-Ajar-Rcpt-To: <");
    assert_true(receipt_was_refused(buf_view(&raw)));
    assert_int_equal(receipt_beginning(buf_view(&raw)), raw.n);
    assert_begins(send_lines(RECEIPT_LINES - 7), "250 2.0.0 AJAR "); /* six of the trace, a field */
    assert_int_equal(count, 2);
    assert_false(receipt_was_refused(buf_view(&raw)));
}

static void a_question_behind_too_many_lines_gets_no_answer(void **state)
{
    (void)state;
    greet_and_hello();
    send_lines(RECEIPT_LINES);
    assert_int_equal(count, 1);
    assert_begins(say("AJAR %s\r\n"), "552 5.3.4 too many lines\r\n");
    assert_int_equal(count, 1);
}

static void a_posted_question_before_too_many_lines_gets_no_answer(void **state)
{
    (void)state;
    assert_begins(
        say_lines("POST / HTTP/1.1\r\nContent-Length: 9999\r\n\r\nAJAR ", "", RECEIPT_LINES, ""),
        "HTTP/1.1 404 ");
    assert_int_equal(count, 0);
}

static void a_slow_tunnel_gets_its_answer_behind_the_banner(void **state)
{
    (void)state;
    session_greet(session);
    assert_begins(say("AJAR %s\r\n"), "250 AJAR ");
    assert_int_equal(receipts[0].kind, RECEIPT_LINE);
}

static void a_line_that_is_none_ends_the_session(void **state)
{
    (void)state;
    char zeros[3000] = {0};
    session_feed(session, bytes_at(zeros, sizeof zeros), NOW);
    assert_true(session_over(session));
}

/* --- HTTP --- */

static void a_request_for_the_token_gets_its_page(void **state)
{
    (void)state;
    const char *page = say("GET /%s HTTP/1.1\r\nHost: 192.0.2.25\r\n\r\n");
    assert_begins(page, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\n"
                        "Content-Length: ");
    assert_holds(page, "\r\n\r\nAJAR ");
    assert_holds(page, " [198.51.100.7]\n");
    assert_holds(page, receipts[0].answer);
    assert_int_equal(receipts[0].kind, RECEIPT_HTTP);
    assert_true(session_over(session));
}

static void the_length_is_that_of_the_page(void **state)
{
    (void)state;
    size_t length = 0;
    const char *page = say("GET /%s HTTP/1.0\r\n\r\n");
    assert_int_equal(sscanf(strstr(page, "Content-Length: "), "Content-Length: %zu", &length), 1);
    assert_int_equal(length, strlen(strstr(page, "\r\n\r\n") + 4));
}

static void the_absolute_form_is_a_request_too(void **state)
{
    (void)state;
    assert_begins(say("GET http://192.0.2.25:2525/%s HTTP/1.1\r\n\r\n"), "HTTP/1.1 200 OK\r\n");
}

static void head_gets_the_head_alone(void **state)
{
    (void)state;
    const char *page = say("HEAD /%s HTTP/1.1\r\n\r\n");
    assert_begins(page, "HTTP/1.1 200 OK\r\n");
    assert_string_equal(strstr(page, "\r\n\r\n"), "\r\n\r\n");
}

static void post_and_put_are_requests_too(void **state)
{
    (void)state;
    assert_begins(say("POST /%s HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"), "HTTP/1.1 200 OK\r\n");
    assert_int_equal(count, 1);
}

static void a_question_in_a_posted_body_is_a_line(void **state)
{
    (void)state;
    assert_string_equal(say("POST / HTTP/1.1\r\nContent-Length: 39\r\n\r\nAJAR "), "");
    assert_int_equal(count, 0);
    const char *page = say("%s\r\n");
    assert_begins(page, "HTTP/1.1 200 OK\r\n");
    assert_holds(page, receipts[0].answer);
    assert_int_equal(receipts[0].kind, RECEIPT_LINE);
    assert_holds(buf_text(&raw), "\r\n\r\nAJAR ");
}

static void a_question_in_a_chunked_body_is_a_line(void **state)
{
    (void)state;
    assert_begins(say("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n27\r\nAJAR %s\r\n"),
                  "HTTP/1.1 200 OK\r\n");
    assert_int_equal(receipts[0].kind, RECEIPT_LINE);
}

static void a_body_without_a_question_is_not_found(void **state)
{
    (void)state;
    assert_string_equal(say("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"), "");
    assert_begins(say("c"), "HTTP/1.1 404 ");
    assert_int_equal(count, 0);
}

static void the_fields_of_a_proxy_are_told(void **state)
{
    (void)state;
    const char *page = say("GET /%s HTTP/1.1\r\nvia: 1.1 p\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n");
    assert_holds(page, "]\nGot Via: 1.1 p\nGot X-Forwarded-For: 192.0.2.9\n");
}

/* What an FTP proxy makes of "USER TOKEN@SINK". */
static void the_user_of_an_ftp_proxy_is_a_question(void **state)
{
    (void)state;
    session_greet(session);
    const char *reply = say("USER %s\r\n");
    assert_holds(reply, "230 AJAR ");
    assert_holds(reply, receipts[0].answer);
    assert_int_equal(receipts[0].kind, RECEIPT_LINE);
}

static void a_request_is_answered_when_its_head_is_complete(void **state)
{
    (void)state;
    assert_string_equal(say("GET /%s HTTP/1.1\r\nHost: a\r\n"), "");
    assert_int_equal(count, 0);
    assert_begins(say("\r\n"), "HTTP/1.1 200 OK\r\n");
    assert_begins(buf_text(&raw), "GET /");
}

static void another_page_is_not_found(void **state)
{
    (void)state;
    assert_begins(say("GET /index.html HTTP/1.1\r\nX: %s\r\n\r\n"), "HTTP/1.1 404 Not Found\r\n");
    assert_int_equal(count, 0);
}

static void a_tunnel_is_not_opened(void **state)
{
    (void)state;
    assert_begins(say("CONNECT %s:25 HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 ");
}

static void a_broken_head_is_refused(void **state)
{
    (void)state;
    assert_begins(say("GET /%s HTTP/1.1\r\nno field\r\n\r\n"), "HTTP/1.1 400 ");
    assert_int_equal(count, 0);
}

static void a_request_behind_the_banner_still_counts(void **state)
{
    (void)state;
    session_greet(session);
    assert_begins(say("GET /%s HTTP/1.1\r\n\r\n"), "HTTP/1.1 200 OK\r\n");
}

/* --- mail --- */

static void the_banner_says_what_this_is(void **state)
{
    (void)state;
    assert_true(session_is_silent(session));
    session_greet(session);
    assert_string_equal(buf_text(session_output(session)),
                        "220 t.example ESMTP ajar sink; for tests only\r\n");
    assert_false(session_is_silent(session));
}

static void mail_to_a_token_mailbox_is_answered_and_kept(void **state)
{
    (void)state;
    char expected[1024];
    greet_and_hello();
    const char *reply =
        send_mail("a@b.example", "%s@t.example", "Message-ID: <%s@t.example>\r\n\r\n..hi\r\n.\r\n");
    snprintf(expected, sizeof expected, "250 2.0.0 AJAR %s %s\r\n", token, receipts[0].answer);
    assert_string_equal(reply, expected);
    assert_int_equal(receipts[0].kind, RECEIPT_MAIL);
    snprintf(expected, sizeof expected,
             "Return-Path: <a@b.example>\r\n"
             "X-Ajar-Rcpt-To: <%s@t.example>\r\n"
             "Received: from relay.example ([198.51.100.7])\r\n"
             "\tby t.example ([192.0.2.25])\r\n"
             "\twith ESMTP;\r\n"
             "\tMon, 23 Nov 2026 02:13:20 +0000\r\n"
             "Message-ID: <%s@t.example>\r\n\r\n.hi\r\n",
             token, token);
    assert_string_equal(buf_text(&raw), expected);
    assert_false(session_over(session));
}

static void a_pipelined_dialogue_is_taken_at_once(void **state)
{
    (void)state;
    session_greet(session);
    const char *replies = say("HELO r\r\nMAIL FROM:<>\r\nRCPT TO:<%s@t.example>\r\nDATA\r\n"
                              "Message-ID: <%s@t.example>\r\n\r\n.\r\nQUIT\r\n");
    assert_holds(replies, "250 2.0.0 AJAR ");
    assert_holds(replies, "221 2.0.0");
    assert_true(session_over(session));
    assert_int_equal(count, 1);
}

static void a_client_that_talks_mail_first_is_greeted_and_served(void **state)
{
    (void)state;
    const char *replies = say("EHLO early.example\r\n");
    assert_begins(replies, "220 t.example");
    assert_holds(replies, "250-PIPELINING");
}

static void other_mailboxes_do_not_exist(void **state)
{
    (void)state;
    greet_and_hello();
    say("MAIL FROM:<a@b.example>\r\n");
    assert_begins(say("RCPT TO:<postmaster@t.example>\r\n"), "550 5.1.1");
    assert_begins(say("DATA\r\n"), "503 ");
}

static void a_rewritten_recipient_counts_as_long_as_it_holds_the_token(void **state)
{
    (void)state;
    static const char *const forms[] = {"%s%t.example@relay.example", "@a.example,@b.example:%s@c",
                                        "\"%s@t.example\"@relay.example", "t.example!%s", "%s"};
    greet_and_hello();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_begins(send_mail("a@b.example", forms[i], "\r\n.\r\n"), "250 2.0.0 AJAR ");
    assert_int_equal(count, 5);
}

static void upper_case_is_the_same_token(void **state)
{
    (void)state;
    greet_and_hello();
    for (char *p = token; *p; p++)
        *p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
    assert_begins(send_mail("a@b.example", "%s@t.example", "\r\n.\r\n"), "250 2.0.0 AJAR ");
}

static void the_messages_own_token_gets_a_receipt_too(void **state)
{
    (void)state;
    greet_and_hello();
    const char *reply =
        send_mail("a@b.example", "%s@t.example", "Message-ID: <%o@t.example>\r\n\r\nhi\r\n.\r\n");
    assert_begins(reply, "250 2.0.0 AJAR ");
    assert_int_equal(count, 2);
    char text[TOKEN_TEXT];
    assert_string_equal(token_text(&receipts[1].token, text), other_token);
    assert_int_equal(receipts[1].kind, RECEIPT_MAIL);
}

static void a_token_that_stands_in_several_places_gets_one_receipt(void **state)
{
    (void)state;
    greet_and_hello();
    say("MAIL FROM:<a@b.example>\r\n");
    say("RCPT TO:<%s@t.example>\r\n");
    say("RCPT TO:<%s@other.example>\r\n");
    say("DATA\r\n");
    say("Message-ID: <%s@t.example>\r\n\r\n%s\r\n.\r\n");
    assert_int_equal(count, 1);
    assert_holds(buf_text(&raw), "@t.example>\r\nX-Ajar-Rcpt-To: <");
}

/* A server that takes the message and then reports that it could not deliver it is no relay. */
static void a_report_to_the_bounce_mailbox_is_a_bounce(void **state)
{
    (void)state;
    greet_and_hello();
    send_mail("", "bounce-%s@t.example",
              "Message-ID: <1@relay>\r\n\r\nMessage-ID: <%s@t.example>\r\n.\r\n");
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_BOUNCE);
}

static void a_report_with_a_sender_to_the_bounce_mailbox_is_a_bounce(void **state)
{
    (void)state;
    greet_and_hello();
    send_mail("daemon@relay", "BOUNCE-%s@t.example", "\r\n%s and %o\r\n.\r\n");
    assert_int_equal(receipts[0].kind, RECEIPT_BOUNCE);
    assert_int_equal(count, 1);
}

static void a_report_without_sender_is_a_bounce(void **state)
{
    (void)state;
    greet_and_hello();
    send_mail("", "bounce-%s@t.example",
              "Message-ID: <1@relay>\r\n\r\nMessage-ID: <%s@t>\r\n.\r\n");
    assert_int_equal(receipts[0].kind, RECEIPT_BOUNCE);
}

static void the_test_message_itself_without_sender_is_mail(void **state)
{
    (void)state;
    greet_and_hello();
    send_mail("", "%s@t.example", "Message-ID: <%s@t.example>\r\n\r\nhi\r\n.\r\n");
    assert_int_equal(receipts[0].kind, RECEIPT_MAIL);
}

/* The sort of mail is mail_sort.h's to say; what that means hangs on the mailbox that it came to. */
static void a_mail_is_of_a_kind_by_its_sort_and_its_mailbox(void **state)
{
    (void)state;
    static const struct {
        const char *message;
        enum receipt_kind at_bounces;
        enum receipt_kind at_test;
    } rows[] = {
        {"Message-ID: <%s@t.example>\r\n\r\nhi\r\n.\r\n", RECEIPT_BOUNCE, RECEIPT_MAIL},
        {"Message-ID: <1@relay>\r\nX-Ajar-Token: %s\r\n\r\nThis message is an automatic test of "
         "the "
         "mail server at\r\n.\r\n",
         RECEIPT_ANSWER, RECEIPT_OTHER},
        {"Message-ID: <%s@desk>\r\n\r\nhi\r\n.\r\n", RECEIPT_ANSWER, RECEIPT_OTHER},
        {"Content-Type: multipart/report; boundary=b\r\n\r\n%s\r\n.\r\n", RECEIPT_BOUNCE,
         RECEIPT_REPORT},
        {"From: mailer-daemon@relay\r\n\r\n<%s@t.example>: no such user\r\n.\r\n", RECEIPT_BOUNCE,
         RECEIPT_REPORT},
        {"Content-Type: multipart/report; boundary=b\r\n\r\nAction: delayed\r\n.\r\n",
         RECEIPT_DELAY, RECEIPT_DELAY},
        {"Auto-Submitted: auto-replied\r\n\r\n%s\r\n.\r\n", RECEIPT_ANSWER, RECEIPT_OTHER},
        {"Subject: ticket 12\r\n\r\n> X-Ajar-Token: %s\r\n.\r\n", RECEIPT_ANSWER, RECEIPT_OTHER},
        {"\r\n.\r\n", RECEIPT_ANSWER, RECEIPT_OTHER},
    };
    greet_and_hello();
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        count = 0;
        send_mail("someone@relay", "bounce-%s@t.example", rows[i].message);
        send_mail("someone@relay", "%s@t.example", rows[i].message);
        assert_int_equal(count, 2);
        assert_int_equal(receipts[0].kind, rows[i].at_bounces);
        assert_int_equal(receipts[1].kind, rows[i].at_test);
    }
}

static void of_a_mail_to_both_mailboxes_that_counts_which_says_more(void **state)
{
    (void)state;
    greet_and_hello();
    say("MAIL FROM:<a@b.example>\r\n");
    say("RCPT TO:<bounce-%s@t.example>\r\n");
    say("RCPT TO:<%s@t.example>\r\n");
    say("DATA\r\n");
    say("Message-ID: <%s@t.example>\r\n\r\n.\r\n");
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_MAIL);
}

static void commands_out_of_turn_are_refused(void **state)
{
    (void)state;
    session_greet(session);
    assert_begins(say("MAIL FROM:<a@b>\r\n"), "503 ");
    assert_begins(say("EHLO\r\n"), "501 ");
    say("EHLO a\r\n");
    assert_begins(say("RCPT TO:<%s@t.example>\r\n"), "503 ");
    assert_begins(say("DATA\r\n"), "503 ");
    say("MAIL FROM:<a@b>\r\n");
    assert_begins(say("MAIL FROM:<a@b>\r\n"), "503 ");
    assert_begins(say("MAIL <a@b>\r\n"), "500 ");
    assert_begins(say("RSET\r\n"), "250 ");
    assert_begins(say("RCPT TO:<%s@t.example>\r\n"), "503 ");
    assert_begins(say("STARTTLS\r\n"), "502 ");
    assert_begins(say("VRFY a\r\n"), "252 ");
    assert_begins(say("NOOP\r\n"), "250 ");
}

static void ten_recipients_are_enough(void **state)
{
    (void)state;
    greet_and_hello();
    say("MAIL FROM:<a@b>\r\n");
    for (int i = 0; i < SINK_RECIPIENTS; i++)
        assert_begins(say("RCPT TO:<%s@t.example>\r\n"), "250 ");
    assert_begins(say("RCPT TO:<%s@t.example>\r\n"), "452 ");
}

static void the_line_is_a_command_too(void **state)
{
    (void)state;
    greet_and_hello();
    assert_begins(say("AJAR %s\r\n"), "250 AJAR ");
    assert_false(session_over(session));
    assert_begins(buf_text(&raw), "EHLO relay.example\r\nAJAR ");
}

static void a_hundred_commands_are_enough(void **state)
{
    (void)state;
    session_greet(session);
    for (int i = 0; i < SINK_COMMANDS; i++)
        assert_begins(say("NOOP\r\n"), "250 ");
    assert_begins(say("NOOP\r\n"), "421 ");
    assert_true(session_over(session));
}

/* Refused at MAIL, it could not show whose it is. */
static void no_size_is_asked_for_and_one_over_the_limit_is_let_come(void **state)
{
    (void)state;
    session_greet(session);
    assert_null(strstr(say("EHLO relay.example\r\n"), "SIZE"));
    assert_begins(say("MAIL FROM:<a@b> BODY=8BITMIME SIZE=262145\r\n"), "250 ");
}

/* A relay that got a message as SMTPUTF8 can pass it on only to who offers that (RFC 6531, section 3.2). */
static void internationalised_mail_is_taken_whatever_the_spelling_of_the_domain(void **state)
{
    (void)state;
    session_greet(session);
    assert_non_null(strstr(say("EHLO relay.example\r\n"), "250-SMTPUTF8\r\n"));
    assert_begins(say("MAIL FROM:<a@b> BODY=8BITMIME SMTPUTF8\r\n"), "250 ");
    assert_begins(say("RCPT TO:<%s@t\xe3\x80\x82"
                      "example>\r\n"),
                  "250 ");
}

/* What this sends first, then line after line until the session is over, in pieces of so many lines. */
static void send_on(const char *first, unsigned lines)
{
    struct buf piece = buf_new(SINK_BYTES);
    char line[1003];
    memset(line, 'x', 1000);
    memcpy(line + 1000, "\r\n", 3);
    for (unsigned i = 0; i < lines; i++)
        buf_put_text(&piece, line);
    greet_and_hello();
    send_mail("a@b", "%s@t.example", first);
    for (int i = 0; i < 400 && !session_over(session); i++)
        session_feed(session, buf_view(&piece), NOW);
    buf_free(&piece);
}

static void
a_message_over_the_limit_is_refused_before_it_ends_and_its_beginning_is_kept(void **state)
{
    (void)state;
    send_on("Message-ID: <%s@t.example>\r\n\r\n..\r\n", 1);
    assert_true(session_over(session));
    assert_begins(buf_text(session_output(session)), "552 5.3.4 the message is too long AJAR ");
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_MAIL);
    assert_begins(buf_text(&raw), "X-Ajar-Refused: 552 5.3.4 the message is too long; ");
    assert_holds(buf_text(&raw), "@t.example>\r\n\r\n.\r\nxxx");
    assert_in_range(raw.n, SMTP_MESSAGE_LIMIT, SMTP_MESSAGE_LIMIT + 1000);
}

/* In pieces that the connection's own limit would cut. */
static void a_message_over_the_limit_is_kept_however_it_is_cut_into_pieces(void **state)
{
    (void)state;
    send_on("Message-ID: <%s@t.example>\r\n\r\n", 250);
    assert_begins(buf_text(session_output(session)), "552 5.3.4 the message is too long AJAR ");
    assert_int_equal(count, 1);
}

/* The mailbox alone proves nothing. */
static void the_beginning_of_another_mail_is_another_mail(void **state)
{
    (void)state;
    send_on("Subject: x\r\nMessage-ID: <1@b>\r\n\r\n", 1);
    assert_int_equal(count, 1);
    assert_int_equal(receipts[0].kind, RECEIPT_OTHER);
}

static void only_crlf_dot_crlf_ends_a_message(void **state)
{
    (void)state;
    greet_and_hello();
    assert_string_equal(send_mail("a@b", "%s@t.example", "a\n.\nb\r\n.\nc\n.\r\n"), "");
    assert_string_equal(say("MAIL FROM:<evil@b>\r\n"), "");
    assert_begins(say("\r\n.\r\n"), "250 2.0.0 AJAR ");
    assert_int_equal(count, 1);
}

static void the_end_of_a_message_may_come_byte_by_byte(void **state)
{
    (void)state;
    static const char end[] = "text\r\n.\r\n";
    greet_and_hello();
    send_mail("a@b", "%s@t.example", "");
    for (size_t i = 0; i + 1 < sizeof end; i++) {
        assert_int_equal(count, 0);
        session_feed(session, bytes_at(end + i, 1), NOW);
    }
    assert_int_equal(count, 1);
    assert_holds(buf_text(&raw), "\r\ntext\r\n");
}

static void names_of_strangers_can_not_forge_the_trace(void **state)
{
    (void)state;
    session_greet(session);
    say("EHLO evil (1.2.3.4)\tby\x01x\r\n");
    send_mail("a\x80@b", "%s@t.example", "\r\n.\r\n");
    assert_holds(buf_text(&raw), "from evil?(1.2.3.4)?by?x ([198.51.100.7])");
    assert_holds(buf_text(&raw), "Return-Path: <a?@b>");
}

static void the_bytes_of_a_connection_are_bounded(void **state)
{
    (void)state;
    static char line[64 * 1024];
    memset(line, ' ', sizeof line);
    memcpy(line, "GET / HTTP/1.1\r\n", 16);
    for (int i = 0; i < 8; i++)
        session_feed(session, bytes_at(line, sizeof line), NOW);
    assert_true(session_over(session));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_answered_with_token_answer_and_peer),
        TEST(the_receipt_of_a_line_keeps_the_bytes_and_their_digest),
        TEST(a_line_in_pieces_is_the_same_line),
        TEST(a_token_of_another_run_gets_no_answer),
        TEST(a_token_that_came_too_often_gets_no_answer),
        TEST(of_a_mail_of_too_many_lines_the_beginning_is_kept_and_the_next_is_taken),
        TEST(a_question_behind_too_many_lines_gets_no_answer),
        TEST(a_posted_question_before_too_many_lines_gets_no_answer),
        TEST(a_slow_tunnel_gets_its_answer_behind_the_banner),
        TEST(a_line_that_is_none_ends_the_session),
        TEST(a_request_for_the_token_gets_its_page),
        TEST(the_length_is_that_of_the_page),
        TEST(the_absolute_form_is_a_request_too),
        TEST(head_gets_the_head_alone),
        TEST(post_and_put_are_requests_too),
        TEST(a_question_in_a_posted_body_is_a_line),
        TEST(a_question_in_a_chunked_body_is_a_line),
        TEST(a_body_without_a_question_is_not_found),
        TEST(the_fields_of_a_proxy_are_told),
        TEST(the_user_of_an_ftp_proxy_is_a_question),
        TEST(a_request_is_answered_when_its_head_is_complete),
        TEST(another_page_is_not_found),
        TEST(a_tunnel_is_not_opened),
        TEST(a_broken_head_is_refused),
        TEST(a_request_behind_the_banner_still_counts),
        TEST(the_banner_says_what_this_is),
        TEST(mail_to_a_token_mailbox_is_answered_and_kept),
        TEST(a_pipelined_dialogue_is_taken_at_once),
        TEST(a_client_that_talks_mail_first_is_greeted_and_served),
        TEST(other_mailboxes_do_not_exist),
        TEST(a_rewritten_recipient_counts_as_long_as_it_holds_the_token),
        TEST(upper_case_is_the_same_token),
        TEST(the_messages_own_token_gets_a_receipt_too),
        TEST(a_token_that_stands_in_several_places_gets_one_receipt),
        TEST(a_report_to_the_bounce_mailbox_is_a_bounce),
        TEST(a_report_with_a_sender_to_the_bounce_mailbox_is_a_bounce),
        TEST(a_report_without_sender_is_a_bounce),
        TEST(a_mail_is_of_a_kind_by_its_sort_and_its_mailbox),
        TEST(of_a_mail_to_both_mailboxes_that_counts_which_says_more),
        TEST(the_test_message_itself_without_sender_is_mail),
        TEST(commands_out_of_turn_are_refused),
        TEST(ten_recipients_are_enough),
        TEST(the_line_is_a_command_too),
        TEST(a_hundred_commands_are_enough),
        TEST(no_size_is_asked_for_and_one_over_the_limit_is_let_come),
        TEST(internationalised_mail_is_taken_whatever_the_spelling_of_the_domain),
        TEST(a_message_over_the_limit_is_refused_before_it_ends_and_its_beginning_is_kept),
        TEST(a_message_over_the_limit_is_kept_however_it_is_cut_into_pieces),
        TEST(the_beginning_of_another_mail_is_another_mail),
        TEST(only_crlf_dot_crlf_ends_a_message),
        TEST(the_end_of_a_message_may_come_byte_by_byte),
        TEST(names_of_strangers_can_not_forge_the_trace),
        TEST(the_bytes_of_a_connection_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
