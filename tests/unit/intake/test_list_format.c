/* Files that are given as lists and are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "intake/list_format.h"

static void says(struct bytes line, const char *word)
{
    const char *fault = list_format_fault(line);
    assert_non_null(fault);
    assert_non_null(strstr(fault, word));
}

static void lines_of_targets_are_nothing_strange(void **state)
{
    (void)state;
    assert_null(list_format_fault(bytes_of("192.0.2.1:25")));
    assert_null(list_format_fault(bytes_of("mail.example # ours")));
    assert_null(list_format_fault(bytes_of("")));
    assert_null(list_format_fault(bytes_of("P")));
}

static void other_files_are_told_by_their_beginning(void **state)
{
    (void)state;
    says(bytes_at("\xff\xfe\x31\0", 4), "UTF-16");
    says(bytes_at("\xfe\xff\0\x31", 4), "UTF-16");
    says(bytes_of("PK\x03\x04\x14"), "CSV");
    says(bytes_of("\x1f\x8b\x08"), "zcat");
    says(bytes_of("%PDF-1.7"), "PDF");
    says(bytes_of("{\"target\":\"192.0.2.1\"}"), "JSON");
    says(bytes_of("<!DOCTYPE html>"), "HTML");
    says(bytes_of("192.0.2.1,25"), "\"ip\"");
    says(bytes_of("address;port"), "\"ip\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_targets_are_nothing_strange),
        cmocka_unit_test(other_files_are_told_by_their_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
