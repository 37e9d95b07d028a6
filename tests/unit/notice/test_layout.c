#include "notice/layout.h"

#include "notice_test.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_laid_out(const char *blocks, const char *wanted)
{
    struct buf out = buf_new(65536);
    json_t *json = json_loads(blocks, 0, NULL);
    assert_non_null(json);
    assert_true(layout_put(&out, json, NULL, NULL));
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

static void quotes_say_whose_they_are_and_which_decide(void **state)
{
    (void)state;
    assert_laid_out("[{\"kind\":\"quote\",\"who\":\"C\",\"text\":\"HELO  x\"},"
                    "{\"kind\":\"quote\",\"who\":\"S\",\"text\":\"250\",\"decisive\":true},"
                    "{\"kind\":\"left_out\",\"text\":\"… (2 lines more)\"}]",
                    "  > C: HELO  x\n *> S: 250\n  > … (2 lines more)\n");
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

/* Two columns a character, and no line begins or ends with what may not stand there. */
static void a_script_without_blanks_is_broken_between_characters(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"text\":\""
        "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u4e00\u4e8c\u4e09\u56db\u4e94"
        "\u516d\u4e03\u516b\u4e5d\u5341\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
        "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u3002\u4e8c\"}]",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七\n"
        "八。二\n");
    assert_laid_out("[{\"kind\":\"item\",\"text\":\"\u4e00 https://example.org/"
                    "12345678901234567890123456789012345678901234567890\u4e8c\u4e09\"}]",
                    "- 一 https://example.org/12345678901234567890123456789012345678901234567890\n"
                    "  二三\n");
}

static void words_of_hangul_stay_whole(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"text\":\"1234567890 234567890 234567890 234567890 234567890 "
        "234567890 234567890 \uc11c\ubc84\ub97c\"}]",
        "1234567890 234567890 234567890 234567890 234567890 234567890 234567890\n서버를\n");
}

/* The marks are U+2066 and U+2069; each line has its own. */
static void what_runs_the_other_way_is_isolated(void **state)
{
    (void)state;
    assert_laid_out("[{\"kind\":\"text\",\"rtl\":true,\"text\":\"\u0627\u0644 192.0.2.1\u060c "
                    "\u0628\u0640Postfix \u0648(UTC) \u00abRETEST c-1\u00bb 25.\"}]",
                    "ال \u2066192.0.2.1\u2069، بـPostfix و(UTC) «\u2066RETEST c-1\u2069» 25.\n");
    assert_laid_out(
        "[{\"kind\":\"title\",\"rtl\":true,\"text\":\"\u0627 a:b/c\"},{\"kind\":\"code\","
        "\"rtl\":true,\"text\":\"x -y "
        "\u0627\"},{\"kind\":\"item\",\"rtl\":true,\"text\":\"a@b.c\"}]",
        "ا \u2066a:b/c\u2069\n-------\n    x -y ا\n\n- a@b.c\n");
    assert_laid_out("[{\"kind\":\"text\",\"text\":\"\u0627\u0644 192.0.2.1\"}]", "ال 192.0.2.1\n");
}

static void a_time_keeps_its_zone_and_a_bracket_its_partner(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"rtl\":true,\"text\":\"\u0627 02:10:16 (UTC) \u0628 (a b) \u0628 "
        "(\u0627 f(x))\"}]",
        "ا \u206602:10:16 (UTC)\u2069 ب (\u2066a b\u2069) ب (ا \u2066f(x)\u2069)\n");
}

static void a_colon_stays_with_the_word_before_it_and_not_with_the_address_behind(void **state)
{
    (void)state;
    assert_laid_out(
        "[{\"kind\":\"text\",\"rtl\":true,\"text\":\"\u0627: a@b.c \u0628 ::1 \u0628\"}]",
        "ا: \u2066a@b.c\u2069 ب \u2066::1\u2069 ب\n");
}

static char *laid_out(const char *kind, const char *text)
{
    struct buf out = buf_new(65536);
    json_t *blocks = json_pack("[{s:s,s:s}]", "kind", kind, "text", text);
    assert_non_null(blocks);
    assert_true(layout_put(&out, blocks, NULL, NULL));
    char *lines = strdup(buf_text(&out));
    json_decref(blocks);
    buf_free(&out);
    return lines;
}

/* Words of many lengths, with one blank between them; and the same with two of them once, which is one on paper. */
static void words_of_any_length_are_wrapped_as_if_each_were_looked_at(void **state)
{
    (void)state;
    static const char *const kinds[] = {"text", "item"};
    unsigned random = 1;
    for (unsigned round = 0; round < 500; round++) {
        char single[1200] = "", twice[1200] = "";
        size_t n = 0;
        while (n < 900) {
            random = random * 1103515245u + 12345u;
            size_t length = 1 + (random >> 16) % (round % 2 ? 12 : 90);
            memset(single + n, 'a' + (int)(n % 26), length);
            n += length;
            single[n++] = ' ';
        }
        single[n - 1] = '\0';
        size_t blank = (size_t)(strchr(single, ' ') - single);
        snprintf(twice, sizeof twice, "%.*s %s", (int)blank, single, single + blank);
        for (unsigned k = 0; k < 2; k++) {
            char *a = laid_out(kinds[k], single);
            char *b = laid_out(kinds[k], twice);
            assert_string_equal(a, b);
            free(a);
            free(b);
        }
    }
}

static void an_unknown_block_is_refused(void **state)
{
    (void)state;
    struct buf out = buf_new(100);
    json_t *json = json_loads("[{\"kind\":\"html\",\"text\":\"<b>\"}]", 0, NULL);
    assert_false(layout_put(&out, json, NULL, NULL));
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
        cmocka_unit_test(quotes_say_whose_they_are_and_which_decide),
        cmocka_unit_test(a_line_end_in_a_text_makes_no_new_line),
        cmocka_unit_test(a_word_wider_than_a_line_stays_whole),
        cmocka_unit_test(a_script_without_blanks_is_broken_between_characters),
        cmocka_unit_test(words_of_hangul_stay_whole),
        cmocka_unit_test(what_runs_the_other_way_is_isolated),
        cmocka_unit_test(a_time_keeps_its_zone_and_a_bracket_its_partner),
        cmocka_unit_test(a_colon_stays_with_the_word_before_it_and_not_with_the_address_behind),
        cmocka_unit_test(words_of_any_length_are_wrapped_as_if_each_were_looked_at),
        cmocka_unit_test(an_unknown_block_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
