#include "notice/cells.h"

#include "notice_test.h"

static void assert_rows(const char *cells, size_t columns, bool rtl, const char *wanted)
{
    struct buf out = buf_new(4096);
    json_t *json = json_loads(cells, 0, NULL);
    assert_true(cells_are_well(json));
    for (size_t i = 0; i < json_array_size(json); i++)
        cells_put(&out, json, i, columns, rtl);
    assert_string_equal(buf_text(&out), wanted);
    json_decref(json);
    buf_free(&out);
}

static void assert_no_table(const char *cells)
{
    json_t *json = json_loads(cells, 0, NULL);
    assert_false(cells_are_well(json));
    json_decref(json);
}

static void cells_stand_below_each_other(void **state)
{
    (void)state;
    assert_rows("[[\"Address\",\"Port\"],[\"192.0.2.1\",\"25\"],[\"::1\",\"1080\"]]", 76, false,
                "Address    Port\n192.0.2.1  25\n::1        1080\n");
}

static void wide_characters_take_two_columns(void **state)
{
    (void)state;
    assert_rows("[[\"地址\",\"x\"],[\"a\",\"y\"]]", 76, false, "地址  x\na     y\n");
}

static void what_has_no_room_stands_on_a_line_of_its_own(void **state)
{
    (void)state;
    assert_rows("[[\"A\",\"B\",\"C\"],[\"1234567890\",\"1234567890\",\"12345\"]]", 22, false,
                "A           B\n    C\n1234567890  1234567890\n    12345\n");
}

static void no_line_ends_with_blanks(void **state)
{
    (void)state;
    assert_rows("[[\"A\",\"B\"],[\"x\",\"\"]]", 76, false, "A  B\nx\n");
}

static void from_right_to_left_each_cell_keeps_its_own_direction(void **state)
{
    (void)state;
    assert_rows("[[\"ميناء\",\"2026-11-24\"]]", 76, true, "ميناء  \u20662026-11-24\u2069\n");
}

static void what_is_no_table_is_none(void **state)
{
    (void)state;
    assert_no_table("[]");
    assert_no_table("{}");
    assert_no_table("[[]]");
    assert_no_table("[[\"a\",\"b\"],[\"a\"]]");
    assert_no_table("[[\"a\"],[1]]");
    assert_no_table("[[\"a\\nb\"]]");
    assert_no_table("[[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_stand_below_each_other),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(what_has_no_room_stands_on_a_line_of_its_own),
        cmocka_unit_test(no_line_ends_with_blanks),
        cmocka_unit_test(from_right_to_left_each_cell_keeps_its_own_direction),
        cmocka_unit_test(what_is_no_table_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
