#include "tape/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HOLD = 2 * RECORD_LINE_LIMIT };

static void assert_text(struct bytes b, const char *text)
{
    assert_int_equal(b.n, strlen(text));
    assert_memory_equal(b.p, text, b.n);
}

/* The line that record_put writes for r, in memory that the caller frees. */
static char *written(const struct record *r)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    assert_true(record_put(&tape, r));
    char *line = strdup(buf_text(&tape));
    buf_free(&tape);
    return line;
}

static void assert_written(const struct record *r, const char *line)
{
    char *got = written(r);
    assert_string_equal(got, line);
    free(got);
}

/* Reads a line and writes it again: the same bytes must come out. */
static void assert_round_trip(const char *line)
{
    struct buf hold = buf_new(HOLD);
    struct record r;
    struct fail fail = {0};
    struct bytes all = bytes_of(line);
    if (!record_get(bytes_slice(all, 0, all.n - 1), &r, &hold, &fail))
        fail_msg("%s", fail.text);
    assert_written(&r, line);
    buf_free(&hold);
}

static void assert_refused(struct bytes line, const char *because)
{
    struct buf hold = buf_new(HOLD);
    struct record r;
    struct fail fail = {0};
    assert_false(record_get(line, &r, &hold, &fail));
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", fail.text, because);
    buf_free(&hold);
}

static void received_bytes_stand_in_data(void **state)
{
    (void)state;
    struct record r = {.op = RECORD_RECV, .t = 80, .c = 1, .data = bytes_of("220 mx.example\r\n")};
    assert_written(&r, "{\"t\":80,\"op\":\"recv\",\"c\":1,\"data\":\"220 mx.example\\r\\n\"}\n");
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    unsigned char all[256];
    for (unsigned i = 0; i < 256; i++)
        all[i] = (unsigned char)i;
    struct record r = {.op = RECORD_SEND, .c = 2, .data = bytes_at(all, sizeof all)};
    char *line = written(&r);
    struct buf hold = buf_new(HOLD);
    struct record again;
    struct fail fail = {0};
    assert_true(record_get(bytes_slice(bytes_of(line), 0, strlen(line) - 1), &again, &hold, &fail));
    assert_int_equal(again.data.n, 256);
    assert_memory_equal(again.data.p, all, 256);
    buf_free(&hold);
    free(line);
}

static void fields_are_read_in_the_order_of_the_header(void **state)
{
    (void)state;
    struct buf hold = buf_new(HOLD);
    struct record r;
    struct fail fail = {0};
    const char *line = "{\"t\":9,\"op\":\"receipt\",\"token\":\"k7\",\"kind\":\"mail\","
                       "\"peer\":\"127.0.0.1:4\",\"at\":\"2026-11-24T02:10:16.123456Z\","
                       "\"digest\":\"9f\",\"answer\":\"\"}";
    assert_true(record_get(bytes_of(line), &r, &hold, &fail));
    assert_int_equal(r.op, RECORD_RECEIPT);
    assert_int_equal(r.t, 9);
    assert_text(r.data, "k7");
    assert_text(r.more[0], "mail");
    assert_text(r.more[1], "127.0.0.1:4");
    assert_text(r.more[2], "2026-11-24T02:10:16.123456Z");
    assert_text(r.more[3], "9f");
    assert_text(r.more[4], "");
    buf_free(&hold);
}

