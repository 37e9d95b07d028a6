/* Where a member of the table that a script returns stands in it. */
#include "script/lua_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_place(const char *source, const char *path, unsigned line, unsigned column)
{
    unsigned at_line = 0;
    unsigned at_column = 0;
    lua_place_find(bytes_of(source), path, &at_line, &at_column);
    assert_int_equal(at_line, line);
    assert_int_equal(at_column, column);
}

static void a_member_is_found_by_its_path(void **state)
{
    (void)state;
    const char *source =
        "return { code = 'en',\n  messages = {\n    code = 'x', what = { relay = 'y' } } }";
    assert_place(source, "code", 1, 10);
    assert_place(source, "messages", 2, 3);
    assert_place(source, "messages.code", 3, 5);
    assert_place(source, "messages.what.relay", 3, 26);
}

static void so_is_one_whose_key_is_a_text(void **state)
{
    (void)state;
    assert_place("return { causes = { ['no-rule'] = { what = 'x' } } }", "causes.no-rule.what", 1,
                 37);
}

static void a_local_table_of_the_same_name_holds_its_members(void **state)
{
    (void)state;
    const char *source = "local months = { regards = 1 }\nlocal messages = {\n  regards = 'x' }\n"
                         "return { messages = messages }";
    assert_place(source, "messages.regards", 3, 3);
}

static void what_is_missing_stands_where_it_belongs(void **state)
{
    (void)state;
    const char *source =
        "local function f() return 1 end\nreturn {\n  messages = { what = { relay = 'x' } } }";
    assert_place(source, "messages.what.http", 3, 16);
    assert_place(source, "messages.regards", 3, 3);
    assert_place(source, "summary", 2, 1);
    assert_place("", "summary", 1, 1);
}

static void names_that_only_begin_alike_are_others(void **state)
{
    (void)state;
    const char *source = "return { messages = { seen_title = 'a', seen = 'b', see = 'c' } }";
    assert_place(source, "messages.seen", 1, 41);
    assert_place(source, "messages.see", 1, 53);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_found_by_its_path),
        cmocka_unit_test(so_is_one_whose_key_is_a_text),
        cmocka_unit_test(a_local_table_of_the_same_name_holds_its_members),
        cmocka_unit_test(what_is_missing_stands_where_it_belongs),
        cmocka_unit_test(names_that_only_begin_alike_are_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
