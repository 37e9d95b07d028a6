/* A receipt's bytes, looked at without the run's key. That all that the sink keeps passes, test_session.c asks of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sink/kept.h"

#include <stdio.h>
#include <string.h>

#define TOKEN  "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define SECOND "mfrggzdfmztwq2ls75sxg5lqobyxe43u" /* of the same job */
#define OTHER  "nbswy3dpeb3w64tmmqqho33snrscc5dh"

#define TRACE(mailbox)                                                                             \
    "Return-Path: <bounce-" TOKEN "@t.example>\r\n"                                                \
    "X-Ajar-Rcpt-To: <" mailbox "@t.example>\r\n"                                                  \
    "Received: from mail.example ([192.0.2.30])\r\n\tby t.example ([192.0.2.1])\r\n"               \
    "\twith ESMTP;\r\n\tTue, 24 Nov 2026 02:10:29 +0000\r\n"
#define TEST                                                                                       \
    "From: <bounce-" TOKEN "@t.example>\r\nMessage-ID: <" TOKEN "@t.example>\r\n"                  \
    "X-Ajar-Token: " TOKEN "\r\nSubject: test\r\n\r\nThis is a test.\r\n"

static const char *flaw_of(enum receipt_kind kind, const char *raw)
{
    struct receipt said = {.kind = kind, .port = 2600};
    assert_true(token_parse(bytes_of(TOKEN), &said.token));
    assert_true(addr_parse(bytes_of("192.0.2.30:7"), &said.peer));
    assert_true(time_parse(bytes_of("2026-11-24T02:10:29.500000Z"), &said.at));
    return kept_flaw(&said, bytes_of(raw));
}

static void passes(enum receipt_kind kind, const char *raw)
{
    const char *flaw = flaw_of(kind, raw);
    if (flaw)
        fail_msg("%s", flaw);
}

static void fails(enum receipt_kind kind, const char *raw, const char *flaw)
{
    const char *found = flaw_of(kind, raw);
    assert_non_null(found);
    assert_string_equal(found, flaw);
}

static void the_test_message_below_its_trace(void **state)
{
    (void)state;
    passes(RECEIPT_MAIL, TRACE(TOKEN) TEST);
    passes(RECEIPT_MAIL, TRACE("MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U") TEST);
    passes(RECEIPT_MAIL,
           "X-Ajar-Refused: 552 5.3.4 too many lines; this is its beginning\r\n" TRACE(TOKEN) TEST);
}

static void a_message_id_that_a_desk_has_made_of_ours(void **state)
{
    (void)state;
    fails(RECEIPT_MAIL, TRACE(TOKEN) "Message-ID: <" TOKEN "@desk.example>\r\n\r\nThanks.\r\n",
          "a mail that others have written, not the test message");
}

static void a_token_alone_or_what_somebody_has_typed(void **state)
{
    (void)state;
    static const char flaw[] =
        "a file without the trace that ajar's receiver writes on top of a mail";
    fails(RECEIPT_MAIL, TOKEN "\n", flaw);
    fails(RECEIPT_MAIL, "Received: from evil\r\n\r\n" TOKEN "\r\n", flaw);
    fails(RECEIPT_MAIL, "X: " TRACE(TOKEN) TEST, flaw);
    fails(RECEIPT_MAIL, TEST, flaw);
    fails(RECEIPT_MAIL, "", flaw);
}

static void a_trace_of_another_peer_or_time(void **state)
{
    (void)state;
    static const char flaw[] = "a mail whose trace names another peer or time";
    char raw[2000];
    snprintf(raw, sizeof raw, "%s", TRACE(TOKEN) TEST);
    strstr(raw, "192.0.2.30")[9] = '1';
    fails(RECEIPT_MAIL, raw, flaw);
    snprintf(raw, sizeof raw, "%s", TRACE(TOKEN) TEST);
    strstr(raw, "02:10:29")[7] = '8';
    fails(RECEIPT_MAIL, raw, flaw);
}

#define REPORT                                                                                     \
    "From: MAILER-DAEMON@mail.example\r\nSubject: Undelivered\r\n"                                 \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"              \
    "--b\r\nAction: failed\r\n\r\n--b\r\n" TEST

