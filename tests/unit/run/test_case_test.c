/* One test under two names. */
#include "given.h"

#include "run/case_test.h"

#define LINE(token) "{\"t\":1,\"op\":\"token\",\"data\":\"" token "\"}\n"
#define FIRST       "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define SECOND      "mfrggzdfmztwq2ls75sxg5lqobyxe43u" /* of the same job */
#define OTHER       "nbswy3dpeb3w64tmmqqho33snrscc5dh"

static void cases_of_their_own(void **state)
{
    (void)state;
    struct difference d;
    struct digests *seen = digests_new();
    assert_true(case_test_is_its_own(seen, bytes_of(LINE(FIRST) LINE(SECOND)), &d));
    assert_true(case_test_is_its_own(seen, bytes_of(LINE(OTHER)), &d));
    assert_true(case_test_is_its_own(seen, bytes_of("no token"), &d));
    assert_true(case_test_is_its_own(seen, bytes_of("no token"), &d));
    digests_free(seen);
}

static void a_test_that_another_case_has(void **state)
{
    (void)state;
    struct difference d;
    struct digests *seen = digests_new();
    assert_true(case_test_is_its_own(seen, bytes_of(LINE(FIRST)), &d));
    assert_false(case_test_is_its_own(seen, bytes_of(LINE(SECOND)), &d));
    assert_int_equal(d.line, 0);
    assert_string_equal(d.expected, "a test of its own");
    assert_string_equal(d.got, "that of another case, whose tokens it has: " SECOND);
    digests_free(seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_their_own),
        cmocka_unit_test(a_test_that_another_case_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
