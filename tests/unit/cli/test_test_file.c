/* Tests of a pack: what is read of them, where faults are told, and how a result and its tape are held against them. */
#include "cli/test_held.h"

#include "tape/record.h"
#include "tape/tape_head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What was told: "LINE:COLUMN: WORDS\n", and what follows it. */
struct told {
    char text[4000];
    size_t n;
};

static void on_held(void *arg, unsigned line, unsigned column, const char *words, const char *more)
{
    struct told *t = arg;
    t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, "%u:%u: %s\n%s", line, column,
                             words, more);
}

static void on_fault(void *arg, unsigned line, unsigned column, const char *words)
{
    on_held(arg, line, column, words, "");
}

static void faults_are(const char *text, const char *expected)
{
    struct told t = {.n = 0};
    struct test_file *f = test_file_read(bytes_of(text), on_fault, &t);
    assert_null(f);
    assert_string_equal(t.text, expected);
}

#define RUN "{\"test\":1,\"runs\":[{\"scenario\":\"s\",\"probe\":\"relay/p\","

static void each_fault_is_told_where_it_stands(void **state)
{
    (void)state;
    faults_are(
        "{\"test\":1,\n \"runs\":[\n  7,\n  {\"scenario\":\"s\", \"verdict\":\"shut\",\n"
        "   \"sends\":[\"A\",\n    \"\"], \"sent\":[]}]}",
        "3:3: an object is wanted: {\"scenario\": …, \"probe\": …, \"verdict\": …}\n"
        "4:3: probe is missing, or no name of at most 60 bytes\n"
        "4:20: verdict: there are open, suspect, closed, unreachable, inconclusive and error\n"
        "6:5: sends: a line of 1 to 400 printable bytes is wanted\n"
        "6:10: sent: there is no such member\n");
    faults_are("{\"test\":2,\"run\":[]}", "1:11: run: there is no such member\n"
                                          "1:2: test: the format's number is wanted, 1\n"
                                          "1:1: runs: a list of 1 to 100 is wanted\n");
    faults_are(RUN "\"reason\":\"a\\u001b[m\"}]}",
               "1:53: reason: a line of 1 to 400 printable bytes is wanted\n");
}

static void one_that_asks_for_nothing_is_no_test(void **state)
{
    (void)state;
    faults_are("{\"test\":1,\"runs\":[{\"scenario\":\"s\",\"probe\":\"relay/p\"}]}",
               "1:19: it asks for nothing: verdict, reason, steps, sends or never is wanted\n");
}

static void what_is_no_json_is_told_at_its_byte(void **state)
{
    (void)state;
    faults_are("{\n \"test\": 1,\n", "3:1: no JSON object: string or '}' expected near end of file "
                                     "(byte 14)\n");
    faults_are("[]", "1:1: no JSON object\n");
}

static void a_file_has_its_limit(void **state)
{
    (void)state;
    struct buf text = buf_new(TEST_FILE_LIMIT + 1);
    while (text.n <= TEST_FILE_LIMIT)
        buf_put_byte(&text, ' ');
    faults_are(buf_text(&text), "1:1: a test may have 65536 bytes\n");
    buf_free(&text);
}

/* ---- held ---- */

static void put(struct buf *tape, enum record_op op, const char *data)
{
    struct record r = {.op = op, .c = 1, .data = bytes_of(data)};
    assert_true(record_put(tape, &r));
}

static struct buf a_tape(void)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    struct tape_head head = {.probe = bytes_of("relay/p"), .pack = bytes_of("a/b@1.0.0")};
    assert_true(addr_parse(bytes_of("192.0.2.1:25"), &head.target));
    assert_true(tape_head_put(&tape, &head));
    put(&tape, RECORD_OPEN, "192.0.2.1:25");
    put(&tape, RECORD_OPENED, "203.0.113.7:41000");
    put(&tape, RECORD_RECV, "220 DATA\r\n");
    put(&tape, RECORD_SEND, "EHLO me\r\n");
    put(&tape, RECORD_SEND, "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n");
    put(&tape, RECORD_SEND, "\x05\x01");
    struct record verdict = {
        .op = RECORD_VERDICT, .data = bytes_of("closed"), .more = {bytes_of("554 no")}};
    assert_true(record_put(&tape, &verdict));
    return tape;
}

