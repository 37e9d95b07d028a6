#include "base/bytes.h"

#include "given.h"

static const struct bytes nothing = {NULL, 0};

static void a_slice_is_cut_to_the_view(void **state)
{
    struct bytes b = bytes_of("hello");
    (void)state;
    assert_bytes(bytes_slice(b, 1, 3), "el");
    assert_bytes(bytes_slice(b, 0, BYTES_NOT_FOUND), "hello");
    assert_bytes(bytes_slice(b, 3, 100), "lo");
    assert_int_equal(bytes_slice(b, 5, 5).n, 0);
    assert_int_equal(bytes_slice(b, 4, 2).n, 0);
    assert_int_equal(bytes_slice(b, 100, 200).n, 0);
    assert_int_equal(bytes_slice(nothing, 0, 5).n, 0);
}

static void equal_means_length_and_bytes(void **state)
{
    (void)state;
    assert_true(bytes_equal(bytes_of("ab"), bytes_of("ab")));
    assert_false(bytes_equal(bytes_of("ab"), bytes_of("abc")));
    assert_false(bytes_equal(bytes_of("ab"), bytes_of("aB")));
    assert_true(bytes_equal(nothing, bytes_of("")));
    assert_false(bytes_equal_text(LITERAL("a\0b"), "a"));
    assert_true(bytes_equal_text(nothing, ""));
}

static void case_is_ignored_in_ascii_letters_alone(void **state)
{
    (void)state;
    assert_true(bytes_equal_nocase(bytes_of("PipeLining"), "PIPELINING"));
    assert_false(bytes_equal_nocase(bytes_of("PIPELINING "), "PIPELINING"));
    assert_false(bytes_equal_nocase(bytes_of("@"), "`"));
    assert_false(bytes_equal_nocase(bytes_of("["), "{"));
    assert_false(bytes_equal_nocase(bytes_of("\xc4"), "\xe4"));
    assert_false(bytes_equal_nocase(LITERAL("a\0b"), "a"));
    assert_true(bytes_equal_nocase(nothing, ""));
}

static void a_prefix_is_found_without_case(void **state)
{
    unsigned char *block = exact_copy(bytes_of("from"));
    (void)state;
    assert_true(bytes_starts_nocase(bytes_of("From:<a>"), "FROM:"));
    assert_false(bytes_starts_nocase(bytes_at(block, 4), "FROM:"));
    assert_true(bytes_starts_nocase(bytes_at(block, 4), "FROM"));
    assert_true(bytes_starts_nocase(nothing, ""));
    assert_false(bytes_starts_nocase(nothing, "x"));
    free(block);
}

static void a_byte_is_found_from_an_index_on(void **state)
{
    struct bytes b = LITERAL("a\0ba");
    (void)state;
    assert_int_equal(bytes_index(b, 'a', 0), 0);
    assert_int_equal(bytes_index(b, 'a', 1), 3);
    assert_int_equal(bytes_index(b, 0, 0), 1);
    assert_int_equal(bytes_index(b, 'a', 4), BYTES_NOT_FOUND);
    assert_int_equal(bytes_index(b, 'x', 0), BYTES_NOT_FOUND);
    assert_int_equal(bytes_index(b, 'a', BYTES_NOT_FOUND), BYTES_NOT_FOUND);
    assert_int_equal(bytes_index(nothing, 'a', 0), BYTES_NOT_FOUND);
}

static void a_needle_is_found_across_nuls(void **state)
{
    (void)state;
    assert_int_equal(bytes_find(LITERAL("a\0\r\n.\r\n"), bytes_of("\r\n.\r\n")), 2);
    assert_int_equal(bytes_find(bytes_of("abc"), bytes_of("abcd")), BYTES_NOT_FOUND);
    assert_int_equal(bytes_find(bytes_of("abc"), bytes_of("x")), BYTES_NOT_FOUND);
    assert_int_equal(bytes_find(bytes_of("abc"), nothing), 0);
    assert_int_equal(bytes_find(nothing, bytes_of("x")), BYTES_NOT_FOUND);
}

static void trimming_takes_blanks_and_line_ends_outside(void **state)
{
    (void)state;
    assert_bytes(bytes_trim(bytes_of(" \t a b \r\n")), "a b");
    assert_int_equal(bytes_trim(bytes_of(" \r\n\t ")).n, 0);
    assert_int_equal(bytes_trim(nothing).n, 0);
    assert_int_equal(bytes_trim(LITERAL("\0 ")).n, 1);
    assert_bytes(bytes_trim(bytes_of("\va\f")), "\va\f");
}

static void a_number_is_digits_and_at_most_max(void **state)
{
    static const struct {
        const char *text;
        unsigned long max;
        bool good;
        unsigned long value;
    } rows[] = {
        {"0", 0, true, 0},
        {"1", 0, false, 0},
        {"65535", 65535, true, 65535},
        {"65536", 65535, false, 0},
        {"0065535", 65535, true, 65535},
        {"18446744073709551615", ~0ul, true, ~0ul},
        {"18446744073709551616", ~0ul, false, 0},
        {"99999999999999999999999", ~0ul, false, 0},
        {"9", 5, false, 0},
        {"", 9, false, 0},
        {"+1", 9, false, 0},
        {"-1", 9, false, 0},
        {" 1", 9, false, 0},
        {"1 ", 9, false, 0},
        {"0x1", 9, false, 0},
        {"1.0", 99, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned long value = 7;
        bool good = bytes_number(bytes_of(rows[i].text), rows[i].max, &value);
        if (good != rows[i].good || value != (good ? rows[i].value : 7))
            fail_msg("\"%s\" up to %lu", rows[i].text, rows[i].max);
    }
    assert_false(bytes_number(LITERAL("1\0"), 99, &(unsigned long){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_is_cut_to_the_view),
        cmocka_unit_test(equal_means_length_and_bytes),
        cmocka_unit_test(case_is_ignored_in_ascii_letters_alone),
        cmocka_unit_test(a_prefix_is_found_without_case),
        cmocka_unit_test(a_byte_is_found_from_an_index_on),
        cmocka_unit_test(a_needle_is_found_across_nuls),
        cmocka_unit_test(trimming_takes_blanks_and_line_ends_outside),
        cmocka_unit_test(a_number_is_digits_and_at_most_max),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
