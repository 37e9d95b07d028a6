#include "notice/layout.h"

#include "notice_test.h"

static void assert_laid_out(const char *blocks, const char *wanted)
{
    struct buf out = buf_new(65536);
    json_t *json = json_loads(blocks, 0, NULL);
    assert_non_null(json);
    assert_true(layout_put(&out, json));
    assert_string_equal(buf_text(&out), wanted);
    json_decref(json);
    buf_free(&out);
}

static void text_is_wrapped_at_76_columns(void **state)
{
    (void)state;
    assert_laid_out("[{\"kind\":\"text\",\"text\":\"" /* 76 columns, then one word more */
                    "1234567890 234567890 234567890 234567890 234567890 234567890 234567890 23456"
                    " 8\"}]",
                    "1234567890 234567890 234567890 234567890 234567890 234567890 234567890 23456\n"
                    "8\n");
}

static void columns_are_counted_not_bytes(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"text\":\""
        "øøøøøøøøø ååååååååå æææææææææ ÅÅÅÅÅÅÅÅÅ ØØØØØØØØØ ÆÆÆÆÆÆÆÆÆ øøøøøøøøø æææææ"
        "\"}]",
        "øøøøøøøøø ååååååååå æææææææææ ÅÅÅÅÅÅÅÅÅ ØØØØØØØØØ ÆÆÆÆÆÆÆÆÆ øøøøøøøøø æææææ\n");
}

static void items_are_indented_and_stand_together(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"text\":\"See:\"},{\"kind\":\"item\",\"text\":\"one\"},"
        "{\"kind\":\"item\",\"text\":\"1234567890 234567890 234567890 234567890 234567890"
        " 234567890 234567890 234 two\"}]",
        "See:\n\n- one\n"
        "- 1234567890 234567890 234567890 234567890 234567890 234567890 234567890 234\n"
        "  two\n");
}

static void a_title_is_underlined_to_its_width(void **state)
{
    (void)state;
    assert_laid_out("[{\"kind\":\"title\",\"text\":\"Nå\"},{\"kind\":\"text\",\"text\":\"x\"}]",
                    "Nå\n--\nx\n");
}

static void quotes_say_whose_they_are(void **state)
{
    (void)state;
    assert_laid_out("[{\"kind\":\"quote\",\"who\":\"C\",\"text\":\"HELO  x\"},"
                    "{\"kind\":\"quote\",\"who\":\"S\",\"text\":\"250\"}]",
                    "  > C: HELO  x\n  > S: 250\n");
}

static void a_line_end_in_a_text_makes_no_new_line(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"quote\",\"who\":\"S\",\"text\":\"a\\r\\nYou must pay\"},"
        "{\"kind\":\"text\",\"text\":\"a\\nb\"},{\"kind\":\"code\",\"text\":\"c\\nd\"}]",
        "  > S: a  You must pay\n\na b\n\n    c d\n");
}

static void a_word_wider_than_a_line_stays_whole(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"text\":\"at https://example.org/12345678901234567890123456"
        "789012345678901234567890123456789012345 x\"}]",
        "at\nhttps://example.org/12345678901234567890123456"
        "789012345678901234567890123456789012345\nx\n");
}

static void an_unknown_block_is_refused(void **state)
{
    (void)state;
    struct buf out = buf_new(100);
    json_t *json = json_loads("[{\"kind\":\"html\",\"text\":\"<b>\"}]", 0, NULL);
    assert_false(layout_put(&out, json));
    json_decref(json);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_wrapped_at_76_columns),
        cmocka_unit_test(columns_are_counted_not_bytes),
        cmocka_unit_test(items_are_indented_and_stand_together),
        cmocka_unit_test(a_title_is_underlined_to_its_width),
        cmocka_unit_test(quotes_say_whose_they_are),
        cmocka_unit_test(a_line_end_in_a_text_makes_no_new_line),
        cmocka_unit_test(a_word_wider_than_a_line_stays_whole),
        cmocka_unit_test(an_unknown_block_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
