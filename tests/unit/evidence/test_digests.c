/* Which texts have been there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/digests.h"

#include <stdio.h>

static void each_is_new_once(void **state)
{
    (void)state;
    char text[20];
    struct digests *d = digests_new();
    assert_non_null(d);
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < 10000; i++) {
            snprintf(text, sizeof text, "%u", i);
            assert_int_equal(digests_add(d, bytes_of(text)),
                             round == 0 ? DIGESTS_NEW : DIGESTS_KNOWN);
        }
    digests_free(d);
}

static void a_full_one_knows_what_it_has(void **state)
{
    (void)state;
    struct digests *d = digests_new();
    uint32_t i = 0;
    while (digests_add(d, bytes_at(&i, sizeof i)) == DIGESTS_NEW)
        i++;
    assert_in_range(i, 1500000, 2000000);
    assert_int_equal(digests_add(d, bytes_at(&i, sizeof i)), DIGESTS_FULL);
    i = 7;
    assert_int_equal(digests_add(d, bytes_at(&i, sizeof i)), DIGESTS_KNOWN);
    digests_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_new_once),
        cmocka_unit_test(a_full_one_knows_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
