/* The columns of a list of suspects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "intake/csv.h"

static struct csv_columns header(const char *line)
{
    struct csv_columns c = {0};
    assert_true(csv_header(bytes_of(line), &c));
    return c;
}

static struct csv_row row_of(const char *head, const char *line)
{
    struct csv_row row;
    struct fail fail;
    struct csv_columns c = header(head);
    if (!csv_row(&c, bytes_of(line), &row, &fail))
        fail_msg("%s: %s", line, fail.text);
    return row;
}

static void refuse(const char *head, const char *line, const char *sentence)
{
    struct csv_row row;
    struct fail fail;
    struct csv_columns c = header(head);
    assert_false(csv_row(&c, bytes_of(line), &row, &fail));
    assert_string_equal(fail.text, sentence);
    assert_string_equal(fail.code, "EFORMAT");
}

static void a_header_names_the_columns_in_any_order(void **state)
{
    (void)state;
    struct csv_row row = row_of("\"timestamp\",\"ip\",\"port\",\"hostname\",\"source\"",
                                "\"2026-11-24\",\"192.0.2.1\",25,mx.example,open relays");
    assert_string_equal(row.address, "192.0.2.1");
    assert_string_equal(row.port, "25");
    assert_string_equal(row.name, "mx.example");
    assert_string_equal(row.source, "open relays");
    row = row_of("src_port;src_ip", "25;2001:db8::1");
    assert_string_equal(row.address, "2001:db8::1");
    assert_string_equal(row.port, "25");
    assert_string_equal(row.name, "");
}

static void a_line_without_the_column_ip_is_no_header(void **state)
{
    struct csv_columns c;
    (void)state;
    assert_false(csv_header(bytes_of("192.0.2.1"), &c));
    assert_false(csv_header(bytes_of("address,port"), &c));
    assert_false(csv_header(bytes_of(""), &c));
}

static void quotes_hold_separators_and_doubled_quotes(void **state)
{
    (void)state;
    struct csv_row row = row_of("ip,hostname", "192.0.2.1,\"a, b \"\"c\"\"\"");
    assert_string_equal(row.name, "a, b \"c\"");
    assert_string_equal(row_of("ip,hostname", "192.0.2.1").name, "");
}

static void what_is_wrong_with_a_row_is_said_with_its_column(void **state)
{
    (void)state;
    refuse("ip,port,hostname", "192.0.2.1,25,\"mx.example",
           "column 3 has a quotation mark (\") that is not closed on this line");
    refuse("ip,port", "\"192.0.2.1,25",
           "column 1 has a quotation mark (\") that is not closed on "
           "this line");
    refuse("port,ip", "25,", "the row has no address in its column 2, \"ip\"");
    refuse("port,ip", "25", "the row has no address in its column 2, \"ip\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_names_the_columns_in_any_order),
        cmocka_unit_test(a_line_without_the_column_ip_is_no_header),
        cmocka_unit_test(quotes_hold_separators_and_doubled_quotes),
        cmocka_unit_test(what_is_wrong_with_a_row_is_said_with_its_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
