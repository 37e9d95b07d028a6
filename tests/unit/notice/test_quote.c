#include "notice/quote.h"

#include "notice_test.h"

static void assert_quoted(struct bytes given, size_t columns, const char *wanted)
{
    struct buf out = buf_new(4096);
    assert_true(quote_put(&out, given, columns));
    assert_string_equal(buf_text(&out), wanted);
    buf_free(&out);
}

static void plain_text_stands_as_it_is(void **state)
{
    (void)state;
    assert_quoted(lit("250 2.0.0 Ok: queued as 4F1C22"), 69, "250 2.0.0 Ok: queued as 4F1C22");
    assert_quoted(lit("Bodø, Ψ, почта, «»"), 69, "Bodø, Ψ, почта, «»");
}

static void control_characters_become_escapes(void **state)
{
    (void)state;
    assert_quoted(lit("a\r\nb\tc\x1b[2J"), 69, "a\\r\\nb\\tc\\x1b[2J");
    assert_quoted(bytes_at("\x05\x00\x01", 3), 69, "\\x05\\x00\\x01");
}

static void a_name_cannot_end_its_quotation_marks(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    assert_true(quote_put_name(&out, lit("«Bodø» “x”: a, b\\"), 69));
    assert_string_equal(buf_text(&out),
                        "\\xc2\\xabBodø\\xc2\\xbb \\xe2\\x80\\x9cx\\xe2\\x80\\x9d: a, b\\\\");
    buf_free(&out);
}

static void a_word_has_no_end_in_it(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    assert_true(quote_put_word(&out, lit("mail.example.org. Pay, now: ø\\n"), 69));
    assert_string_equal(buf_text(&out),
                        "mail.example.org.\\x20Pay\\x2c\\x20now\\x3a\\x20\\xc3\\xb8\\\\n");
    buf_clear(&out);
    assert_true(quote_put_word(&out, lit("c-5f0e/4_a+b="), 8));
    assert_string_equal(buf_text(&out), "c-5f0e/…");
    buf_free(&out);
}

static void a_backslash_cannot_pass_for_an_escape(void **state)
{
    (void)state;
    assert_quoted(lit("\\x41"), 69, "\\\\x41");
}

static void what_turns_or_hides_text_becomes_escapes(void **state)
{
    (void)state;
    assert_quoted(lit("a\u202eb"), 69, "a\\xe2\\x80\\xaeb"); /* right-to-left override */
    assert_quoted(lit("a\u200bb"), 69, "a\\xe2\\x80\\x8bb"); /* zero width space */
    assert_quoted(lit("\u05d0"), 69, "\\xd7\\x90");          /* a Hebrew letter */
    assert_quoted(lit("e\u0301"), 69, "e\\xcc\\x81");        /* a combining accent */
    assert_quoted(lit("\u4e2d"), 69, "\\xe4\\xb8\\xad");     /* two columns wide */
    assert_quoted(lit("\u00a0"), 69, "\\xc2\\xa0");          /* a no-break space */
    assert_quoted(lit("\xff\xc3"), 69, "\\xff\\xc3");        /* no UTF-8 */
    assert_quoted(lit("\xf0\x9f\x98\x80"), 69, "\\xf0\\x9f\\x98\\x80");
}

static void what_just_fits_is_not_cut(void **state)
{
    (void)state;
    assert_quoted(lit("12345"), 5, "12345");
    assert_quoted(lit("\x01"
                      "5"),
                  5, "\\x015");
}

static void what_is_too_wide_is_cut_to_the_column(void **state)
{
    (void)state;
    assert_quoted(lit("123456"), 5, "1234…");
    assert_quoted(lit("øøøøøø"), 5, "øøøø…");
}

static void an_escape_is_cut_whole(void **state)
{
    (void)state;
    assert_quoted(lit("12\x01"
                      "4"),
                  5, "12…");
    assert_quoted(lit("1\x01"
                      "34"),
                  5, "1…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stands_as_it_is),
        cmocka_unit_test(control_characters_become_escapes),
        cmocka_unit_test(a_name_cannot_end_its_quotation_marks),
        cmocka_unit_test(a_word_has_no_end_in_it),
        cmocka_unit_test(a_backslash_cannot_pass_for_an_escape),
        cmocka_unit_test(what_turns_or_hides_text_becomes_escapes),
        cmocka_unit_test(what_just_fits_is_not_cut),
        cmocka_unit_test(what_is_too_wide_is_cut_to_the_column),
        cmocka_unit_test(an_escape_is_cut_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
