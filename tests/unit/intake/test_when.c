#include "intake_test.h"

#include "intake/when.h"

static void is(const char *text, const char *expected)
{
    instant when = 0;
    char out[TIME_TEXT];
    if (!when_parse(bytes_of(text), &when))
        fail_msg("%s is no date", text);
    assert_string_equal(time_text(when, out), expected);
}

static void dates_have_many_forms(void **state)
{
    (void)state;
    is("2026-11-24", "2026-11-24T00:00:00.000000Z");
    is("2026-11-24 02:10:16", "2026-11-24T02:10:16.000000Z");
    is("2026-11-24 02:10:16 UTC", "2026-11-24T02:10:16.000000Z");
    is("2026-11-24T02:10:16Z", "2026-11-24T02:10:16.000000Z");
    is("2026-11-24T02:10:16.5Z", "2026-11-24T02:10:16.500000Z");
    is("2026-11-24T02:10:16.123456789Z", "2026-11-24T02:10:16.123456Z");
    is("2026-11-24T02:10:16+01:00", "2026-11-24T01:10:16.000000Z");
    is("2026-11-24T02:10:16-0130", "2026-11-24T03:40:16.000000Z");
    is("2026-11-24T02:10:16.000+0000", "2026-11-24T02:10:16.000000Z");
}

static void what_is_no_day_is_no_date(void **state)
{
    static const char *const none[] = {"",
                                       "2026",
                                       "2026-13-01",
                                       "2026-02-30",
                                       "2026-11-24T",
                                       "2026-11-24T25:00:00",
                                       "2026-11-24T02:10",
                                       "2026-11-24T02:10:16+",
                                       "2026-11-24T02:10:16+1",
                                       "2026-11-24T02:10:16+99:00",
                                       "2026-11-24T02:10:16X",
                                       "24.11.2026 02:10:16"};
    instant when;
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (when_parse(bytes_of(none[i]), &when))
            fail_msg("\"%s\" was taken for a date", none[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_have_many_forms),
        cmocka_unit_test(what_is_no_day_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
