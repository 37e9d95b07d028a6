/* What annotations say of a name. Those here are made up: the API's own may call nothing deprecated. */
#include "script/annotations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char annotations[] = "---Waits.\n"
                                  "---@deprecated take `ajar.sleep`\n"
                                  "---@param seconds number\n"
                                  "function ajar.wait(seconds) end\n"
                                  "\n"
                                  "---Waits.\n"
                                  "---@since 3\n"
                                  "function ajar.sleep(seconds) end\n"
                                  "\n"
                                  "---@deprecated nobody has these\n"
                                  "---@since 2\n"
                                  "ajar.gopher = {}\n"
                                  "\n"
                                  "function ajar.gopher.ask() end\n"
                                  "---@since 4\n"
                                  "function ajar.gopher.tell() end\n"
                                  "---@deprecated take ajar.api\n"
                                  "ajar.version = 1\n"
                                  "---@deprecated it closes by itself\n"
                                  "function session:close() end";

static struct free_name name_of(const char *text)
{
    struct free_name n = {0};
    while (*text && n.count < FREE_NAME_PARTS) {
        size_t length = strcspn(text, ".");
        n.parts[n.count++] = bytes_at(text, length);
        text += length + (text[length] == '.');
    }
    return n;
}

static struct annotation annotation_of(const char *text)
{
    struct free_name n = name_of(text);
    return annotations_of(bytes_of(annotations), &n);
}

static void assert_deprecated(const char *name, unsigned parts, const char *words)
{
    struct annotation a = annotation_of(name);
    assert_int_equal(a.parts, parts);
    assert_true(bytes_equal_text(a.deprecated, words));
}

static void assert_good(const char *name)
{
    assert_int_equal(annotation_of(name).parts, 0);
}

static void a_function_or_a_value_is_named_with_what_to_take(void **state)
{
    (void)state;
    assert_deprecated("ajar.wait", 2, "take `ajar.sleep`");
    assert_deprecated("ajar.version", 2, "take ajar.api");
}

static void what_is_a_member_of_it_is_deprecated_too(void **state)
{
    (void)state;
    assert_deprecated("ajar.gopher", 2, "nobody has these");
    assert_deprecated("ajar.gopher.ask", 2, "nobody has these");
}

static void others_are_not(void **state)
{
    (void)state;
    assert_good("ajar.sleep");
    assert_good("ajar.waiting");
    assert_good("ajar.wai");
    assert_good("ajar");
    assert_good("wait");
    assert_good("session");
}

static void it_is_there_since_what_it_needs_most(void **state)
{
    (void)state;
    assert_int_equal(annotation_of("ajar.wait").since, 1);
    assert_int_equal(annotation_of("ajar.sleep").since, 3);
    assert_int_equal(annotation_of("ajar.gopher.ask").since, 2);
    assert_int_equal(annotation_of("ajar.gopher.tell").since, 4);
    assert_int_equal(annotation_of("print").since, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_or_a_value_is_named_with_what_to_take),
        cmocka_unit_test(what_is_a_member_of_it_is_deprecated_too),
        cmocka_unit_test(others_are_not),
        cmocka_unit_test(it_is_there_since_what_it_needs_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
