#include "cli/case_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The row of a case.json, in memory that the caller frees. */
static char *row(const char *id, const char *text, unsigned width, bool colour)
{
    struct buf out = buf_new(4096);
    struct case_table table = {&out, width, colour};
    json_t *json = json_loads(text, 0, NULL);
    assert_non_null(json);
    case_table_row(&table, id, json);
    char *copy = strdup(buf_text(&out));
    buf_free(&out);
    json_decref(json);
    return copy;
}

static void assert_row(const char *id, const char *text, const char *expected)
{
    char *got = row(id, text, 80, false);
    assert_string_equal(got, expected);
    free(got);
}

static void cells_stand_below_their_titles(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    struct case_table table = {&out, 80, false};
    case_table_titles(&table);
    assert_string_equal(buf_text(&out),
                        "CASE       VERDICT      TARGET            PROBE              REASON\n");
    buf_free(&out);
    assert_row("c-5f0e12ab34cd",
               "{\"verdict\":\"open\",\"target\":\"127.0.0.1\",\"port\":25,\"probe\":\"relay/p\","
               "\"reason\":\"token returned\"}",
               "c-5f0e12ab open         127.0.0.1:25      relay/p            token returned\n");
}

static void a_wide_cell_takes_room_from_the_last(void **state)
{
    (void)state;
    assert_row("c-1",
               "{\"verdict\":\"open\",\"target\":\"2001:db8::1234:5678:9abc\",\"port\":25,"
               "\"probe\":\"relay/p\",\"reason\":\"the token was returned\"}",
               "c-1        open         [2001:db8::1234:5678:9abc]:25 relay/p the token was "
               "ret…\n");
}

static void without_a_width_nothing_is_cut(void **state)
{
    (void)state;
    char *got = row("c-1",
                    "{\"verdict\":\"open\",\"target\":\"2001:db8::1234:5678:9abc\",\"port\":25,"
                    "\"probe\":\"relay/p\",\"reason\":\"the token was returned\"}",
                    0, false);
    assert_string_equal(got,
                        "c-1        open         [2001:db8::1234:5678:9abc]:25 relay/p the token "
                        "was returned\n");
    free(got);
}

static void what_is_missing_stays_empty(void **state)
{
    (void)state;
    assert_row("c-1", "{\"verdict\":7}", "c-1\n");
}

static void nothing_of_a_stranger_reaches_the_terminal_raw(void **state)
{
    (void)state;
    assert_row("c-1", "{\"verdict\":\"\\u001b[2J\",\"reason\":\"\\n\"}",
               "c-1        \\x1b[2J                                           \\n\n");
}

static void only_the_verdict_is_coloured(void **state)
{
    (void)state;
    char *got = row("c-1", "{\"verdict\":\"open\"}", 24, true);
    assert_string_equal(got, "c-1        \x1b[1;31mopen\x1b[0m\n");
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_stand_below_their_titles),
        cmocka_unit_test(a_wide_cell_takes_room_from_the_last),
        cmocka_unit_test(without_a_width_nothing_is_cut),
        cmocka_unit_test(what_is_missing_stays_empty),
        cmocka_unit_test(nothing_of_a_stranger_reaches_the_terminal_raw),
        cmocka_unit_test(only_the_verdict_is_coloured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
