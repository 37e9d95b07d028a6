#include "contact_test.h"

#include "contact/guess.h"
#include "contact/security_txt.h"

static instant at(const char *text)
{
    instant when;
    assert_true(time_parse(bytes_of(text), &when));
    return when;
}

static bool reads(struct bytes text, const char *now, struct contact_answer *out, struct fail *fail)
{
    return security_txt_read(text, at(now), out, fail);
}

#define NOW "2026-11-28T00:00:00.000000Z"

static void its_addresses_and_languages_are_taken(void **state)
{
    (void)state;
    struct contact_answer a;
    struct fail fail = {0};
    struct buf text = seed("tables", "security.txt");
    assert_true(reads(buf_view(&text), NOW, &a, &fail));
    assert_contacts(&a, "security@example.org security, psirt@example.org security");
    assert_int_equal(a.language_count, 2);
    assert_string_equal(a.languages[0], "nb");
    assert_string_equal(a.languages[1], "en");
    buf_free(&text);
}

static void of_a_signed_one_the_signed_part_counts(void **state)
{
    (void)state;
    struct contact_answer a;
    struct fail fail = {0};
    struct buf text = seed("tables", "security-signed.txt");
    assert_true(reads(buf_view(&text), NOW, &a, &fail));
    assert_contacts(&a, "security@example.org security");
    assert_string_equal(a.languages[0], "de");
    buf_free(&text);
}

static void one_that_has_expired_counts_for_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "Contact: mailto:a@example.org\nExpires: 2026-11-28T00:00:00+02:00\n";
    struct contact_answer a;
    struct fail fail = {0};
    assert_true(reads(bytes_of(text), "2026-11-27T21:59:59.000000Z", &a, &fail));
    assert_false(reads(bytes_of(text), "2026-11-27T22:00:01.000000Z", &a, &fail));
    assert_string_equal(fail.code, "EEXPIRED");
    assert_int_equal(a.count, 0);
}

static void without_exactly_one_end_it_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "<html>Not found</html>",
        "Contact: mailto:a@example.org\n",
        "Expires: tomorrow\nContact: mailto:a@example.org\n",
        "Expires: 2030-01-01T00:00:00Z\nExpires: 2031-01-01T00:00:00Z\n",
        "Expires: 2030-01-01T00:00:00\n",
        "Expires: 2030-01-01T00:00:00+2:00\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct contact_answer a;
        struct fail fail = {0};
        assert_false(reads(bytes_of(texts[i]), NOW, &a, &fail));
        assert_string_equal(fail.code, "EFORMAT");
    }
}

static void a_txt_record_has_addresses_with_commas_between_them(void **state)
{
    (void)state;
    struct contact_answer a;
    assert_true(txt_read(bytes_of("abuse@example.net, noc@example.net"), &a));
    assert_contacts(&a, "abuse@example.net abuse, noc@example.net abuse");
    assert_false(txt_read(bytes_of("v=spf1 -all"), &a));
    assert_false(txt_read(bytes_of(""), &a));
    assert_true(txt_read(bytes_of("x@example.net,\r\nBcc: y@example.net,<z@example.net>"), &a));
    assert_contacts(&a, "x@example.net abuse");
}

static void a_name_has_the_mailboxes_of_rfc_2142(void **state)
{
    (void)state;
    struct contact_answer a;
    assert_true(guess_mailboxes(bytes_of("Mail.example.org"), &a));
    assert_contacts(&a, "abuse@mail.example.org abuse, security@mail.example.org security, "
                        "noc@mail.example.org noc, postmaster@mail.example.org technical");
    assert_false(guess_mailboxes(bytes_of("localhost"), &a));
    assert_false(guess_mailboxes(bytes_of("a b.example.org"), &a));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_addresses_and_languages_are_taken),
        cmocka_unit_test(of_a_signed_one_the_signed_part_counts),
        cmocka_unit_test(one_that_has_expired_counts_for_nothing),
        cmocka_unit_test(without_exactly_one_end_it_is_none),
        cmocka_unit_test(a_txt_record_has_addresses_with_commas_between_them),
        cmocka_unit_test(a_name_has_the_mailboxes_of_rfc_2142),
    };
    return cmocka_run_group_tests_name("contact/security_txt", tests, NULL, NULL);
}
