#include "base/time.h"

#include "given.h"

#include <time.h>

static const struct {
    instant when;
    const char *text;
    const char *mail;
    const char *reader;
} rows[] = {
    {0, "1970-01-01T00:00:00.000000Z", "Thu, 01 Jan 1970 00:00:00 +0000",
     "1970-01-01 00:00:00 UTC"},
    {1795486216123456, "2026-11-24T02:10:16.123456Z", "Tue, 24 Nov 2026 02:10:16 +0000",
     "2026-11-24 02:10:16 UTC"},
    {951782399999999, "2000-02-28T23:59:59.999999Z", "Mon, 28 Feb 2000 23:59:59 +0000",
     "2000-02-28 23:59:59 UTC"},
    {951782400000000, "2000-02-29T00:00:00.000000Z", "Tue, 29 Feb 2000 00:00:00 +0000",
     "2000-02-29 00:00:00 UTC"},
    {-1, "1969-12-31T23:59:59.999999Z", "Wed, 31 Dec 1969 23:59:59 +0000",
     "1969-12-31 23:59:59 UTC"},
    {-1000000, "1969-12-31T23:59:59.000000Z", "Wed, 31 Dec 1969 23:59:59 +0000",
     "1969-12-31 23:59:59 UTC"},
    {253402300799999999, "9999-12-31T23:59:59.999999Z", "Fri, 31 Dec 9999 23:59:59 +0000",
     "9999-12-31 23:59:59 UTC"},
};

static void an_instant_has_three_texts(void **state)
{
    char text[TIME_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(time_text(rows[i].when, text), rows[i].text);
        assert_string_equal(time_mail_text(rows[i].when, text), rows[i].mail);
        assert_string_equal(time_reader_text(rows[i].when, text), rows[i].reader);
    }
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        instant when = 7;
        unsigned char *block = exact_copy(bytes_of(rows[i].text));
        assert_true(time_parse(bytes_at(block, strlen(rows[i].text)), &when));
        assert_int_equal(when, rows[i].when);
        free(block);
    }
}

static void other_texts_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "2026-11-24T02:10:16Z",
        "2026-11-24T02:10:16.123Z",
        "2026-11-24t02:10:16.123456z",
        "2026-11-24 02:10:16.123456Z",
        "2026-11-24T02:10:16.123456+",
        "2026-13-24T02:10:16.123456Z",
        "2026-00-24T02:10:16.123456Z",
        "2026-02-29T02:10:16.123456Z",
        "2026-11-24T24:10:16.123456Z",
        "2026-11-24T02:60:16.123456Z",
        "2026-11-24T02:10:60.123456Z",
        "2026-11-24T02:10:16.-23456Z",
        "+026-11-24T02:10:16.123456Z",
        "2026- 1-24T02:10:16.123456Z",
        "2026-11-24T02:10:16.123456Z ",
        "2026-11-24T02:10:16.12345 Z",
    };
    instant when;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (time_parse(bytes_of(texts[i]), &when))
            fail_msg("\"%s\" was taken", texts[i]);
    assert_false(time_parse(LITERAL("2026-11-24T02:10:16.12345\0Z"), &when));
    assert_false(
        time_parse(LITERAL("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), &when));
}

static void signs_and_blanks_are_no_digits(void **state)
{
    static const size_t places[] = {0, 5, 8, 11, 14, 17, 20};
    static const char marks[] = "-+ \t\nx";
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        for (size_t k = 0; k + 1 < sizeof marks; k++) {
            char text[] = "2026-11-24T02:10:16.123456Z";
            instant when = 7;
            text[places[i]] = marks[k];
            assert_false(time_parse(bytes_of(text), &when));
            assert_int_equal(when, 7);
        }
}

/* Each day of 1600 to 2400, against the C library's calendar. */
static void the_calendar_is_the_c_library_s(void **state)
{
    (void)state;
    for (time_t day = -135140; day < 157055; day++) {
        char text[TIME_TEXT];
        char wanted[64];
        time_t seconds = day * 86400 + 86399;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        strftime(wanted, sizeof wanted, "%a, %d %b %Y %H:%M:%S +0000", &tm);
        if (strcmp(time_mail_text(seconds * SPAN_SECOND, text), wanted) != 0)
            fail_msg("%s is not %s", text, wanted);
    }
}

static void instants_at_the_ends_of_time_stay_within_their_arrays(void **state)
{
    static const instant ends[] = {INT64_MAX, INT64_MIN, INT64_MIN + 1, -62135596800000001};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char text[TIME_TEXT];
        assert_true(strlen(time_text(ends[i], text)) < TIME_TEXT);
        assert_true(strlen(time_mail_text(ends[i], text)) < TIME_TEXT);
        assert_true(strlen(time_reader_text(ends[i], text)) < TIME_TEXT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_has_three_texts),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(signs_and_blanks_are_no_digits),
        cmocka_unit_test(the_calendar_is_the_c_library_s),
        cmocka_unit_test(instants_at_the_ends_of_time_stay_within_their_arrays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
