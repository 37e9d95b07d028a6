/* Which lines of a tape are read without the JSON library, and that they are read as by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tape/record_shape.h"

#include <stdio.h>
#include <string.h>

static struct buf hold;
static struct buf other;
static struct record record;

static int set_up(void **state)
{
    (void)state;
    hold = buf_new(2 * RECORD_LINE_LIMIT);
    other = buf_new(2 * RECORD_LINE_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&hold);
    buf_free(&other);
    return 0;
}

/* It is read, and as the library reads it. */
static void reads(const char *line)
{
    struct record any;
    struct fail fail;
    if (!record_quick(bytes_of(line), &record, &hold))
        fail_msg("not read: %s", line);
    if (!record_get_any(bytes_of(line), &any, &other, &fail))
        fail_msg("%s: %s", line, fail.text);
    assert_int_equal(record.op, any.op);
    assert_int_equal(record.t, any.t);
    assert_int_equal(record.c, any.c);
    for (unsigned i = 0; i < RECORD_FIELDS; i++)
        assert_true(bytes_equal(*record_slot(&record, i), *record_slot(&any, i)));
}

static void leaves(const char *line)
{
    if (record_quick(bytes_of(line), &record, &hold))
        fail_msg("read: %s", line);
}

static void every_kind_of_record(void **state)
{
    (void)state;
    reads("{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.1:25\"}");
    reads("{\"t\":421,\"op\":\"opened\",\"c\":1,\"from\":\"127.0.0.1:46960\"}");
    assert_int_equal(record.more[0].n, 0);
    reads("{\"t\":421,\"op\":\"opened\",\"c\":1,\"from\":\"\",\"messages\":0}");
    assert_true(bytes_equal_text(record.more[0], "0"));
    reads("{\"t\":0,\"op\":\"end\",\"c\":65535}");
    reads("{\"t\":1,\"op\":\"fail\",\"c\":0,\"code\":\"ETIMEDOUT\",\"text\":\"no answer\"}");
    reads("{\"t\":1,\"op\":\"secured\",\"c\":1,\"version\":\"TLSv1.3\",\"cipher\":\"X\",\"chain\":["
          "]}");
    reads("{\"t\":1,\"op\":\"paused\"}");
    reads(
        "{\"t\":1,\"op\":\"receipt\",\"token\":\"a\",\"kind\":\"mail\",\"peer\":\"b\",\"at\":\"c\","
        "\"digest\":\"d\",\"answer\":\"e\"}");
    assert_int_equal(record.more[5].n, 0);
    reads(
        "{\"t\":1,\"op\":\"receipt\",\"token\":\"a\",\"kind\":\"line\",\"peer\":\"b\",\"at\":\"c\","
        "\"digest\":\"d\",\"answer\":\"e\",\"port\":2663}");
    assert_true(bytes_equal_text(record.more[5], "2663"));
    reads("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"554 no\",\"steps\":[]}");
    reads("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"\",\"steps\":[{\"line\":7,"
          "\"say\":\"yes\"},{\"line\":1048576,\"say\":\"\",\"form\":\"R4\",\"cause\":\"percent-"
          "route\"}]}");
    assert_int_equal(record.more[1].n,
                     strlen("[{\"line\":7,\"say\":\"yes\"},{\"line\":1048576,\"say\":"
                            "\"\",\"form\":\"R4\",\"cause\":\"percent-route\"}]"));
}

static void bytes_with_and_without_escapes(void **state)
{
    (void)state;
    reads("{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"220 "
          "a\\r\\n\\t\\b\\f\\\"\\\\\\/\\u0000\\u00e4\\u00FF\"}");
    static const unsigned char want[] = "220 a\r\n\t\b\f\"\\/\0\xe4\xff";
    assert_true(bytes_equal(record.data, bytes_at(want, sizeof want - 1)));
    reads("{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"\"}");
}

/* All others are left to the library, which knows why they are wrong, or that they are not. */
static void anything_else_is_left(void **state)
{
    (void)state;
    leaves("");
    leaves("{");
    leaves("{\"t\":1,\"op\":\"paused\"} ");
    leaves("{\"t\":1,\"op\":\"paused\",\"x\":1}");
    leaves("{ \"t\":1,\"op\":\"paused\"}");
    leaves("{\"op\":\"paused\",\"t\":1}");
    leaves("{\"t\":01,\"op\":\"paused\"}");
    leaves("{\"t\":-1,\"op\":\"paused\"}");
    leaves("{\"t\":1e3,\"op\":\"paused\"}");
    leaves("{\"t\":99999999999999999999,\"op\":\"paused\"}");
    leaves("{\"t\":1,\"op\":\"dance\"}");
    leaves("{\"t\":1,\"op\":\"end\",\"c\":0}");
    leaves("{\"t\":1,\"op\":\"end\",\"c\":65536}");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"\\u0100\"}");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"\\x\"}");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"\xc3\xa4\"}");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"a\nb\"}");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"\\u00");
    leaves("{\"t\":1,\"op\":\"note\",\"data\":\"a\\");
    leaves("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"a\",\"reason\":\"b\",\"steps\":[,]}");
    leaves("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"a\",\"reason\":\"b\",\"steps\":[{\"line\":1,"
           "\"say\":\"\"},]}");
    leaves("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"a\",\"reason\":\"b\",\"steps\":[{\"line\":0,"
           "\"say\":\"\"}]}");
    leaves("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"a\",\"reason\":\"b\",\"steps\":[{\"line\":1,"
           "\"say\":\"\\n\"}]}");
    leaves("{\"t\":1,\"op\":\"verdict\",\"verdict\":\"a\",\"reason\":\"b\",\"steps\":[{\"line\":1,"
           "\"say\":\"\","
           "\"form\":\"a b\",\"cause\":\"c\"}]}");
    leaves("{\"t\":1,\"op\":\"secured\",\"c\":1,\"version\":\"\",\"cipher\":\"\",\"chain\":["
           "\"AAAA\"]}");
}

/* Whatever is cut off somewhere is not read. */
static void no_beginning_of_a_line_is_read(void **state)
{
    (void)state;
    static const char line[] =
        "{\"t\":1,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"a\\u00e4\","
        "\"steps\":[{\"line\":7,\"say\":\"b\"}]}";
    for (size_t n = 0; n < sizeof line - 1; n++)
        assert_false(record_quick(bytes_at(line, n), &record, &hold));
    reads(line);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_record),
        TEST(bytes_with_and_without_escapes),
        TEST(anything_else_is_left),
        TEST(no_beginning_of_a_line_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
