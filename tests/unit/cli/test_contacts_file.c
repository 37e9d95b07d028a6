#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/contacts_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct contacts_file *with(const char *const *lines)
{
    struct fail fail = {0};
    struct contacts_file *c = contacts_file_new();
    for (; *lines; lines++)
        if (!contacts_file_line(c, bytes_of(*lines), 0, &fail))
            fail_msg("%s: %s", *lines, fail.text);
    contacts_file_ready(c);
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

static void all_that_are_named_are_there(void **state)
{
    (void)state;
    static const char *const lines[] = {
        LINE("192.0.2.1", "\"one@example.net\",\"two@example.net\",\"x\",\"one@example.net\"", ""),
        LINE("192.0.2.2", "", ""), NULL};
    char all[ANSWER_CONTACTS][MAILBOX_TEXT];
    struct contacts_file *c = with(lines);
    assert_int_equal(contacts_file_to(find(c, "192.0.2.1"), all), 2);
    assert_string_equal(all[0], "one@example.net");
    assert_string_equal(all[1], "two@example.net");
    assert_int_equal(contacts_file_to(find(c, "192.0.2.2"), all), 0);
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
    char *exchanges;
    char *said = contacts_file_said(c, &a, &exchanges);
    assert_string_equal(said, "{\"to\":[\"one@example.net\"],\"to_from\":\"rdap\","
                              "\"service\":\"https://a.example/\","
                              "\"asked\":\"2026-11-28T02:10:16.123456Z\",\"exchanges\":[3,4],"
                              "\"languages\":[\"nb\",\"en\"],\"file_sha256\":\"\"}");
    assert_null(exchanges);
    free(said);
    contacts_file_free(c);
}

static char *load(const char *text, const char *address, char **exchanges)
{
    char path[] = "/tmp/test_contacts_file-XXXXXX";
    struct fail fail = {0};
    struct addr a;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    struct contacts_file *c = contacts_file_load(path, &fail);
    unlink(path);
    assert_non_null(c);
    assert_true(addr_parse_ip(bytes_of(address), &a));
    char *said = contacts_file_said(c, &a, exchanges);
    contacts_file_free(c);
    return said;
}

static void a_case_holds_the_exchanges_of_the_source_that_was_chosen(void **state)
{
    (void)state;
    char *exchanges;
    char *said = load("{\"contacts\":1}\n{\"exchange\":1,\"a\":1}\n{\"exchange\":2,\"b\":1}\n"
                      "{\"exchange\":3,\"c\":1}\n" LINE(
                          "192.0.2.1", "\"one@example.net\"",
                          ",\"to_from\":\"whois\",\"sources\":[{\"source\":\"rdap\",\"exchanges\":"
                          "[1]},{\"source\":\"whois\",\"exchanges\":[2,3]}]") "\n",
                      "192.0.2.1", &exchanges);
    assert_string_equal(exchanges, "{\"exchange\":2,\"b\":1}\n{\"exchange\":3,\"c\":1}\n");
    assert_non_null(strstr(said, "\"exchanges_sha256\":\""));
    free(said);
    free(exchanges);
}

static void an_exchange_that_is_not_on_the_tape_is_said_to_be_left_out(void **state)
{
    (void)state;
    char *exchanges;
    char *said = load("{\"exchange\":1,\"a\":1}\n" LINE(
                          "192.0.2.1", "\"one@example.net\"",
                          ",\"to_from\":\"rdap\",\"sources\":[{\"source\":\"rdap\",\"exchanges\":"
                          "[1,2]}]") "\n",
                      "192.0.2.1", &exchanges);
    assert_null(exchanges);
    assert_non_null(strstr(said, "\"exchanges_left_out\":true"));
    free(said);
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
        if (contacts_file_line(c, bytes_of(lines[i]), 0, &fail))
            fail_msg("%s", lines[i]);
        assert_string_equal(fail.code, "EFORMAT");
        contacts_file_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_address_has_its_contact),
        cmocka_unit_test(all_that_are_named_are_there),
        cmocka_unit_test(a_case_holds_who_says_so_and_when),
        cmocka_unit_test(a_case_holds_the_exchanges_of_the_source_that_was_chosen),
        cmocka_unit_test(an_exchange_that_is_not_on_the_tape_is_said_to_be_left_out),
        cmocka_unit_test(a_line_that_names_what_is_no_address_is_refused),
    };
    return cmocka_run_group_tests_name("cli/contacts_file", tests, NULL, NULL);
}
