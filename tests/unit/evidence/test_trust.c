#include "evidence/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KEY   "RWTEfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYz"
#define OTHER "RWQqyjdNhTC4Gdp5HxOdgx2wByLl1dqrkECFczExX6iWaab399TBrRXJ"

static struct trust read(const char *text)
{
    struct fail fail = {0};
    struct trust t = {.count = 0};
    if (!trust_parse(&t, bytes_of(text), &fail))
        fail_msg("%s", fail.text);
    return t;
}

static void assert_refused(const char *text, const char *because)
{
    struct fail fail = {0};
    struct trust t = {.count = 0};
    assert_false(trust_parse(&t, bytes_of(text), &fail));
    assert_string_equal(fail.text, because);
}

static instant at(const char *text)
{
    instant when = 0;
    assert_true(time_parse(bytes_of(text), &when));
    return when;
}

static void a_line_is_a_key_its_days_and_a_name(void **state)
{
    (void)state;
    struct trust t =
        read("# whom we trust\n"
             "\n" KEY "  2026-01-01\t2026-12-31  Kari Nordmann, Nkom\r\n" OTHER " - -");
    assert_int_equal(t.count, 2);
    assert_string_equal(t.keys[0].name, "Kari Nordmann, Nkom");
    assert_string_equal(t.keys[1].name, "");
    struct trusted_key *key = &t.keys[0];
    assert_ptr_not_equal(trust_find(&t, key->key.id), NULL);
    assert_null(trust_find(&t, (const unsigned char *)"12345678"));
}

static void both_days_count(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct trust t = read(KEY " 2026-01-01 2026-12-31 x");
    instant first = at("2026-01-01T00:00:00.000000Z");
    instant last = at("2026-12-31T23:59:59.999999Z");
    assert_true(trust_holds(&t.keys[0], first, first, &fail));
    assert_true(trust_holds(&t.keys[0], last, last, &fail));
    assert_false(trust_holds(&t.keys[0], first - 1, first, &fail));
    assert_string_equal(fail.text, "the key DB1FBC69D26D7CC4 is trusted from 2026-01-01 on, and "
                                   "signed on 2025-12-31");
    assert_false(trust_holds(&t.keys[0], last + 1, last + 1, &fail));
    assert_string_equal(fail.text, "the key DB1FBC69D26D7CC4 was trusted until 2026-12-31, and "
                                   "signed on 2027-01-01");
}

static void a_signature_that_is_shown_too_late_may_have_been_made_too_late(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct trust t = read(KEY " - 2026-12-31");
    assert_false(trust_holds(&t.keys[0], at("2026-12-30T10:00:00.000000Z"),
                             at("2027-02-01T10:00:00.000000Z"), &fail));
    assert_string_equal(fail.text, "the key DB1FBC69D26D7CC4 was trusted until 2026-12-31, and "
                                   "the time-stamp shows its signature only on 2027-02-01");
}

static void without_days_there_is_no_end(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct trust t = read(KEY " - -");
    assert_true(trust_holds(&t.keys[0], 0, 0, &fail));
    assert_true(trust_holds(&t.keys[0], INT64_MAX - 1, INT64_MAX - 1, &fail));
}

static void what_is_no_such_file_is_refused_by_its_line(void **state)
{
    (void)state;
    static const char days[] = "line 2: behind the key must stand from when and until when it is "
                               "trusted: two days like 2026-12-31, or - for no limit";
    assert_refused("hello\n", "line 1: not a public key of minisign's form");
    assert_refused("\n" KEY "\n", days);
    assert_refused("\n" KEY " -\n", days);
    assert_refused("\n" KEY " 2026-02-30 -\n", days);
    assert_refused("\n" KEY " 2026-1-1 -\n", days);
    assert_refused("\n" KEY " - 2026-12-31T00:00\n", days);
    assert_refused(KEY " 2026-12-31 2026-12-30\n",
                   "line 1: trusted until a day before the one from which it is");
    assert_refused(KEY " - - a\n" KEY " - - b\n",
                   "line 2: the key DB1FBC69D26D7CC4 is named twice");
    assert_refused(KEY " - - a\x1b[31m\n",
                   "line 1: the name must be printable, and shorter than 96 bytes");
}

static void a_given_key_is_trusted_at_any_time(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct trust t = {.count = 0};
    assert_true(trust_add(&t, KEY, &fail));
    assert_true(trust_holds(&t.keys[0], 0, INT64_MAX - 1, &fail));
    assert_false(trust_add(&t, KEY, &fail));
    assert_string_equal(fail.text, "the key DB1FBC69D26D7CC4 is named twice");
}

/* KEY with another number. */
#define AGAIN "RWTFfG3Sabwf27fV5AWz0qoVx3BfKi8oGmM1q0nO1K9E5VzXMlBT3oYz"

static void one_key_under_two_numbers_is_not_two_keys(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct trust t = {.count = 0};
    static const char why[] =
        "the key DB1FBC69D26D7CC5 is the key DB1FBC69D26D7CC4 with another number: name it once";
    assert_true(trust_add(&t, KEY, &fail));
    assert_false(trust_add(&t, AGAIN, &fail));
    assert_string_equal(fail.text, why);
    assert_refused(KEY " - - a\n" AGAIN " - - b\n",
                   "line 2: the key DB1FBC69D26D7CC5 is the key DB1FBC69D26D7CC4 with another "
                   "number: name it once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_key_its_days_and_a_name),
        cmocka_unit_test(both_days_count),
        cmocka_unit_test(a_signature_that_is_shown_too_late_may_have_been_made_too_late),
        cmocka_unit_test(without_days_there_is_no_end),
        cmocka_unit_test(what_is_no_such_file_is_refused_by_its_line),
        cmocka_unit_test(a_given_key_is_trusted_at_any_time),
        cmocka_unit_test(one_key_under_two_numbers_is_not_two_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
