#include "proto/received.h"

#include "exact.h"

static void assert_read(const char *value, const char *from, const char *by, const char *with,
                        const char *date)
{
    struct buf text = buf_new(1024);
    struct received r;
    assert_true(received_unfold(&text, bytes_of(value)));
    struct exact e = exact_of(buf_view(&text));
    received_parse(e.view, &r);
    assert_bytes(r.from, from);
    assert_bytes(r.by, by);
    assert_bytes(r.with, with);
    assert_bytes(r.date, date);
    free(e.block);
    buf_free(&text);
}

static void the_clauses_are_found_over_folds(void **state)
{
    (void)state;
    assert_read("from a.example (b [192.0.2.1])\r\n\tby c.example (Postfix) with ESMTPS\r\n id 4F; "
                "Fri, 27 Nov 2026 07:25:42 +0000",
                "a.example (b [192.0.2.1])", "c.example (Postfix)", "ESMTPS",
                "Fri, 27 Nov 2026 07:25:42 +0000");
    assert_read("by c.example via TCP FOR <x@y.example>; today", "", "c.example", "", "today");
}

static void what_is_not_said_is_empty(void **state)
{
    (void)state;
    assert_read("", "", "", "", "");
    assert_read("from", "", "", "", "");
    assert_read(";", "", "", "", "");
    assert_read("some words; with; dates", "", "", "", "dates");
}

static void a_word_in_a_comment_begins_no_clause(void **state)
{
    (void)state;
    assert_read("from a (by (from) with) by b", "a (by (from) with)", "b", "", "");
    assert_read("from a (never closed by b", "a (never closed by b", "", "", "");
    assert_read("from a) by b", "a)", "b", "", "");
}

static void the_first_of_two_counts(void **state)
{
    (void)state;
    assert_read("from a from b by c by d", "a", "c", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clauses_are_found_over_folds),
        cmocka_unit_test(what_is_not_said_is_empty),
        cmocka_unit_test(a_word_in_a_comment_begins_no_clause),
        cmocka_unit_test(the_first_of_two_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
