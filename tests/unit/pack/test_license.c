#include "pack/license.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_license(const char *text)
{
    struct fail fail = {0};
    if (!license_check(bytes_of(text), &fail))
        fail_msg("%s: %s", text, fail.text);
}

static void assert_none(const char *text, const char *code, const char *because)
{
    struct fail fail = {0};
    assert_false(license_check(bytes_of(text), &fail));
    assert_string_equal(fail.code, code);
    assert_string_equal(fail.text, because);
}

static void licences_and_how_they_are_put_together(void **state)
{
    (void)state;
    assert_license("Apache-2.0");
    assert_license("Apache-2.0+");
    assert_license("MIT OR Apache-2.0");
    assert_license("(MIT AND 0BSD) OR (GPL-2.0-or-later WITH Bison-exception-2.2)");
    assert_license("  ((MIT))  ");
    assert_license("LicenseRef-Acme.1-x AND MIT");
}

static void what_is_no_expression(void **state)
{
    (void)state;
    assert_none("", "EFORMAT", "license: a licence is expected at its end");
    assert_none("MIT Apache-2.0", "EFORMAT",
                "license: AND, OR or its end is expected where 'Apache-2.0' stands");
    assert_none("MIT OR", "EFORMAT", "license: a licence is expected at its end");
    assert_none("OR MIT", "EFORMAT", "license: a licence is expected where 'OR' stands");
    assert_none("(MIT", "EFORMAT", "license: AND, OR or ')' is expected at its end");
    assert_none("MIT)", "EFORMAT", "license: AND, OR or its end is expected where ')' stands");
    assert_none("MIT WITH AND", "EFORMAT", "license: an exception is expected where 'AND' stands");
    assert_none("MIT/X11", "EFORMAT", "license: AND, OR or its end is expected where '/' stands");
    assert_none("MIT or 0BSD", "EFORMAT",
                "license: AND, OR or its end is expected where 'or' stands");
}

static void licences_that_spdx_does_not_have(void **state)
{
    (void)state;
    assert_none("Foo Bar", "ELICENSE",
                "license: 'Foo' is no licence of SPDX's list, as this ajar has it; one of your "
                "own is LicenseRef-NAME");
    assert_none("apache-2.0", "ELICENSE", "license: 'apache-2.0' is written Apache-2.0");
    assert_none("MIT WITH MIT", "ELICENSE",
                "license: 'MIT' is no exception of SPDX's list, as this ajar has it");
    assert_none("LicenseRef-", "ELICENSE",
                "license: 'LicenseRef-' is no licence of SPDX's list, as this ajar has it; one of "
                "your own is LicenseRef-NAME");
    assert_none("MIT++", "ELICENSE",
                "license: 'MIT++' is no licence of SPDX's list, as this ajar has it; one of your "
                "own is LicenseRef-NAME");
}

static void a_licence_that_spdx_wants_no_more(void **state)
{
    (void)state;
    assert_none("GPL-2.0+", "EDEPRECATED",
                "license: SPDX has 'GPL-2.0' no more: say which is meant (\"GPL-2.0-only\", "
                "\"GPL-2.0-or-later\")");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(licences_and_how_they_are_put_together),
        cmocka_unit_test(what_is_no_expression),
        cmocka_unit_test(licences_that_spdx_does_not_have),
        cmocka_unit_test(a_licence_that_spdx_wants_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
