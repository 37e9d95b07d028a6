#include "contact_test.h"

#include "base/embedded.h"
#include "contact/choice.h"
#include "contact/own_list.h"

static struct own_list *read_list(const char *text)
{
    struct fail fail = {0};
    struct own_list *l = own_list_new();
    for (struct bytes rest = bytes_of(text); rest.n > 0;) {
        size_t end = bytes_index(rest, '\n', 0);
        if (!own_list_line(l, bytes_slice(rest, 0, end), &fail))
            fail_msg("%s", fail.text);
        rest = bytes_slice(rest, end + 1, rest.n);
    }
    own_list_ready(l);
    return l;
}

static const char sample[] = "# ours\n"
                             "scope,contact,language,note\n"
                             "192.0.2.0/24,abuse@example.net,nb,University\n"
                             "192.0.2.10,\"cert@example.net noc@example.net\",,\"a, \"\"b\"\"\"\n"
                             "example.org,postmaster@example.org,,\n"
                             "mail.example.org,mail@example.org,sv,\n"
                             "198.51.100.0/24,none,,asked us not to\n";

static void assert_found(const char *about, const char *host, const char *scope,
                         const char *contacts)
{
    struct own_list *l = read_list(sample);
    struct contact_answer a;
    struct addr at = address(about);
    const char *by = "";
    bool found = own_list_find(l, &at, bytes_of(host), &a, &by);
    assert_string_equal(found ? by : "none", scope);
    assert_contacts(&a, contacts);
    own_list_free(l);
}

static void the_longest_scope_counts(void **state)
{
    (void)state;
    assert_found("192.0.2.11", "", "192.0.2.0/24", "abuse@example.net abuse");
    assert_found("192.0.2.10", "mail.example.org", "192.0.2.10",
                 "cert@example.net abuse, noc@example.net abuse");
    assert_found("203.0.113.1", "mail.example.org", "mail.example.org", "mail@example.org abuse");
    assert_found("203.0.113.1", "x.mail.EXAMPLE.org", "mail.example.org", "mail@example.org abuse");
    assert_found("203.0.113.1", "www.example.org", "example.org", "postmaster@example.org abuse");
    assert_found("203.0.113.1", "badexample.org", "none", "");
    assert_found("203.0.113.1", "", "none", "");
}

static void a_row_says_the_language(void **state)
{
    (void)state;
    struct own_list *l = read_list(sample);
    struct contact_answer a;
    struct addr at = address("192.0.2.11");
    const char *scope;
    assert_true(own_list_find(l, &at, bytes_of(""), &a, &scope));
    assert_string_equal(a.languages[0], "nb");
    own_list_free(l);
}

static void who_opted_out_is_not_written_to(void **state)
{
    (void)state;
    struct own_list *l = read_list(sample);
    struct contact_answer a;
    struct addr at = address("198.51.100.7");
    const char *scope;
    assert_true(own_list_find(l, &at, bytes_of(""), &a, &scope));
    assert_true(a.opted_out);
    assert_int_equal(a.count, 0);
    own_list_free(l);
}

static void a_bad_row_says_what_is_wrong(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"nonsense,a@example.net", "the scope is"},
        {"192.0.2.0/24,abuse", "the contact is"},
        {"192.0.2.0/24,", "the contact is"},
        {"192.0.2.0/24,a@example.net,klingonish", "the language is"},
        {"192.0.2.0/24,\"a@example.net", "a quotation mark"},
        {"a,b,c,d,e,f,g,h,i", "over 8 fields"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fail fail = {0};
        struct own_list *l = own_list_new();
        assert_true(own_list_line(l, bytes_of("scope,contact,language"), &fail));
        assert_false(own_list_line(l, bytes_of(rows[i][0]), &fail));
        if (!strstr(fail.text, rows[i][1]))
            fail_msg("%s", fail.text);
        own_list_free(l);
    }
}

static void a_list_may_come_from_a_spreadsheet(void **state)
{
    (void)state;
    struct own_list *l = read_list("\xef\xbb\xbfscope;contact;note\r\n"
                                   "192.0.2.0/24;\"a@example.net\";one, two\r\n");
    struct contact_answer a;
    struct addr at = address("192.0.2.11");
    const char *scope;
    assert_true(own_list_find(l, &at, bytes_of(""), &a, &scope));
    assert_contacts(&a, "a@example.net abuse");
    own_list_free(l);
}

