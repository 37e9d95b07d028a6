/* What was probably meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/near.h"

static const char *nearest(const char *typed)
{
    static const char *const words[] = {"probe", "probes", "show", "verify", "key", "relay/srs"};
    struct near near = near_to(typed);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        near_try(&near, words[i]);
    return near.best;
}

static void one_or_two_letters_off(void **state)
{
    (void)state;
    assert_string_equal(nearest("prbe"), "probe");
    assert_string_equal(nearest("shwo"), "show");
    assert_string_equal(nearest("verrify"), "verify");
    assert_string_equal(nearest("relay/ssr"), "relay/srs");
}

static void the_beginning_of_a_word(void **state)
{
    (void)state;
    assert_string_equal(nearest("ver"), "verify");
    assert_string_equal(nearest("relay/"), "relay/srs");
    assert_string_equal(nearest("prob"), "probe"); /* the first of those that begin so */
}

static void what_is_far_from_all_is_none(void **state)
{
    (void)state;
    assert_null(nearest("frobnicate"));
    assert_null(nearest("verfuy!"));
    assert_null(nearest("xyz")); /* each letter of "key" would have to change */
    assert_null(nearest(""));
    assert_null(nearest("a word that is far longer than any that could have been meant here"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_or_two_letters_off),
        cmocka_unit_test(the_beginning_of_a_word),
        cmocka_unit_test(what_is_far_from_all_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
