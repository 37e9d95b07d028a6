#include "proto/receipt.h"

#include "exact.h"

static void kinds_have_names_and_are_read_by_them(void **state)
{
    static const char *const names[] = {"mail",  "bounce", "delay", "answer",  "report",
                                        "other", "line",   "http",  "datagram"};
    enum receipt_kind kind;
    (void)state;
    for (unsigned i = 0; i < RECEIPT_KINDS; i++) {
        assert_string_equal(receipt_kind_name((enum receipt_kind)i), names[i]);
        assert_true(receipt_kind_parse(bytes_of(names[i]), &kind));
        assert_int_equal(kind, i);
    }
}

static void what_others_write_is_mail_and_no_return(void **state)
{
    (void)state;
    for (unsigned i = 0; i < RECEIPT_KINDS; i++) {
        enum receipt_kind kind = (enum receipt_kind)i;
        bool mail = kind != RECEIPT_LINE && kind != RECEIPT_HTTP && kind != RECEIPT_DATAGRAM;
        assert_int_equal(receipt_kind_is_mail(kind), mail);
        assert_int_equal(receipt_kind_is_return(kind), !mail || kind == RECEIPT_MAIL);
    }
}

static void other_words_are_no_kind(void **state)
{
    static const char *const words[] = {"", "Mail", "mail ", "mai", "smtp"};
    enum receipt_kind kind;
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_false(receipt_kind_parse(bytes_of(words[i]), &kind));
}

static void as_many_whole_lines_fit_as_a_receipt_may_have(void **state)
{
    (void)state;
    struct buf raw = buf_new(3 * RECEIPT_LINES);
    for (unsigned i = 0; i < RECEIPT_LINES; i++)
        buf_put_text(&raw, "a\n");
    assert_true(receipt_fits(buf_view(&raw)));
    buf_put_text(&raw, "without an end");
    assert_true(receipt_fits(buf_view(&raw)));
    buf_put_text(&raw, "\n");
    assert_false(receipt_fits(buf_view(&raw)));
    assert_int_equal(receipt_beginning(buf_view(&raw)), 2 * RECEIPT_LINES);
    buf_free(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_names_and_are_read_by_them),
        cmocka_unit_test(what_others_write_is_mail_and_no_return),
        cmocka_unit_test(other_words_are_no_kind),
        cmocka_unit_test(as_many_whole_lines_fit_as_a_receipt_may_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
