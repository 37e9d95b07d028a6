#include "base/fail.h"

#include "base/text.h"
#include "given.h"

#include <errno.h>

static void a_fail_has_a_code_and_a_sentence(void **state)
{
    struct fail f = {0};
    (void)state;
    assert_false(fail_set(&f, "EFORMAT", "%s, line %d: no number", "scope", 3));
    assert_string_equal(f.code, "EFORMAT");
    assert_string_equal(f.text, "scope, line 3: no number");
}

static void a_hostile_sentence_comes_out_printable(void **state)
{
    struct fail f = {0};
    (void)state;
    fail_set(&f, "EFORMAT", "got \"%s\"", "\x1b[2J\r\nB\xc3\xbcro\xff");
    assert_string_equal(f.text, "got \"?[2J??B\xc3\xbcro?\"");
}

static void a_long_sentence_is_cut_and_stays_utf_8(void **state)
{
    char text[1001];
    struct fail f = {0};
    (void)state;
    for (int shift = 0; shift < 2; shift++) {
        memset(text, 'x', sizeof text - 1);
        for (size_t i = (size_t)shift; i + 2 < sizeof text; i += 2)
            memcpy(text + i, "\xc3\xbc", 2);
        text[sizeof text - 1] = '\0';
        fail_set(&f, "EFORMAT", "%s", text);
        assert_int_equal(strlen(f.text), sizeof f.text - 1);
        assert_true(text_is_printable(bytes_of(f.text)));
    }
}

static void an_errno_gives_its_name_and_its_words(void **state)
{
    struct fail f = {0};
    (void)state;
    assert_false(fail_errno(&f, ECONNREFUSED, "connect"));
    assert_string_equal(f.code, "ECONNREFUSED");
    assert_string_equal(f.text, "connect: Connection refused");
    assert_string_equal(fail_errno_name(ENOENT), "ENOENT");
    assert_string_equal(fail_errno_name(-1), "EUNKNOWN");
    assert_string_equal(fail_errno_name(99999), "EUNKNOWN");
}

static void a_code_that_came_as_text_is_one_that_we_know(void **state)
{
    (void)state;
    assert_string_equal(fail_code(bytes_of("ECONNREFUSED")), "ECONNREFUSED");
    assert_string_equal(fail_code(bytes_of("ETLS")), "ETLS");
    assert_string_equal(fail_code(bytes_of("econnrefused")), "EOTHER");
    assert_string_equal(fail_code(bytes_of("EVIL")), "EOTHER");
    assert_string_equal(fail_code(LITERAL("ETLS\0")), "EOTHER");
    assert_string_equal(fail_code(bytes_at(NULL, 0)), "EOTHER");
}

static void a_prefix_stands_before_the_sentence(void **state)
{
    struct fail f = {0};
    (void)state;
    fail_set(&f, "EFORMAT", "no number");
    assert_false(fail_prefix(&f, "%s, line %d", "scope", 3));
    assert_string_equal(f.code, "EFORMAT");
    assert_string_equal(f.text, "scope, line 3: no number");
}

static void a_long_prefix_is_cut(void **state)
{
    char text[1001];
    struct fail f = {0};
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    fail_set(&f, "EFORMAT", "no number");
    fail_prefix(&f, "%s", text);
    assert_int_equal(strlen(f.text), sizeof f.text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fail_has_a_code_and_a_sentence),
        cmocka_unit_test(a_hostile_sentence_comes_out_printable),
        cmocka_unit_test(a_long_sentence_is_cut_and_stays_utf_8),
        cmocka_unit_test(an_errno_gives_its_name_and_its_words),
        cmocka_unit_test(a_code_that_came_as_text_is_one_that_we_know),
        cmocka_unit_test(a_prefix_stands_before_the_sentence),
        cmocka_unit_test(a_long_prefix_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
