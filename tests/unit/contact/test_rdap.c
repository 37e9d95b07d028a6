#include "contact_test.h"

#include "contact/rdap.h"

static struct contact_answer read_seed(const char *name, const char *about)
{
    struct contact_answer a;
    struct fail fail = {0};
    struct addr at = address(about);
    struct buf text = seed("rdap", name);
    if (!rdap_read(buf_view(&text), &at, &a, &fail))
        fail_msg("%s: %s", name, fail.text);
    buf_free(&text);
    return a;
}

static void assert_refused(const char *body, const char *about, const char *code)
{
    struct contact_answer a;
    struct fail fail = {0};
    struct addr at = address(about);
    assert_false(rdap_read(bytes_of(body), &at, &a, &fail));
    assert_string_equal(fail.code, code);
    assert_int_equal(a.count, 0);
}

static void ripe_names_the_abuse_contact_and_its_language(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("ripe.json", "192.0.2.10");
    assert_contacts(&a, "Abuse@example-isp.no abuse");
    assert_range(&a, "192.0.2.0", "192.0.2.255");
    assert_string_equal(a.country, "NO");
    assert_int_equal(a.language_count, 1);
    assert_string_equal(a.languages[0], "nb");
}

static void at_arin_it_sits_within_the_registrant(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("arin.json", "192.0.2.10");
    assert_contacts(&a, "abuse@example-networks.com abuse");
    assert_string_equal(a.country, "");
}

static void apnic_names_its_irt_once(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("apnic.json", "192.0.2.10");
    assert_contacts(&a, "abuse@example.ad.jp abuse");
    assert_string_equal(a.country, "JP");
}

static void national_registries_name_the_holders_contact(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("jpnic.json", "192.0.2.10");
    assert_contacts(&a, "abuse@example.ad.jp abuse");
    a = read_seed("krnic.json", "192.0.2.10");
    assert_contacts(&a, "abuse@example.co.kr abuse");
    assert_string_equal(a.country, "KR");
    a = read_seed("twnic.json", "192.0.2.10");
    assert_contacts(&a, "spam@example.net.tw abuse, abuse@example.net.tw abuse");
    a = read_seed("registrobr.json", "192.0.2.10");
    assert_contacts(&a, "abuse@exemplo.com.br abuse");
    assert_string_equal(a.languages[0], "pt");
}

static void without_a_role_for_abuse_the_remarks_count(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("remarks.json", "192.0.2.10");
    assert_contacts(&a, "Abuse@example-networks.com abuse, abuse-desk@example-networks.com abuse");
}

static void of_what_is_redacted_or_no_card_only_addresses_are_taken(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("redacted.json", "192.0.2.10");
    assert_contacts(&a, "desk@example.net abuse");
}

static void lacnic_gives_a_regional_language(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("lacnic.json", "192.0.2.10");
    assert_contacts(&a, "security@exemplo.net.br abuse");
    assert_string_equal(a.languages[0], "pt-BR");
}

static void without_an_abuse_contact_the_technical_one_is_taken(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("afrinic.json", "192.0.2.10");
    assert_contacts(&a, "noc@example.co.za technical");
}

static void ipv6_is_no_other_case(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("v6.json", "2001:db8::7");
    assert_contacts(&a, "abuse@example.de abuse");
}

static void of_a_hostile_answer_only_plain_addresses_pass(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("hostile.json", "192.0.2.10");
    assert_contacts(&a, "good@example.net abuse");
    assert_string_equal(a.country, "");
    assert_int_equal(a.language_count, 0);
}

static void an_answer_about_another_range_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"objectClassName\":\"ip network\",\"startAddress\":\"192.0.3.0\","
                   "\"endAddress\":\"192.0.3.255\"}",
                   "192.0.2.10", "ERANGE");
    assert_refused("{\"objectClassName\":\"ip network\",\"startAddress\":\"::\","
                   "\"endAddress\":\"ffff::\"}",
                   "192.0.2.10", "ERANGE");
    assert_refused("{\"objectClassName\":\"ip network\"}", "192.0.2.10", "ERANGE");
}

static void what_is_no_network_is_refused(void **state)
{
    (void)state;
    assert_refused("", "192.0.2.10", "EFORMAT");
    assert_refused("<html>", "192.0.2.10", "EFORMAT");
    assert_refused("[]", "192.0.2.10", "EFORMAT");
    assert_refused("{\"errorCode\":404}", "192.0.2.10", "EFORMAT");
}

static void an_answer_that_is_nested_without_end_is_refused(void **state)
{
    (void)state;
    enum { DEEP = 200000 };
    struct buf text = buf_new(DEEP);
    while (text.n < DEEP)
        buf_put_byte(&text, '[');
    assert_refused(buf_text(&text) ? (const char *)text.p : "", "192.0.2.10", "EFORMAT");
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ripe_names_the_abuse_contact_and_its_language),
        cmocka_unit_test(at_arin_it_sits_within_the_registrant),
        cmocka_unit_test(apnic_names_its_irt_once),
        cmocka_unit_test(national_registries_name_the_holders_contact),
        cmocka_unit_test(without_a_role_for_abuse_the_remarks_count),
        cmocka_unit_test(of_what_is_redacted_or_no_card_only_addresses_are_taken),
        cmocka_unit_test(lacnic_gives_a_regional_language),
        cmocka_unit_test(without_an_abuse_contact_the_technical_one_is_taken),
        cmocka_unit_test(ipv6_is_no_other_case),
        cmocka_unit_test(of_a_hostile_answer_only_plain_addresses_pass),
        cmocka_unit_test(an_answer_about_another_range_is_refused),
        cmocka_unit_test(what_is_no_network_is_refused),
        cmocka_unit_test(an_answer_that_is_nested_without_end_is_refused),
    };
    return cmocka_run_group_tests_name("contact/rdap", tests, NULL, NULL);
}
