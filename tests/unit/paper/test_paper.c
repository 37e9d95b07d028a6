/* A letter becomes a PDF, whatever scripts it holds, or is refused with a sentence. */
#include "paper/paper.h"
#include "paper/typeset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PDF = 16 * 1024 * 1024 };

static json_t *letter(void)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:[s], s:[s], s:[s], s:[]}", "language", "en", "title",
                     "Open mail server at 192.0.2.7", "author", "The project", "created",
                     "2026-11-28T02:00:00Z", "head", "Ministry", "to", "192.0.2.7", "beside",
                     "c-5f0e", "blocks");
}

static void add(json_t *to, const char *kind, const char *language, const char *text)
{
    json_array_append_new(
        json_object_get(to, "blocks"),
        json_pack("{s:s, s:s, s:s}", "kind", kind, "language", language, "text", text));
}

static void assert_printed(struct paper *paper, const json_t *l, struct buf *pdf)
{
    struct fail fail = {0};
    if (!paper_put(paper, l, pdf, &fail))
        fail_msg("%s", fail.text);
    assert_memory_equal(pdf->p, "%PDF-", 5);
}

static void assert_refused(struct paper *paper, json_t *l, const char *code)
{
    struct fail fail = {0};
    struct buf pdf = buf_new(PDF);
    assert_false(paper_put(paper, l, &pdf, &fail));
    assert_string_equal(fail.code, code);
    buf_free(&pdf);
    json_decref(l);
}

static void characters_that_no_font_has_are_counted(void **state)
{
    json_t *l = letter();
    struct buf pdf = buf_new(PDF);
    add(l, "text", "en", "A plain text.");
    assert_printed(*state, l, &pdf);
    assert_int_equal(paper_boxes(*state), 0);
    buf_clear(&pdf);
    add(l, "text", "en", "For private use: \U000f0123 \U000f0124");
    assert_printed(*state, l, &pdf);
    assert_int_equal(paper_boxes(*state), 2);
    buf_free(&pdf);
    json_decref(l);
}

static void a_letter_becomes_the_same_pdf_each_time(void **state)
{
    json_t *l = letter();
    add(l, "text", "nb", "Dette brevet gjelder serveren deres.");
    add(l, "code", "nb", "postfix reload");
    struct buf first = buf_new(PDF);
    struct buf second = buf_new(PDF);
    assert_printed(*state, l, &first);
    assert_printed(*state, l, &second);
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
    buf_free(&first);
    buf_free(&second);
    json_decref(l);
}

static void every_script_is_printed(void **state)
{
    static const char *const texts[][2] = {
        {"el", "Αυτή η επιστολή"}, {"uk", "Цей лист"},
        {"ja", "このお手紙は"},    {"zh-Hans", "这封信"},
        {"ko", "이 편지는"},       {"ar", "هذه الرسالة \u2066192.0.2.7\u2069"}};
    json_t *l = letter();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        add(l, "rule", texts[i][0], texts[i][0]);
        add(l, "item", texts[i][0], texts[i][1]);
    }
    struct buf pdf = buf_new(PDF);
    assert_printed(*state, l, &pdf);
    buf_free(&pdf);
    json_decref(l);
}

static void what_could_hide_or_turn_text_is_refused(void **state)
{
    static const char *const texts[] = {"two\nlines", "esc\x1b[31m", "turned \u202e round",
                                        "mark \u200f"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *l = letter();
        add(l, "text", "en", texts[i]);
        assert_refused(*state, l, "EFORMAT");
    }
}

static void a_block_of_no_known_kind_is_refused(void **state)
{
    json_t *l = letter();
    add(l, "image", "en", "A");
    assert_refused(*state, l, "EFORMAT");
}

static void a_block_needs_a_language(void **state)
{
    json_t *l = letter();
    add(l, "text", "en; x", "A");
    assert_refused(*state, l, "EFORMAT");
}

static void a_letter_needs_a_language(void **state)
{
    json_t *l = letter();
    add(l, "text", "en", "A");
    json_object_del(l, "language");
    assert_refused(*state, l, "EFORMAT");
}

static void a_letter_without_blocks_is_refused(void **state)
{
    assert_refused(*state, letter(), "ELIMIT");
}

static void a_recipient_of_too_many_lines_is_refused(void **state)
{
    json_t *l = letter();
    add(l, "text", "en", "A");
    for (int i = 0; i < 20; i++)
        json_array_append_new(json_object_get(l, "to"), json_string("line"));
    assert_refused(*state, l, "EFORMAT");
}

static void a_pdf_over_its_limit_is_refused(void **state)
{
    json_t *l = letter();
    struct fail fail = {0};
    struct buf pdf = buf_new(100);
    add(l, "text", "en", "A");
    assert_false(paper_put(*state, l, &pdf, &fail));
    assert_string_equal(fail.code, "ELIMIT");
    buf_free(&pdf);
    json_decref(l);
}

static void a_letter_has_a_hundred_pages_at_most(void **state)
{
    json_t *l = letter();
    for (int i = 0; i <= PAPER_PAGES; i++)
        add(l, "rule", "en", "A page of its own");
    assert_refused(*state, l, "ELIMIT");
}

static int begin(void **state)
{
    *state = paper_new();
    return *state ? 0 : 1;
}

static int end(void **state)
{
    paper_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_that_no_font_has_are_counted),
        cmocka_unit_test(a_letter_becomes_the_same_pdf_each_time),
        cmocka_unit_test(every_script_is_printed),
        cmocka_unit_test(what_could_hide_or_turn_text_is_refused),
        cmocka_unit_test(a_block_of_no_known_kind_is_refused),
        cmocka_unit_test(a_block_needs_a_language),
        cmocka_unit_test(a_letter_needs_a_language),
        cmocka_unit_test(a_letter_without_blocks_is_refused),
        cmocka_unit_test(a_recipient_of_too_many_lines_is_refused),
        cmocka_unit_test(a_pdf_over_its_limit_is_refused),
        cmocka_unit_test(a_letter_has_a_hundred_pages_at_most),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
