/* What a probe can be told: declared, given as text, carried as JSON. */
#include "fake.h"

#include "script/arguments.h"

static const struct arguments declared = {
    .count = 4,
    .list =
        {{.name = "all", .type = ARGUMENT_BOOLEAN},
         {.name = "gap", .type = ARGUMENT_NUMBER, .preset.number = 0.5, .least = 0, .most = 1e300},
         {.name = "limit", .type = ARGUMENT_INTEGER, .preset.number = 6, .least = 1, .most = 40},
         {.name = "word", .type = ARGUMENT_STRING, .preset.text = "hei", .least = 0, .most = 5}},
};

static struct argument_value parsed(const char *name, const char *text)
{
    struct argument_value value;
    struct fail fail = {0};
    if (!argument_parse(arguments_find(&declared, bytes_of(name)), bytes_of(text), &value, &fail))
        fail_msg("%s=%s: %s", name, text, fail.text);
    return value;
}

static void is_no_value(const char *name, const char *text, const char *words)
{
    struct argument_value value;
    struct fail fail;
    if (argument_parse(arguments_find(&declared, bytes_of(name)), bytes_of(text), &value, &fail))
        fail_msg("%s=%s was taken", name, text);
    assert_string_equal(fail.code, "EARGUMENT");
    assert_string_equal(fail.text, words);
}

static void values_come_as_text(void **state)
{
    (void)state;
    assert_true(parsed("all", "true").truth);
    assert_false(parsed("all", "false").truth);
    assert_true(parsed("limit", "40").number == 40);
    assert_true(parsed("gap", "1e-3").number == 0.001);
    assert_string_equal(parsed("word", "åå").text, "åå");
    assert_string_equal(parsed("word", "").text, "");
    assert_null(arguments_find(&declared, bytes_of("limi")));
}

static void others_are_refused_with_what_is_expected(void **state)
{
    (void)state;
    is_no_value("all", "1", "all is true or false, and \"1\" is not");
    is_no_value("limit", "41", "limit is a whole number from 1 to 40, and \"41\" is not");
    is_no_value("limit", "2.5", "limit is a whole number from 1 to 40, and \"2.5\" is not");
    is_no_value("limit", "", "limit is a whole number from 1 to 40, and \"\" is not");
    is_no_value("limit", " 3", "limit is a whole number from 1 to 40, and \" 3\" is not");
    is_no_value("limit", "0x3", "limit is a whole number from 1 to 40, and \"0x3\" is not");
    is_no_value("gap", "-1", "gap is a number of at least 0, and \"-1\" is not");
    is_no_value("gap", "nan", "gap is a number of at least 0, and \"nan\" is not");
    is_no_value("gap", "1e999", "gap is a number of at least 0, and \"1e999\" is not");
    is_no_value("word", "ååå", "word is text of 0 to 5 bytes, and \"ååå\" is not");
    is_no_value("word", "\033[m", "word is text of 0 to 5 bytes, and \"?[m\" is not");
}

static void values_are_written_as_json(void **state)
{
    (void)state;
    struct buf out = buf_new(200);
    const struct argument_value v = {.truth = true, .number = 0.1, .text = "\"a\""};
    const struct argument_value whole = {.number = 9007199254740992.0};
    argument_put_value(&out, ARGUMENT_BOOLEAN, &v);
    argument_put_value(&out, ARGUMENT_NUMBER, &v);
    argument_put_value(&out, ARGUMENT_STRING, &v);
    argument_put_value(&out, ARGUMENT_INTEGER, &whole);
    assert_string_equal(buf_text(&out), "true0.1\"\\\"a\\\"\"9007199254740992");
    buf_free(&out);
}

static void json_gives_values_and_the_rest_are_defaults(void **state)
{
    (void)state;
    struct argument_value values[ARGUMENTS_MOST];
    struct fail fail;
    assert_true(arguments_values(&declared, bytes_of(""), values, &fail));
    assert_true(values[2].number == 6);
    assert_string_equal(values[3].text, "hei");
    assert_true(arguments_values(&declared, bytes_of("{\"limit\":7,\"all\":true}"), values, &fail));
    assert_true(values[0].truth);
    assert_true(values[1].number == 0.5);
    assert_true(values[2].number == 7);
}

/* A tape may be anybody's. */
static void json_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[]",
        "{",
        "null",
        "{\"limit\":\"7\"}",
        "{\"limit\":41}",
        "{\"limit\":1.5}",
        "{\"other\":1}",
        "{\"word\":\"abcdef\"}",
        "{\"word\":1}",
        "{\"word\":\"a\\u0000\"}",
        "{\"all\":1}",
        "{\"limit\":7,\"limit\":8}",
        "{\"gap\":{}}",
        "{\"word\":\"\\u001b\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct argument_value values[ARGUMENTS_MOST];
        struct fail fail = {0};
        if (arguments_values(&declared, bytes_of(texts[i]), values, &fail))
            fail_msg("%s was taken", texts[i]);
        assert_string_equal(fail.code, "EARGUMENT");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_as_text),
        cmocka_unit_test(others_are_refused_with_what_is_expected),
        cmocka_unit_test(values_are_written_as_json),
        cmocka_unit_test(json_gives_values_and_the_rest_are_defaults),
        cmocka_unit_test(json_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
