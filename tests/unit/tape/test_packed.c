#include "tape/packed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct buf packed;
static struct buf lines;

static int begin(void **state)
{
    (void)state;
    packed = buf_new(TAPE_LIMIT);
    lines = buf_new(TAPE_LIMIT);
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_free(&packed);
    buf_free(&lines);
    return 0;
}

static void becomes(const char *text)
{
    assert_true(packed_lines(buf_view(&packed), &lines));
    assert_int_equal(lines.n, strlen(text));
    assert_memory_equal(lines.p, text, lines.n);
}

static void nothing_becomes_no_lines(void **state)
{
    (void)state;
    becomes("");
}

static void records_become_the_lines_that_record_put_writes(void **state)
{
    (void)state;
    struct record send = {
        .op = RECORD_SEND, .t = 300, .c = 1, .data = bytes_at("EHLO \0\xff\r\n", 9)};
    struct record end = {.op = RECORD_END, .t = 127, .c = 200};
    struct record fail = {.op = RECORD_FAIL, .t = 128, .data = bytes_of("EOF"), .more = {{0}}};
    struct record verdict = {.op = RECORD_VERDICT,
                             .t = INT64_C(86400000000),
                             .data = bytes_of("closed"),
                             .more = {bytes_of(""), bytes_of("[{\"line\":2,\"say\":\"no\"}]")}};
    assert_true(packed_put(&packed, &send));
    assert_true(packed_put(&packed, &end));
    assert_true(packed_put(&packed, &fail));
    assert_true(packed_put(&packed, &verdict));
    becomes("{\"t\":300,\"op\":\"send\",\"c\":1,\"data\":\"EHLO \\u0000\\u00ff\\r\\n\"}\n"
            "{\"t\":127,\"op\":\"end\",\"c\":200}\n"
            "{\"t\":128,\"op\":\"fail\",\"c\":0,\"code\":\"EOF\",\"text\":\"\"}\n"
            "{\"t\":86400000000,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"\","
            "\"steps\":[{\"line\":2,\"say\":\"no\"}]}\n");
}

static void every_op_and_all_its_fields_come_back(void **state)
{
    (void)state;
    struct record r = {
        .t = INT64_MAX,
        .c = 65535,
        .data = bytes_of("a"),
        .more = {bytes_of("b"), bytes_of(""), bytes_of("d"), bytes_of("e"), bytes_of("f")}};
    for (unsigned op = 0; op < RECORD_OPS; op++) {
        r.op = (enum record_op)op;
        assert_true(packed_put(&packed, &r));
    }
    struct bytes rest = buf_view(&packed);
    for (unsigned op = 0; op < RECORD_OPS; op++) {
        struct record got = packed_take(&rest);
        assert_int_equal(got.op, op);
        assert_true(got.t == r.t && got.c == r.c && bytes_equal(got.data, r.data));
        for (unsigned i = 0; i < 5; i++)
            assert_true(bytes_equal(got.more[i], r.more[i]));
    }
    assert_int_equal(rest.n, 0);
}

static void what_finds_no_room_leaves_nothing(void **state)
{
    (void)state;
    struct record note = {.op = RECORD_NOTE, .data = bytes_of("a remark")};
    packed.limit = 15;
    assert_true(packed_put(&packed, &note));
    size_t before = packed.n;
    assert_false(packed_put(&packed, &note));
    assert_int_equal(packed.n, before);
    assert_false(packed.overflow);
}

static void lines_that_find_no_room_are_told(void **state)
{
    (void)state;
    struct record note = {.op = RECORD_NOTE, .data = bytes_of("a remark")};
    assert_true(packed_put(&packed, &note));
    lines.limit = 10;
    assert_false(packed_lines(buf_view(&packed), &lines));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_becomes_no_lines, begin, end),
        cmocka_unit_test_setup_teardown(records_become_the_lines_that_record_put_writes, begin,
                                        end),
        cmocka_unit_test_setup_teardown(every_op_and_all_its_fields_come_back, begin, end),
        cmocka_unit_test_setup_teardown(what_finds_no_room_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(lines_that_find_no_room_are_told, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
