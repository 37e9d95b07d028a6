/* What JSON is read without the library's reader, and that it is read as by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tape/json_read.h"

#include <string.h>

static void reads_bytes(struct bytes text)
{
    json_error_t error;
    json_t *quick = json_read_quick(text);
    json_t *any = json_read_any(text, &error);
    if (!quick || !any || !json_equal(quick, any))
        fail_msg("%.*s: %s", (int)text.n, (const char *)text.p,
                 !quick ? "not read"
                 : !any ? error.text
                        : "read as something else");
    json_decref(quick);
    json_decref(any);
}

static void reads(const char *text)
{
    reads_bytes(bytes_of(text));
}

static void leaves(const char *text)
{
    json_t *quick = json_read_quick(bytes_of(text));
    if (quick)
        fail_msg("read: %s", text);
}

/* Left by the one, taken by the other. */
static void leaves_to_the_library(const char *text)
{
    json_error_t error;
    leaves(text);
    json_t *read = json_read(bytes_of(text), &error);
    if (!read)
        fail_msg("%s: %s", text, error.text);
    json_decref(read);
}

static void objects_and_lists_of_all_kinds(void **state)
{
    (void)state;
    reads("{}");
    reads("[]");
    reads("{}\n");
    reads("{\"target\":\"192.0.2.1\",\"port\":25,\"steps\":[{\"line\":11,\"say\":\"554 no\"},{}],"
          "\"hidden\":true,\"name\":null,\"no\":false,\"big\":999999999999999999}");
    reads("[0,1,[[[[]]]],\"\",{\"\":1}]");
}

static void strings_with_escapes(void **state)
{
    (void)state;
    reads("{\"reason\":\"554 \\\"5.7.1\\\" \\\\ no\\r\\n\\t\\b\\f\\/ \\u0041\"}");
    reads("{\"reason\":\"a\\u0000b\"}");
    reads("{\"a\":\"\\n\",\"b\":\"plain\",\"c\":\"\\r\"}");
}

static void strings_beyond_ascii(void **state)
{
    (void)state;
    reads("{\"a\":\"\xc3\xa4\",\"b\":[\"1 \xe6\x97\xa5 2\",\"\xf0\x9f\x98\x80\",\"\\n\"]}");
}

static void what_is_right_and_written_otherwise(void **state)
{
    (void)state;
    leaves_to_the_library("{ }");
    leaves_to_the_library(" {}");
    leaves_to_the_library("{} ");
    leaves_to_the_library("{}\n\n");
    leaves_to_the_library("{\"a\": 1}");
    leaves_to_the_library("[-1]");
    leaves_to_the_library("[1.5]");
    leaves_to_the_library("[1e3]");
    leaves_to_the_library("[1E3]");
    leaves_to_the_library("[9223372036854775807]");
    leaves_to_the_library("{\"a\":\"\\u00e4\"}");
    leaves_to_the_library("{\"\xc3\xa4\":1}");
    leaves_to_the_library("{\"a\":\"\xc3\xa4\\n\"}");
    leaves_to_the_library("{\"\\u0061\":1}");
    leaves_to_the_library("[[[[[[[[[]]]]]]]]]");
}

static void what_is_wrong(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "1",
        "\"a\"",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}",
        "{a:1}",
        "[1,]",
        "[,]",
        "[01]",
        "[1",
        "[nul]",
        "[tru",
        "[\"a]",
        "[\"a\nb\"]",
        "[\"\xff\"]",
        "[\"\xc3\"]",
        "[\"\xc0\x80\"]",
        "[\"\xed\xa0\x80\"]",
        "[\"\xc3\xa4]",
        "[\"\\x\"]",
        "{\"a\":1}}",
        "{\"a\\u0000\":1}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_error_t error;
        json_t *read = json_read(bytes_of(texts[i]), &error);
        if (read)
            fail_msg("read: %s", texts[i]);
    }
}

static void no_beginning_of_a_text(void **state)
{
    (void)state;
    static const char text[] =
        "{\"a\":[1,{\"b\":\"c\\n\"},true],\"d\":{\"e\":null},\"f\":12345678901234567}";
    for (size_t n = 0; n < sizeof text - 1; n++)
        assert_null(json_read_quick(bytes_at(text, n)));
    reads(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_and_lists_of_all_kinds),
        cmocka_unit_test(strings_with_escapes),
        cmocka_unit_test(strings_beyond_ascii),
        cmocka_unit_test(what_is_right_and_written_otherwise),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(no_beginning_of_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
