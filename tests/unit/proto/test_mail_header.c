#include "proto/mail.h"

#include "exact.h"

static void assert_found(const char *message, const char *name, unsigned nth, const char *wanted)
{
    struct exact e = exact_of(bytes_of(message));
    struct bytes value;
    if (!mail_header(e.view, name, nth, &value))
        fail_msg("no %s in \"%s\"", name, message);
    assert_bytes(value, wanted);
    free(e.block);
}

static void assert_missing(const char *message, const char *name, unsigned nth)
{
    struct exact e = exact_of(bytes_of(message));
    struct bytes value;
    assert_false(mail_header(e.view, name, nth, &value));
    free(e.block);
}

static void a_field_is_found_in_any_case(void **state)
{
    (void)state;
    assert_found("Subject: hello\r\n\r\nbody", "subject", 0, "hello");
    assert_found("SUBJECT:hello\r\n\r\n", "Subject", 0, "hello");
    assert_found("A: 1\nSubject: hello\n\n", "Subject", 0, "hello");
    assert_found("Subject : old form\r\n\r\n", "Subject", 0, "old form");
    assert_found("Subject:\r\n\r\n", "Subject", 0, "");
    assert_found("Subject: no end", "Subject", 0, "no end");
}

static void the_nth_of_its_name_is_found(void **state)
{
    static const char message[] = "Received: a\r\nX: y\r\nReceived: b\r\nReceived: c\r\n\r\n";
    (void)state;
    assert_found(message, "Received", 0, "a");
    assert_found(message, "Received", 1, "b");
    assert_found(message, "Received", 2, "c");
    assert_missing(message, "Received", 3);
}

static void folds_stay_as_they_stand(void **state)
{
    (void)state;
    assert_found("A: b\r\n c\r\n\td\r\nE: f\r\n\r\n", "A", 0, "b\r\n c\r\n\td");
    assert_found("A:\r\n b\r\n\r\n", "A", 0, "b");
    assert_found("A: b\r\n \r\nC: d\r\n\r\n", "C", 0, "d");
    assert_missing("A: b\r\n C: d\r\n\r\n", "C", 0);
    assert_missing(" C: d\r\n\r\n", "C", 0);
}

static void the_header_ends_at_the_first_empty_line(void **state)
{
    (void)state;
    assert_missing("A: b\r\n\r\nC: d\r\n", "C", 0);
    assert_missing("A: b\n\nC: d\n", "C", 0);
    assert_missing("\r\nC: d\r\n", "C", 0);
    assert_missing("", "C", 0);
}

static void lines_that_are_no_fields_are_passed_over(void **state)
{
    (void)state;
    assert_found("From someone at noon\r\nA: b\r\n\r\n", "A", 0, "b");
    assert_missing("Ab: c\r\nxA: c\r\n: d\r\n\r\n", "A", 0);
}

static void a_message_of_a_megabyte_is_read(void **state)
{
    struct buf folds = buf_new(1 << 21);
    struct bytes value;
    (void)state;
    buf_put_text(&folds, "A: b\r\n");
    while (folds.n < 1 << 20)
        buf_put_text(&folds, " c\r\n");
    buf_put_text(&folds, "Z: last\r\n\r\n");
    assert_true(mail_header(buf_view(&folds), "Z", 0, &value));
    assert_bytes(value, "last");
    buf_free(&folds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_found_in_any_case),
        cmocka_unit_test(the_nth_of_its_name_is_found),
        cmocka_unit_test(folds_stay_as_they_stand),
        cmocka_unit_test(the_header_ends_at_the_first_empty_line),
        cmocka_unit_test(lines_that_are_no_fields_are_passed_over),
        cmocka_unit_test(a_message_of_a_megabyte_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
