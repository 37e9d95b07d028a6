#include "contact_test.h"

#include "base/embedded.h"
#include "contact/rdap.h"

static struct bootstrap *table(const char *json)
{
    struct fail fail = {0};
    struct bootstrap *b = bootstrap_new();
    if (!b || !bootstrap_add(b, bytes_of(json), &fail))
        fail_msg("%s", fail.text);
    return b;
}

static void assert_url(const struct bootstrap *b, const char *about, const char *url)
{
    struct addr at = address(about);
    const char *found = bootstrap_find(b, &at);
    assert_string_equal(found ? found : "none", url);
}

static void assert_refused(const char *json, const char *words)
{
    struct fail fail = {0};
    struct bootstrap *b = bootstrap_new();
    assert_false(bootstrap_add(b, bytes_of(json), &fail));
    if (!strstr(fail.text, words))
        fail_msg("%s", fail.text);
    bootstrap_free(b);
}

static void the_table_that_is_built_in_knows_the_five_registries(void **state)
{
    (void)state;
    const struct embedded *file = embedded_find("data/contact/rdap.json");
    struct fail fail = {0};
    struct bootstrap *b = bootstrap_new();
    assert_non_null(file);
    if (!bootstrap_add(b, file->content, &fail))
        fail_msg("%s", fail.text);
    assert_url(b, "193.0.6.139", "https://rdap.db.ripe.net/");
    assert_url(b, "8.8.8.8", "https://rdap.arin.net/registry/");
    assert_url(b, "1.1.1.1", "https://rdap.apnic.net/");
    assert_url(b, "200.160.0.8", "https://rdap.lacnic.net/rdap/");
    assert_url(b, "41.0.0.1", "https://rdap.afrinic.net/rdap/");
    assert_url(b, "2001:67c:2e8::1", "https://rdap.db.ripe.net/");
    assert_url(b, "10.0.0.1", "none");
    assert_url(b, "127.0.0.1", "none");
    bootstrap_free(b);
}

static void the_longest_prefix_wins(void **state)
{
    (void)state;
    struct bootstrap *b = table("{\"services\":[[[\"192.0.2.0/24\"],[\"https://a.example\"]],"
                                "[[\"192.0.0.0/8\"],[\"https://b.example/x/\"]]]}");
    assert_url(b, "192.0.2.1", "https://a.example/");
    assert_url(b, "192.0.3.1", "https://b.example/x/");
    bootstrap_free(b);
}

static void of_several_urls_the_secure_one_is_taken(void **state)
{
    (void)state;
    struct bootstrap *b = table("{\"services\":[[[\"192.0.0.0/8\"],"
                                "[\"http://a.example/\",\"https://a.example/\"]]]}");
    assert_url(b, "192.0.2.1", "https://a.example/");
    bootstrap_free(b);
}

static void without_tls_only_loopback_is_asked(void **state)
{
    (void)state;
    struct bootstrap *b = table("{\"services\":[[[\"192.0.0.0/8\"],[\"http://127.0.0.1:8080/r/\"]],"
                                "[[\"2001:db8::/32\"],[\"http://[::1]:8080/\"]]]}");
    assert_url(b, "192.0.2.1", "http://127.0.0.1:8080/r/");
    assert_url(b, "2001:db8::1", "http://[::1]:8080/");
    bootstrap_free(b);
    assert_refused("{\"services\":[[[\"192.0.0.0/8\"],[\"http://a.example/\"]]]}", "no https URL");
    assert_refused("{\"services\":[[[\"192.0.0.0/8\"],[\"http://127.0.0.1.example/\"]]]}",
                   "no https URL");
    assert_refused("{\"services\":[[[\"192.0.0.0/8\"],[\"https://a@b.example/\"]]]}",
                   "no https URL");
    assert_refused("{\"services\":[[[\"192.0.0.0/8\"],[\"file:///etc/passwd\"]]]}", "no https URL");
}

static void what_is_no_bootstrap_file_is_refused(void **state)
{
    (void)state;
    assert_refused("", "no \"services\"");
    assert_refused("{}", "no \"services\"");
    assert_refused("{\"services\":[7]}", "a service is");
    assert_refused("{\"services\":[[[7],[]]]}", "a service is");
    assert_refused("{\"services\":[[[\"192.0.2.1/24\"],[\"https://a.example\"]]]}",
                   "192.0.2.1/24 is no prefix");
}

static void names_and_numbers_of_systems_are_passed_over(void **state)
{
    (void)state;
    struct bootstrap *b = table("{\"services\":[[[\"com\"],[\"http://a.example/\"]],"
                                "[[\"64496-64511\"],[\"http://a.example/\"]]]}");
    assert_int_equal(bootstrap_count(b), 0);
    bootstrap_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_that_is_built_in_knows_the_five_registries),
        cmocka_unit_test(the_longest_prefix_wins),
        cmocka_unit_test(of_several_urls_the_secure_one_is_taken),
        cmocka_unit_test(without_tls_only_loopback_is_asked),
        cmocka_unit_test(what_is_no_bootstrap_file_is_refused),
        cmocka_unit_test(names_and_numbers_of_systems_are_passed_over),
    };
    return cmocka_run_group_tests_name("contact/bootstrap", tests, NULL, NULL);
}
