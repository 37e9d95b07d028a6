#include "guard/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WHO                                                                                        \
    "authority: Example CERT, mandate 2026-17\n"                                                   \
    "contact: mailto:probes@cert.example\n"                                                        \
    "info: https://cert.example/probes\n"

static struct addr ip(const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return a;
}

static enum scope_answer ask(const struct scope *s, const char *text)
{
    struct addr a = ip(text);
    return scope_ask(s, &a);
}

static struct scope *parsed(const char *text)
{
    struct fail fail = {0};
    struct scope *s = scope_parse(bytes_of(text), "scope.txt", &fail);
    if (!s)
        fail_msg("%s", fail.text);
    return s;
}

static void assert_refused(const char *text, const char *because)
{
    struct fail fail = {0};
    assert_null(scope_parse(bytes_of(text), "scope.txt", &fail));
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", fail.text, because);
}

static void without_a_file_only_loopback_is_allowed(void **state)
{
    (void)state;
    struct scope *s = scope_loopback();
    assert_int_equal(ask(s, "127.0.0.1"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "127.255.255.255"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "::1"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "::ffff:127.0.0.1"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "128.0.0.1"), SCOPE_OUTSIDE);
    assert_int_equal(ask(s, "::2"), SCOPE_OUTSIDE);
    assert_int_equal(ask(s, "0.0.0.0"), SCOPE_OUTSIDE);
    assert_int_equal(ask(s, "::"), SCOPE_OUTSIDE);
    scope_free(s);
}