static void a_bounce_is_not_the_test_message(void **state)
{
    (void)state;
    fails(RECEIPT_MAIL, TRACE(TOKEN) REPORT,
          "a mail that others have written, not the test message");
    fails(RECEIPT_MAIL, TRACE("bounce-" TOKEN) TEST,
          "a mail that others have written, not the test message");
    passes(RECEIPT_REPORT, TRACE(TOKEN) REPORT);
    passes(RECEIPT_BOUNCE, TRACE("bounce-" TOKEN) REPORT);
    passes(RECEIPT_BOUNCE, TRACE("bounce-" TOKEN) TEST);
}

static void a_proof_is_not_called_a_bounce(void **state)
{
    (void)state;
    fails(RECEIPT_BOUNCE, TRACE(TOKEN) TEST, "the test message, which proves a relay");
}

static void the_message_of_another_test(void **state)
{
    (void)state;
    fails(RECEIPT_MAIL, TRACE(OTHER) "Message-ID: <" OTHER "@t.example>\r\n\r\n" OTHER "\r\n",
          "a mail to another mailbox, and of another test");
    fails(RECEIPT_MAIL, TRACE(TOKEN) "Message-ID: <" SECOND "@t.example>\r\n\r\n" TOKEN "\r\n",
          "a mail that others have written, not the test message");
}

static void a_message_at_a_mailbox_that_a_relay_has_rewritten(void **state)
{
    (void)state;
    passes(RECEIPT_MAIL, TRACE(OTHER) TEST);
}

static void a_line_to_its_end(void **state)
{
    (void)state;
    static const char flaw[] = "a file that is not the question for its token, up to the end of it";
    passes(RECEIPT_LINE, "AJAR " TOKEN "\r\n");
    passes(RECEIPT_LINE, "USER " TOKEN "\r\n");
    passes(RECEIPT_LINE, "HELO x\r\nAJAR " TOKEN "\r\n");
    passes(RECEIPT_LINE,
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 39\r\n\r\nAJAR " TOKEN "\r\n");
    fails(RECEIPT_LINE, TOKEN "\n", flaw);
    fails(RECEIPT_LINE, "AJAR " TOKEN, flaw);
    fails(RECEIPT_LINE, "AJAR " TOKEN "\r\nmore\r\n", flaw);
    fails(RECEIPT_LINE, "AJAR " OTHER "\r\n", flaw);
    fails(RECEIPT_LINE, "AJAR " SECOND "\r\n", flaw);
}

static void a_request_to_the_end_of_its_head(void **state)
{
    (void)state;
    static const char flaw[] = "a file that is no request for its token, up to the end of the head";
    passes(RECEIPT_HTTP, "GET /" TOKEN " HTTP/1.1\r\nHost: x\r\n\r\n");
    passes(RECEIPT_HTTP, "GET http://192.0.2.1/" TOKEN " HTTP/1.0\r\n\r\n");
    fails(RECEIPT_HTTP, "GET / HTTP/1.1\r\nHost: " TOKEN "\r\n\r\n", flaw);
    fails(RECEIPT_HTTP, "GET /" TOKEN " HTTP/1.1\r\nHost: x\r\n", flaw);
    fails(RECEIPT_HTTP, "AJAR " TOKEN "\r\n", flaw);
    fails(RECEIPT_LINE, "GET /" TOKEN " HTTP/1.1\r\nHost: x\r\n\r\n",
          "a file that is not the question for its token, up to the end of it");
}

static void a_datagram(void **state)
{
    (void)state;
    passes(RECEIPT_DATAGRAM, "AJAR " TOKEN "\r\n");
    fails(RECEIPT_DATAGRAM, "AJAR " TOKEN " and more\r\n",
          "a file that is not the question for its token, up to the end of it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_test_message_below_its_trace),
        cmocka_unit_test(a_message_id_that_a_desk_has_made_of_ours),
        cmocka_unit_test(a_token_alone_or_what_somebody_has_typed),
        cmocka_unit_test(a_trace_of_another_peer_or_time),
        cmocka_unit_test(a_bounce_is_not_the_test_message),
        cmocka_unit_test(a_proof_is_not_called_a_bounce),
        cmocka_unit_test(the_message_of_another_test),
        cmocka_unit_test(a_message_at_a_mailbox_that_a_relay_has_rewritten),
        cmocka_unit_test(a_line_to_its_end),
        cmocka_unit_test(a_request_to_the_end_of_its_head),
        cmocka_unit_test(a_datagram),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