static void a_list_has_a_header(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct own_list *l = own_list_new();
    assert_false(own_list_line(l, bytes_of("192.0.2.0/24,a@example.net"), &fail));
    assert_non_null(strstr(fail.text, "header"));
    own_list_free(l);
}

static void the_table_of_certs_that_is_built_in_is_well_formed(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct contact_answer a;
    struct cert_entry entry;
    const struct embedded *file = embedded_find("data/contact/certs.json");
    struct certs *c = certs_read(file->content, &fail);
    if (!c)
        fail_msg("%s", fail.text);
    assert_true(certs_find(c, "LV", &a, &entry));
    assert_contacts(&a, "cert@cert.lv cert");
    assert_string_equal(entry.name, "CERT.LV");
    assert_false(certs_find(c, "XX", &a, &entry));
    assert_false(certs_find(c, "", &a, &entry));
    certs_free(c);
}

static void of_two_certs_the_later_one_counts(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct contact_answer a;
    struct cert_entry entry;
    struct buf text = seed("tables", "certs.json");
    struct certs *c = certs_read(buf_view(&text), &fail);
    assert_true(certs_find(c, "NO", &a, &entry));
    assert_string_equal(entry.name, "Own");
    certs_free(c);
    assert_null(certs_read(bytes_of("[{\"country\":\"NO\"}]"), &fail));
    assert_null(certs_read(bytes_of("{"), &fail));
    buf_free(&text);
}

static void one_may_have_a_form_and_no_address(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct contact_answer a;
    struct cert_entry entry;
    struct certs *c = certs_read(
        bytes_of("[{\"country\":\"IT\",\"name\":\"X\",\"web\":\"https://x.example/\"}]"), &fail);
    assert_false(certs_find(c, "IT", &a, &entry));
    assert_string_equal(entry.web, "https://x.example/");
    assert_int_equal(a.count, 0);
    certs_free(c);
    static const char *const bad[] = {"http://x.example/", "https://x.example/ y",
                                      "https://x.example/\\u202e", "javascript:x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char json[128];
        snprintf(json, sizeof json, "[{\"country\":\"IT\",\"name\":\"X\",\"web\":\"%s\"}]", bad[i]);
        assert_null(certs_read(bytes_of(json), &fail));
    }
}

/* Of our letters' languages, and of the European Union. */
static void each_country_that_reads_our_letters_has_a_cert_and_a_language(void **state)
{
    (void)state;
    static const char *const countries[] = {
        "AL", "AT", "BE", "BG", "CN", "CY", "CZ", "DE", "DK", "EE", "EG", "ES", "FI",
        "FR", "GB", "GR", "HR", "HU", "IE", "IT", "JP", "KR", "LT", "LU", "LV", "MT",
        "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA", "US"};
    struct fail fail = {0};
    struct contact_answer a;
    struct cert_entry entry;
    struct certs *c = certs_read(embedded_find("data/contact/certs.json")->content, &fail);
    struct languages *l =
        languages_read(embedded_find("data/contact/languages.json")->content, &fail);
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++) {
        struct contact_said said[SOURCES] = {{0}};
        struct contact_choice choice;
        said[SOURCE_RDAP].state = CONTACT_NONE;
        answer_set_country(&said[SOURCE_RDAP].answer, bytes_of(countries[i]));
        contact_choose(said, l, &choice);
        if ((!certs_find(c, countries[i], &a, &entry) && !entry.name) || choice.language_count == 0)
            fail_msg("%s", countries[i]);
    }
    languages_free(l);
    certs_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_scope_counts),
        cmocka_unit_test(a_row_says_the_language),
        cmocka_unit_test(who_opted_out_is_not_written_to),
        cmocka_unit_test(a_bad_row_says_what_is_wrong),
        cmocka_unit_test(a_list_may_come_from_a_spreadsheet),
        cmocka_unit_test(a_list_has_a_header),
        cmocka_unit_test(the_table_of_certs_that_is_built_in_is_well_formed),
        cmocka_unit_test(of_two_certs_the_later_one_counts),
        cmocka_unit_test(one_may_have_a_form_and_no_address),
        cmocka_unit_test(each_country_that_reads_our_letters_has_a_cert_and_a_language),
    };
    return cmocka_run_group_tests_name("contact/own_list", tests, NULL, NULL);
}
