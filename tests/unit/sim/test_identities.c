/* The certificates of simulated servers, by their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/identities.h"

static void each_name_has_a_context_of_its_own_that_stays(void **state)
{
    static const char *const names[] = {"good", "expired", "early",   "other", "chain",
                                        "huge", "weak",    "ed25519", "old"};
    enum { NAMES = sizeof names / sizeof names[0] };
    struct stream_tls *found[NAMES];
    struct fail fail;
    struct identities *ids = identities_new();
    (void)state;
    assert_non_null(ids);
    for (size_t i = 0; i < NAMES; i++) {
        found[i] = identities_find(ids, bytes_of(names[i]), false, &fail);
        assert_non_null(found[i]);
        for (size_t k = 0; k < i; k++)
            assert_ptr_not_equal(found[i], found[k]);
    }
    for (size_t i = 0; i < NAMES; i++)
        assert_ptr_equal(identities_find(ids, bytes_of(names[i]), false, &fail), found[i]);
    identities_free(ids);
}

static void with_http_2_it_is_another_one(void **state)
{
    struct fail fail;
    struct identities *ids = identities_new();
    (void)state;
    struct stream_tls *without = identities_find(ids, bytes_of("good"), false, &fail);
    struct stream_tls *with = identities_find(ids, bytes_of("good"), true, &fail);
    assert_non_null(with);
    assert_ptr_not_equal(with, without);
    assert_ptr_equal(identities_find(ids, bytes_of("good"), true, &fail), with);
    identities_free(ids);
}

static void a_name_that_there_is_not_is_told(void **state)
{
    static const char *const wrong[] = {"", "goo", "goods", "Good"};
    struct fail fail;
    struct identities *ids = identities_new();
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_null(identities_find(ids, bytes_of(wrong[i]), false, &fail));
        assert_string_equal(fail.code, "EARGUMENT");
        assert_string_equal(fail.text, "there is no certificate of that name");
    }
    identities_free(ids);
    identities_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_has_a_context_of_its_own_that_stays),
        cmocka_unit_test(with_http_2_it_is_another_one),
        cmocka_unit_test(a_name_that_there_is_not_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