static void the_loopback_scope_has_the_digest_of_nothing(void **state)
{
    (void)state;
    struct scope *s = scope_loopback();
    assert_string_equal(scope_digest(s),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_int_not_equal(strlen(scope_authority(s)), 0);
    assert_int_not_equal(strlen(scope_contact(s)), 0);
    assert_int_not_equal(strlen(scope_info(s)), 0);
    scope_free(s);
}

static void a_file_says_who_asks(void **state)
{
    (void)state;
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\n");
    assert_string_equal(scope_authority(s), "Example CERT, mandate 2026-17");
    assert_string_equal(scope_contact(s), "mailto:probes@cert.example");
    assert_string_equal(scope_info(s), "https://cert.example/probes");
    scope_free(s);
}

static void what_is_not_allowed_is_outside(void **state)
{
    (void)state;
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\nallow 2001:db8::/32 # lab\n");
    assert_int_equal(ask(s, "192.0.2.0"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "192.0.2.255"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "192.0.3.0"), SCOPE_OUTSIDE);
    assert_int_equal(ask(s, "2001:db8:ffff::1"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "2001:db9::1"), SCOPE_OUTSIDE);
    assert_int_equal(ask(s, "127.0.0.1"), SCOPE_OUTSIDE);
    scope_free(s);
}

static void deny_wins_over_allow_in_any_order(void **state)
{
    (void)state;
    struct scope *s = parsed(WHO "deny 192.0.2.7\nallow 192.0.2.0/24\nallow 192.0.2.7\n");
    assert_int_equal(ask(s, "192.0.2.7"), SCOPE_DENIED);
    assert_int_equal(ask(s, "192.0.2.6"), SCOPE_ALLOWED);
    scope_free(s);
}

static void opt_out_wins_over_everything(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\ndeny 192.0.2.7\n");
    const char *text = "# ZMap's form\n\n192.0.2.7 # asked by mail\r\n192.0.2.64/26\n2001:db8::/48";
    assert_true(scope_add_optouts(s, bytes_of(text), "optout.txt", &fail));
    assert_int_equal(ask(s, "192.0.2.7"), SCOPE_OPTED_OUT);
    assert_int_equal(ask(s, "192.0.2.127"), SCOPE_OPTED_OUT);
    assert_int_equal(ask(s, "192.0.2.128"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "2001:db8:0:1::"), SCOPE_OPTED_OUT);
    scope_free(s);
}

static void an_opt_out_means_its_whole_network(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\n");
    assert_true(scope_add_optouts(s, bytes_of("192.0.2.77/30"), "optout.txt", &fail));
    assert_int_equal(ask(s, "192.0.2.76"), SCOPE_OPTED_OUT);
    assert_int_equal(ask(s, "192.0.2.80"), SCOPE_ALLOWED);
    scope_free(s);
}

static void a_bad_opt_out_line_is_named_and_changes_nothing(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\n");
    const char *text = "192.0.2.1\nmail.example\n";
    assert_false(scope_add_optouts(s, bytes_of(text), "optout.txt", &fail));
    assert_non_null(strstr(fail.text, "optout.txt:2: \"mail.example\""));
    assert_int_equal(ask(s, "192.0.2.1"), SCOPE_ALLOWED);
    scope_free(s);
}

static void a_denied_ipv4_address_is_not_reached_through_ipv6(void **state)
{
    (void)state;
    struct scope *s = parsed(WHO "allow 0.0.0.0/0\nallow ::/0\ndeny 192.0.2.7\n");
    assert_int_equal(ask(s, "::ffff:192.0.2.7"), SCOPE_DENIED);
    assert_int_equal(ask(s, "64:ff9b::192.0.2.7"), SCOPE_DENIED);
    assert_int_equal(ask(s, "2002:c000:207::1"), SCOPE_DENIED);
    assert_int_equal(ask(s, "64:ff9b::192.0.2.8"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "2002:c000:208::1"), SCOPE_ALLOWED);
    scope_free(s);
}

static void mapped_prefixes_mean_ipv4(void **state)
{
    (void)state;
    struct scope *s = parsed(WHO "allow ::ffff:192.0.2.0/120\ndeny ::ffff:192.0.2.7\n");
    assert_int_equal(ask(s, "192.0.2.1"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "192.0.2.7"), SCOPE_DENIED);
    scope_free(s);
}

static void what_is_no_single_host_is_never_allowed(void **state)
{
    (void)state;
    static const char *const none[] = {"0.0.0.0",         "0.1.2.3", "224.0.0.1", "239.255.255.255",
                                       "255.255.255.255", "::",      "ff02::1",   "::ffff:0.0.0.0"};
    struct scope *s = parsed(WHO "allow 0.0.0.0/0\nallow ::/0\n");
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(ask(s, none[i]), SCOPE_OUTSIDE);
    scope_free(s);
}

static void beyond_loopback_all_three_must_be_said(void **state)
{
    (void)state;
    assert_refused("allow 192.0.2.0/24\n", "needs a line \"authority: ...\"");
    assert_refused("authority: a\nallow 192.0.2.0/24\n", "needs a line \"contact: ...\"");
    assert_refused("authority: a\ncontact: tel:+4712345678\nallow ::2\n", "\"info: ...\"");
    assert_refused("allow 0.0.0.0/0\n", "needs a line");
    assert_refused("allow 126.0.0.0/7\n", "needs a line");
    scope_free(parsed("allow 127.0.0.0/9\nallow ::1\n"));
}

static void a_line_that_is_wrong_is_named(void **state)
{
    (void)state;
    assert_refused("\n\nalow 127.0.0.1\n", "scope.txt:3: \"alow\" is unknown");
    assert_refused("ALLOW 127.0.0.1\n", "scope.txt:1: \"ALLOW\" is unknown");
    assert_refused("allow\n", "scope.txt:1: \"\" is no address");
    assert_refused("allow 127.0.0.1/8\n", "\"127.0.0.1/8\" is no address");
    assert_refused("allow 127.0.0.1/33\n", "is no address");
    assert_refused("allow 127.0.0.1 127.0.0.2\n", "is no address");
    assert_refused("deny ::1/129\n", "is no address");
    assert_refused("authority: a\nauthority: b\n", "scope.txt:2: \"b\" is said a second time");
    assert_refused("authority:\n", "is no text");
    assert_refused("authority: a\x1b[2Jb\n", "is no text");
    assert_refused("contact: me\n", "is no contact");
    assert_refused("contact: mailto:\n", "is no contact");
    assert_refused("contact: mailto:a@b, c@d\n", "is no contact");
    assert_refused("info: ftp://x/\n", "is no address of a page");
    assert_refused("info: https://x/\">\n", "is no address of a page");
    assert_refused("optout list.txt\n", "none can be named here");
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char line[SCOPE_TEXT_LIMIT + 20] = "authority: ";
    size_t n = strlen(line);
    memset(line + n, 'a', SCOPE_TEXT_LIMIT);
    struct scope *s = parsed(line);
    assert_int_equal(strlen(scope_authority(s)), SCOPE_TEXT_LIMIT);
    scope_free(s);
    line[n + SCOPE_TEXT_LIMIT] = 'a';
    assert_refused(line, "too long");
}

/* A directory with two files in it, gone at the end. */
struct folder {
    char path[64];
    char scope[80];
    char optout[80];
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct folder folder_new(const char *scope, const char *optout)
{
    struct folder f = {.path = "/tmp/ajar-scope-XXXXXX"};
    assert_non_null(mkdtemp(f.path));
    snprintf(f.scope, sizeof f.scope, "%s/scope.txt", f.path);
    snprintf(f.optout, sizeof f.optout, "%s/optout.txt", f.path);
    write_file(f.scope, scope);
    write_file(f.optout, optout);
    return f;
}

static void folder_free(const struct folder *f)
{
    unlink(f->scope);
    unlink(f->optout);
    rmdir(f->path);
}

static void opt_out_files_stand_beside_the_scope_file(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct folder f = folder_new("\xef\xbb\xbf"
                                 "allow 127.0.0.0/8\r\noptout optout.txt\r\n",
                                 "127.0.0.9\n");
    struct scope *s = scope_load(f.scope, &fail);
    folder_free(&f);
    if (!s)
        fail_msg("%s", fail.text);
    assert_int_equal(ask(s, "127.0.0.8"), SCOPE_ALLOWED);
    assert_int_equal(ask(s, "127.0.0.9"), SCOPE_OPTED_OUT);
    scope_free(s);
}

static void an_error_in_an_opt_out_file_names_that_file(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct folder f = folder_new("optout optout.txt\n", "x\n");
    assert_null(scope_load(f.scope, &fail));
    folder_free(&f);
    assert_non_null(strstr(fail.text, "/optout.txt:1: \"x\""));
}

static void an_opt_out_file_that_is_missing_stops_everything(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct folder f = folder_new("optout gone.txt\n", "");
    assert_null(scope_load(f.scope, &fail));
    folder_free(&f);
    assert_string_equal(fail.code, "ENOENT");
}

static bool is_own(const struct scope *s, const char *text)
{
    struct addr a = ip(text);
    return scope_is_own(s, &a);
}

static void own_networks_are_the_machines_and_those_that_the_file_names(void **state)
{
    (void)state;
    struct prefix lan;
    struct scope *s = parsed(WHO "allow 192.0.2.0/24\n"
                                 "own 10.0.0.0/8\n"
                                 "stranger 192.0.2.128/25\n");
    assert_true(prefix_parse(bytes_of("192.0.2.0/24"), &lan));
    assert_false(is_own(s, "192.0.2.1"));
    assert_true(scope_add_near(s, &lan));
    assert_true(is_own(s, "192.0.2.1"));
    assert_true(is_own(s, "::ffff:192.0.2.1"));
    assert_false(is_own(s, "192.0.2.129")); /* we stand there, and are no neighbours */
    assert_true(is_own(s, "10.1.2.3"));
    assert_false(is_own(s, "127.0.0.1"));
    assert_false(is_own(s, "198.51.100.1"));
    assert_int_equal(ask(s, "10.1.2.3"), SCOPE_OUTSIDE); /* it allows nothing */
    scope_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_only_loopback_is_allowed),
        cmocka_unit_test(the_loopback_scope_has_the_digest_of_nothing),
        cmocka_unit_test(a_file_says_who_asks),
        cmocka_unit_test(what_is_not_allowed_is_outside),
        cmocka_unit_test(deny_wins_over_allow_in_any_order),
        cmocka_unit_test(opt_out_wins_over_everything),
        cmocka_unit_test(an_opt_out_means_its_whole_network),
        cmocka_unit_test(a_bad_opt_out_line_is_named_and_changes_nothing),
        cmocka_unit_test(a_denied_ipv4_address_is_not_reached_through_ipv6),
        cmocka_unit_test(mapped_prefixes_mean_ipv4),
        cmocka_unit_test(what_is_no_single_host_is_never_allowed),
        cmocka_unit_test(beyond_loopback_all_three_must_be_said),
        cmocka_unit_test(a_line_that_is_wrong_is_named),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
        cmocka_unit_test(own_networks_are_the_machines_and_those_that_the_file_names),
        cmocka_unit_test(opt_out_files_stand_beside_the_scope_file),
        cmocka_unit_test(an_error_in_an_opt_out_file_names_that_file),
        cmocka_unit_test(an_opt_out_file_that_is_missing_stops_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