/* What is told of a run that asks for this, on line 2, against a result and the tape above. */
static void held(const char *asks, const char *expected)
{
    char text[1000];
    struct told t = {.n = 0};
    struct buf tape = a_tape();
    json_t *result =
        json_pack("{s:s,s:s,s:[{s:i,s:s},{s:i,s:s}]}", "verdict", "closed", "reason", "554 no",
                  "steps", "line", 6, "say", "greeted", "line", 8, "say", "554 no");
    snprintf(text, sizeof text, RUN "\n%s}]}", asks);
    struct test_file *f = test_file_read(bytes_of(text), on_fault, &t);
    assert_non_null(f);
    unsigned n = test_held(f, 0, result, buf_view(&tape), on_held, &t);
    assert_string_equal(t.text, expected);
    assert_int_equal(n > 0, expected[0] != '\0');
    test_file_free(f);
    json_decref(result);
    buf_free(&tape);
}

static void verdict_and_reason(void **state)
{
    (void)state;
    held("\"verdict\":\"closed\",\"reason\":\"55* no\"", "");
    held("\"reason\":\"550 *\"", "2:1: s, relay/p: reason: expected \"550 *\", got \"554 no\"\n");
    /* Of another verdict nothing else is told. */
    held("\"verdict\":\"open\",\"reason\":\"x\",\"sends\":[\"x\"]",
         "2:1: s, relay/p: verdict: expected open, got closed: 554 no\n");
}

static void steps_in_their_order(void **state)
{
    (void)state;
    held("\"steps\":[\"greeted\",\"554 *\"]", "");
    held("\"steps\":[\"554 *\"]", "");
    held("\"steps\":[\"554 *\",\"greeted\"]",
         "2:18: s, relay/p: steps: there is no \"greeted\" behind those before it; its steps are\n"
         "       6  greeted\n"
         "       8  554 no\n");
}

/* Rows as `ajar show` has them: a line each, bytes that are no text escaped. What the server sends is not looked at. */
static void what_it_sends_in_its_order(void **state)
{
    (void)state;
    held("\"sends\":[\"EHLO *\",\"RCPT TO:<*>\",\"\\\\x05\\\\x01\"],\"never\":[\"DATA\",\"220*\"]",
         "");
    held("\"sends\":[\"RCPT*\",\"MAIL*\"]",
         "2:18: s, relay/p: sends: there is no \"MAIL*\" behind those before it; it sends\n"
         "       5  EHLO me\n"
         "       6  MAIL FROM:<a@b>\n"
         "       6  RCPT TO:<c@d>\n"
         "       7  \\x05\\x01\n");
    held("\"never\":[\"DATA\",\"MAIL*\"]", "2:17: s, relay/p: never: it sends \"MAIL*\"\n"
                                           "       6  MAIL FROM:<a@b>\n");
}

static void a_star_stands_for_any_bytes(void **state)
{
    static const struct {
        const char *text, *pattern;
        bool matches;
    } cases[] = {
        {"", "", true},       {"a", "", false},      {"", "*", true},         {"", "**", true},
        {"abc", "a*c", true}, {"abc", "a*b", false}, {"abcbc", "a*bc", true}, {"abc", "abc*", true},
        {"a?c", "a?c", true}, {"abc", "a?c", false}, {"aab", "*ab", true},    {"ab", "*abc", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(test_held_matches(bytes_of(cases[i].text), bytes_of(cases[i].pattern)),
                         cases[i].matches);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_is_told_where_it_stands),
        cmocka_unit_test(one_that_asks_for_nothing_is_no_test),
        cmocka_unit_test(what_is_no_json_is_told_at_its_byte),
        cmocka_unit_test(a_file_has_its_limit),
        cmocka_unit_test(verdict_and_reason),
        cmocka_unit_test(steps_in_their_order),
        cmocka_unit_test(what_it_sends_in_its_order),
        cmocka_unit_test(a_star_stands_for_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