static void every_op_comes_back_as_it_was_written(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"t\":0,\"op\":\"open\",\"c\":1,\"to\":\"127.0.0.1:25\"}\n",
        "{\"t\":1,\"op\":\"opened\",\"c\":1,\"from\":\"[::1]:40000\"}\n",
        "{\"t\":1,\"op\":\"opened\",\"c\":1,\"from\":\"\",\"messages\":0}\n",
        "{\"t\":1,\"op\":\"opened\",\"c\":1,\"from\":\"[::1]:40000\",\"messages\":65535}\n",
        "{\"t\":2,\"op\":\"send\",\"c\":1,\"data\":\"\\u0005\\u0001\\u0000\"}\n",
        "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"\\u00ff\\\"\\\\\"}\n",
        "{\"t\":4,\"op\":\"end\",\"c\":1}\n",
        "{\"t\":5,\"op\":\"fail\",\"c\":0,\"code\":\"ETIMEDOUT\",\"text\":\"no receipt\"}\n",
        "{\"t\":6,\"op\":\"secure\",\"c\":1,\"data\":\"mx.example\"}\n",
        "{\"t\":7,\"op\":\"secured\",\"c\":1,\"version\":\"TLSv1.3\",\"cipher\":\"X\","
        "\"chain\":[\"MIIB\",\"AA==\"]}\n",
        "{\"t\":7,\"op\":\"secured\",\"c\":1,\"version\":\"\",\"cipher\":\"\",\"chain\":[]}\n",
        "{\"t\":8,\"op\":\"close\",\"c\":65535}\n",
        "{\"t\":9,\"op\":\"token\",\"data\":\"k7\"}\n",
        "{\"t\":10,\"op\":\"now\",\"data\":\"2026-11-24T02:10:16.123456Z\"}\n",
        "{\"t\":11,\"op\":\"paused\"}\n",
        "{\"t\":12,\"op\":\"receipt\",\"token\":\"k7\",\"kind\":\"line\",\"peer\":\"::1\","
        "\"at\":\"\",\"digest\":\"\",\"answer\":\"a\"}\n",
        "{\"t\":12,\"op\":\"receipt\",\"token\":\"k7\",\"kind\":\"line\",\"peer\":\"::1\","
        "\"at\":\"\",\"digest\":\"\",\"answer\":\"a\",\"port\":65535}\n",
        "{\"t\":13,\"op\":\"note\",\"data\":\"caf\\u00c3\\u00a9\"}\n",
        "{\"t\":9223372036854775807,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"r\","
        "\"steps\":[{\"line\":1,\"say\":\"\xc3\xa5\\u0007pen\"},{\"line\":9,\"say\":\"\"},"
        "{\"line\":9,\"say\":\"S4\",\"form\":\"S4\",\"cause\":\"null-sender\"}]}\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_round_trip(lines[i]);
}

static void a_list_that_was_not_given_is_empty(void **state)
{
    (void)state;
    struct record r = {.op = RECORD_VERDICT, .data = bytes_of("open"), .more = {bytes_of("r")}};
    assert_written(&r, "{\"t\":0,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"r\","
                       "\"steps\":[]}\n");
}

static void a_line_that_does_not_fit_leaves_no_half_line(void **state)
{
    (void)state;
    struct buf tape = buf_new(100);
    struct record r = {.op = RECORD_NOTE, .data = bytes_of("short")};
    assert_true(record_put(&tape, &r));
    size_t before = tape.n;
    char text[80];
    memset(text, 'x', sizeof text);
    r.data = bytes_at(text, sizeof text);
    assert_false(record_put(&tape, &r));
    assert_int_equal(tape.n, before);
    buf_free(&tape);
}

static void a_line_over_the_limit_is_not_written(void **state)
{
    (void)state;
    size_t n = RECORD_LINE_LIMIT / 6; /* each byte takes six characters */
    unsigned char *zeros = calloc(n, 1);
    struct buf tape = buf_new(2 * TAPE_LIMIT);
    struct record r = {.op = RECORD_NOTE, .data = bytes_at(zeros, n)};
    assert_false(record_put(&tape, &r));
    assert_int_equal(tape.n, 0);
    buf_free(&tape);
    free(zeros);
}

