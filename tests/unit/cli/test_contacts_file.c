#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/contacts_file.h"

#include <stdlib.h>

static struct contacts_file *with(const char *const *lines)
{
    struct fail fail = {0};
    struct contacts_file *c = contacts_file_new();
    for (; *lines; lines++)
        if (!contacts_file_line(c, bytes_of(*lines), &fail))
            fail_msg("%s: %s", *lines, fail.text);
    return c;
}

static const struct known_contact *find(const struct contacts_file *c, const char *address)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(address), &a));
    return contacts_file_find(c, &a);
}

#define LINE(address, to, more)                                                                    \
    "{\"address\":\"" address "\",\"to\":[" to "],\"languages\":[\"nb\",\"en\"]" more "}"

static void each_address_has_its_contact(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"contacts\":1,\"ajar\":\"0\",\"began\":\"x\"}",
        "{\"exchange\":1,\"address\":\"192.0.2.1\"}",
        LINE("192.0.2.9", "\"nine@example.net\"", ""),
        LINE("192.0.2.1", "\"one@example.net\",\"other@example.net\"", ""),
        LINE("2001:db8::1", "", ",\"opted_out\":true"),
        LINE("192.0.2.9", "\"new@example.net\"", ""),
        NULL};
    struct contacts_file *c = with(lines);
    assert_string_equal(find(c, "192.0.2.1:25")->to, "one@example.net");
    assert_string_equal(find(c, "192.0.2.1")->languages, "nb, en");
    assert_string_equal(find(c, "192.0.2.9")->to, "new@example.net");
    assert_string_equal(find(c, "2001:db8::1")->to, "");
    assert_true(find(c, "2001:db8::1")->opted_out);
    assert_null(find(c, "192.0.2.2"));
    contacts_file_free(c);
}

static void a_case_holds_who_says_so_and_when(void **state)
{
    (void)state;
    static const char *const lines[] = {
        LINE("192.0.2.1", "\"one@example.net\"",
             ",\"to_from\":\"rdap\",\"sources\":[{\"source\":\"own-list\",\"asked\":\"x\"},"
             "{\"source\":\"rdap\",\"service\":\"https://a.example/\","
             "\"asked\":\"2026-11-28T02:10:16.123456Z\",\"exchanges\":[3,4]}]"),
        NULL};
    struct contacts_file *c = with(lines);
    struct addr a;
    assert_true(addr_parse_ip(bytes_of("192.0.2.1"), &a));
    char *said = contacts_file_said(c, &a);
    assert_string_equal(said, "{\"to\":[\"one@example.net\"],\"to_from\":\"rdap\","
                              "\"service\":\"https://a.example/\","
                              "\"asked\":\"2026-11-28T02:10:16.123456Z\",\"exchanges\":[3,4],"
                              "\"languages\":[\"nb\",\"en\"],\"file_sha256\":\"\"}");
    free(said);
    contacts_file_free(c);
}

static void a_line_that_names_what_is_no_address_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "",
        "[]",
        "{}",
        LINE("192.0.2.1", "\"one@example.net\\r\\nBcc: all@example.net\"", ""),
        LINE("192.0.2.1", "7", ""),
        LINE("192.0.2.300", "", ""),
        "{\"address\":\"192.0.2.1\",\"to\":\"one@example.net\",\"languages\":[]}",
        "{\"address\":\"192.0.2.1\",\"to\":[],\"languages\":[\"nb\\nX: y\"]}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct fail fail = {0};
        struct contacts_file *c = contacts_file_new();
        if (contacts_file_line(c, bytes_of(lines[i]), &fail))
            fail_msg("%s", lines[i]);
        assert_string_equal(fail.code, "EFORMAT");
        contacts_file_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_address_has_its_contact),
        cmocka_unit_test(a_case_holds_who_says_so_and_when),
        cmocka_unit_test(a_line_that_names_what_is_no_address_is_refused),
    };
    return cmocka_run_group_tests_name("cli/contacts_file", tests, NULL, NULL);
}
