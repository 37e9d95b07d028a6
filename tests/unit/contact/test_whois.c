#include "contact_test.h"

#include "contact/whois.h"

static struct contact_answer read_seed(const char *name)
{
    struct contact_answer a;
    struct fail fail = {0};
    struct addr at = address("192.0.2.10");
    struct buf text = seed("whois", name);
    if (!whois_read(buf_view(&text), &at, &a, &fail))
        fail_msg("%s: %s", name, fail.text);
    buf_free(&text);
    return a;
}

static struct contact_answer read_text(const char *text)
{
    struct contact_answer a;
    struct fail fail = {0};
    struct addr at = address("192.0.2.10");
    if (!whois_read(bytes_of(text), &at, &a, &fail))
        fail_msg("%s", fail.text);
    return a;
}

static void ripe_says_it_in_a_remark(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("ripe.txt");
    assert_contacts(&a, "abuse@example-isp.no abuse");
    assert_range(&a, "192.0.2.0", "192.0.2.255");
    assert_string_equal(a.country, "NO");
}

static void the_role_that_abuse_c_names_counts_and_no_other(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("ripe-roles.txt");
    assert_contacts(&a, "abuse@example-isp.no abuse");
    assert_range(&a, "192.0.2.0", "192.0.2.127");
}

static void a_holder_of_a_national_registry_says_it_in_his_remarks(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("jpnic.txt");
    assert_contacts(&a, "abuse@example.ad.jp abuse");
}

static void without_one_for_abuse_comments_count_before_the_technical_one(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("remarks.txt");
    assert_contacts(&a, "abuse-team@example.net abuse");
}

static void apnic_says_it_in_an_irt(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("apnic.txt");
    assert_contacts(&a, "abuse@example.ad.jp abuse");
    assert_string_equal(a.country, "JP");
}

static void at_arin_the_smallest_network_counts(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("arin.txt");
    assert_contacts(&a, "abuse@example-networks.com abuse");
    assert_range(&a, "192.0.2.0", "192.0.2.255");
    assert_string_equal(a.country, "US");
    assert_string_equal(a.referral, "");
}

static void arin_refers_to_another_registry(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("arin-referral.txt");
    assert_contacts(&a, "");
    assert_string_equal(a.referral, "whois.ripe.net");
}

static void lacnic_says_it_in_a_person(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("lacnic.txt");
    assert_contacts(&a, "security@exemplo.net.br abuse");
    assert_string_equal(a.country, "BR");
    a = read_seed("lacnic-short.txt");
    assert_contacts(&a, "abuse@exemplo.com.ar abuse");
    assert_range(&a, "192.0.2.0", "192.0.2.255");
}

static void afrinic_has_but_a_technical_contact_and_stars_are_no_address(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("afrinic.txt");
    assert_contacts(&a, "noc@example.co.za technical");
    assert_string_equal(a.country, "ZA");
}

static void of_a_hostile_answer_nothing_but_addresses_is_taken(void **state)
{
    (void)state;
    struct contact_answer a = read_seed("hostile.txt");
    assert_contacts(&a, "x@example.net abuse");
    assert_string_equal(a.country, "");
    assert_string_equal(a.referral, "");
}

static void an_answer_about_nothing_or_another_network_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "Hello\r\n", "inetnum: 192.0.3.0 - 192.0.3.255\nabuse-mailbox: a@example.net\n",
        "% Abuse contact for '0.0.0.0' is 'a@example.net'\n", "inetnum: nonsense\n"};
    struct addr at = address("192.0.2.10");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct contact_answer a;
        struct fail fail = {0};
        assert_false(whois_read(bytes_of(texts[i]), &at, &a, &fail));
        assert_string_equal(fail.code, "EFORMAT");
        assert_int_equal(a.count, 0);
    }
}

static void nothing_is_an_answer_and_a_refusal_is_none(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct addr at = address("192.0.2.10");
    struct contact_answer a = read_text("% No match for 192.0.2.10\n");
    assert_int_equal(a.count, 0);
    a = read_text("%ERROR:101: no entries found\n%\n% No entries found in source RIPE.\n");
    assert_int_equal(a.count, 0);
    assert_false(whois_read(bytes_of("%ERROR:201: access denied for 192.0.2.1\n"), &at, &a, &fail));
    assert_string_equal(fail.code, "EBUSY");
    assert_false(whois_read(bytes_of("% Query rate limit exceeded\n"), &at, &a, &fail));
    assert_string_equal(fail.code, "EBUSY");
}

static void what_is_said_of_another_network_does_not_count(void **state)
{
    (void)state;
    struct contact_answer a = read_text("inetnum: 192.0.2.0/24\nabuse-mailbox: a@example.net\n\n"
                                        "inetnum: 192.0.3.0/24\nabuse-mailbox: b@example.net\n\n"
                                        "inetnum: 192.0.0.0/16\nabuse-mailbox: c@example.net\n");
    assert_contacts(&a, "a@example.net abuse");
}

static void the_question_is_a_line(void **state)
{
    (void)state;
    struct addr at = address("2001:db8::1");
    struct buf out = buf_new(256);
    assert_true(whois_question(&out, "n + %s", &at));
    assert_string_equal(buf_text(&out), "n + 2001:db8::1\r\n");
    assert_false(whois_question(&out, "%s %s", &at));
    assert_false(whois_question(&out, "%d", &at));
    assert_false(whois_question(&out, "none", &at));
    assert_false(whois_question(&out, "%s\r\nx", &at));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ripe_says_it_in_a_remark),
        cmocka_unit_test(the_role_that_abuse_c_names_counts_and_no_other),
        cmocka_unit_test(a_holder_of_a_national_registry_says_it_in_his_remarks),
        cmocka_unit_test(without_one_for_abuse_comments_count_before_the_technical_one),
        cmocka_unit_test(apnic_says_it_in_an_irt),
        cmocka_unit_test(at_arin_the_smallest_network_counts),
        cmocka_unit_test(arin_refers_to_another_registry),
        cmocka_unit_test(lacnic_says_it_in_a_person),
        cmocka_unit_test(afrinic_has_but_a_technical_contact_and_stars_are_no_address),
        cmocka_unit_test(of_a_hostile_answer_nothing_but_addresses_is_taken),
        cmocka_unit_test(an_answer_about_nothing_or_another_network_is_refused),
        cmocka_unit_test(nothing_is_an_answer_and_a_refusal_is_none),
        cmocka_unit_test(what_is_said_of_another_network_does_not_count),
        cmocka_unit_test(the_question_is_a_line),
    };
    return cmocka_run_group_tests_name("contact/whois", tests, NULL, NULL);
}