static void bent_lines_are_refused_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *because;
    } bent[] = {
        {"", "no JSON"},
        {"{\"t\":1,\"op\":\"paused\"", "no JSON"},
        {"{\"t\":1,\"op\":\"paused\"} x", "no JSON"},
        {"[1]", "no JSON object"},
        {"{\"t\":1,\"t\":1,\"op\":\"paused\"}", "duplicate"},
        {"{\"op\":\"paused\"}", "\"t\" is missing"},
        {"{\"t\":-1,\"op\":\"paused\"}", "\"t\" is -1"},
        {"{\"t\":1.0,\"op\":\"paused\"}", "\"t\" is no whole number"},
        {"{\"t\":\"1\",\"op\":\"paused\"}", "\"t\" is no whole number"},
        {"{\"t\":9223372036854775808,\"op\":\"paused\"}", "no JSON"},
        {"{\"t\":1}", "\"op\" is missing"},
        {"{\"t\":1,\"op\":1}", "\"op\" is no string"},
        {"{\"t\":1,\"op\":\"paused\\u0000\"}", "not known"},
        {"{\"t\":1,\"op\":\"dance\"}", "\"dance\" is not known"},
        {"{\"t\":1,\"op\":\"paused\",\"x\":1}", "3 fields where 2 belong"},
        {"{\"t\":1,\"op\":\"token\",\"c\":1,\"data\":\"\"}", "4 fields where 3 belong"},
        {"{\"t\":1,\"op\":\"end\"}", "\"c\" is missing"},
        {"{\"t\":1,\"op\":\"end\",\"c\":0}", "\"c\" is 0"},
        {"{\"t\":1,\"op\":\"end\",\"c\":65536}", "\"c\" is 65536"},
        {"{\"t\":1,\"op\":\"recv\",\"c\":1}", "\"data\" is missing"},
        {"{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":null}", "\"data\" is no string"},
        {"{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"\\u0100\"}", "above U+00FF"},
        {"{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"\xe2\x82\xac\"}", "above U+00FF"},
        {"{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"\xff\"}", "no JSON"},
        {"{\"t\":1,\"op\":\"secured\",\"c\":1,\"version\":\"\",\"cipher\":\"\",\"chain\":{}}",
         "no list"},
        {"{\"t\":1,\"op\":\"secured\",\"c\":1,\"version\":\"\",\"cipher\":\"\",\"chain\":[1]}",
         "base64"},
        {"{\"t\":1,\"op\":\"secured\",\"c\":1,\"version\":\"\",\"cipher\":\"\","
         "\"chain\":[\"A===\"]}",
         "base64"},
        {"{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\",\"steps\":[1]}",
         "\"steps\""},
        {"{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\","
         "\"steps\":[{\"line\":0,\"say\":\"\"}]}",
         "\"line\" is 0"},
        {"{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\","
         "\"steps\":[{\"line\":1,\"say\":\"\",\"x\":1}]}",
         "\"steps\""},
        {"{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\","
         "\"steps\":[{\"line\":1,\"say\":\"\",\"form\":\"S4\"}]}",
         "\"steps\""},
        {"{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\","
         "\"steps\":[{\"line\":1,\"say\":\"\",\"form\":\"S4\",\"cause\":\"a b\"}]}",
         "\"steps\""},
    };
    for (size_t i = 0; i < sizeof bent / sizeof bent[0]; i++)
        assert_refused(bytes_of(bent[i].line), bent[i].because);
}

static void a_line_longer_than_the_limit_is_refused_unread(void **state)
{
    (void)state;
    char *line = malloc(RECORD_LINE_LIMIT + 1);
    memset(line, ' ', RECORD_LINE_LIMIT + 1);
    assert_refused(bytes_at(line, RECORD_LINE_LIMIT + 1), "more than the");
    free(line);
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char *line = malloc(100000);
    memset(line, '[', 100000);
    assert_refused(bytes_at(line, 100000), "no JSON");
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(received_bytes_stand_in_data),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(fields_are_read_in_the_order_of_the_header),
        cmocka_unit_test(every_op_comes_back_as_it_was_written),
        cmocka_unit_test(a_list_that_was_not_given_is_empty),
        cmocka_unit_test(a_line_that_does_not_fit_leaves_no_half_line),
        cmocka_unit_test(a_line_over_the_limit_is_not_written),
        cmocka_unit_test(bent_lines_are_refused_with_a_reason),
        cmocka_unit_test(a_line_longer_than_the_limit_is_refused_unread),
        cmocka_unit_test(deep_nesting_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
