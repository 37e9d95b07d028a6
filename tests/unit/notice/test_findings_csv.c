#include "notice/findings_csv.h"

#include "notice_test.h"

static struct finding plain_finding(void)
{
    struct finding f = {.case_id = bytes_of("c-1"),
                        .open = true,
                        .probe = bytes_of("relay/third-party"),
                        .host = bytes_of("mail.example.org"),
                        .bundle = bytes_of("evidence.tar"),
                        .digest = bytes_of("00ff")};
    addr_parse(bytes_of("192.0.2.1:25"), &f.target);
    time_parse(bytes_of("2026-11-24T02:10:16.123456Z"), &f.started);
    return f;
}

static void assert_row(const struct finding *f, const char *wanted)
{
    struct buf out = buf_new(4096);
    assert_true(findings_csv_put(&out, f));
    assert_string_equal(buf_text(&out), wanted);
    buf_free(&out);
}

static void a_row_has_a_field_for_each_column(void **state)
{
    (void)state;
    struct finding f = plain_finding();
    struct buf head = buf_new(4096);
    unsigned commas = 0;
    findings_csv_head(&head);
    for (size_t i = 0; i < head.n; i++)
        commas += head.p[i] == ',';
    assert_int_equal(commas, 14);
    assert_row(&f, "\"c-1\",\"open\",\"open-relay\",\"192.0.2.1\",25,\"mail.example.org\","
                   "\"relay/third-party\",\"2026-11-24T02:10:16.123456Z\",\"\",\"\",\"\",\"\",\"\","
                   "\"evidence.tar\",\"00ff\"\n");
    buf_free(&head);
}

static void quotation_marks_are_doubled_and_what_is_no_text_is_shown(void **state)
{
    (void)state;
    struct finding f = plain_finding();
    f.host = bytes_of("a\",\"b\r\nc\xe2\x80\xae");
    assert_row(&f, "\"c-1\",\"open\",\"open-relay\",\"192.0.2.1\",25,"
                   "\"a\"\",\"\"b\\r\\nc\\xe2\\x80\\xae\","
                   "\"relay/third-party\",\"2026-11-24T02:10:16.123456Z\",\"\",\"\",\"\",\"\",\"\","
                   "\"evidence.tar\",\"00ff\"\n");
}

static void what_a_spreadsheet_would_calculate_stands_behind_an_apostrophe(void **state)
{
    (void)state;
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        char wanted[64];
        struct finding f = plain_finding();
        struct buf out = buf_new(4096);
        f.source = bytes_of(formulas[i]);
        snprintf(wanted, sizeof wanted, ",\"'%s\",", formulas[i]);
        assert_true(findings_csv_put(&out, &f));
        assert_non_null(strstr(buf_text(&out), wanted));
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_has_a_field_for_each_column),
        cmocka_unit_test(quotation_marks_are_doubled_and_what_is_no_text_is_shown),
        cmocka_unit_test(what_a_spreadsheet_would_calculate_stands_behind_an_apostrophe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
