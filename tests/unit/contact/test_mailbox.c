#include "contact_test.h"

#include "contact/mailbox.h"

static void assert_taken(const char *text, const char *expected)
{
    char out[MAILBOX_TEXT];
    assert_true(mailbox_take(bytes_of(text), out));
    assert_string_equal(out, expected);
}

static void plain_addresses_pass(void **state)
{
    (void)state;
    assert_taken("abuse@example.net", "abuse@example.net");
    assert_taken("Abuse.Desk+x@EXAMPLE.Net", "Abuse.Desk+x@example.net");
    assert_taken("o'brien_1@a-b.example.org", "o'brien_1@a-b.example.org");
    assert_taken("abuse@xn--bcher-kva.xn--p1ai", "abuse@xn--bcher-kva.xn--p1ai");
}

static void nothing_else_passes(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "@",
                                      "a@",
                                      "@example.net",
                                      "a@b@example.net",
                                      "a@localhost",
                                      "a@[192.0.2.1]",
                                      "a@192.0.2.1",
                                      "a@example.net.",
                                      "a@.example.net",
                                      "a@-x.example.net",
                                      "a@example..net",
                                      "a@example.n",
                                      ".a@example.net",
                                      "a.@example.net",
                                      "a..b@example.net",
                                      "a b@example.net",
                                      " a@example.net",
                                      "a@example.net ",
                                      "\"a\"@example.net",
                                      "a(b)@example.net",
                                      "<a@example.net>",
                                      "A <a@example.net>",
                                      "a@example.net,b@example.net",
                                      "a@example.net\r\nBcc: b@example.net",
                                      "a\r\n@example.net",
                                      "a@example.net\x01",
                                      "user%inner@example.net",
                                      "host!user@example.net",
                                      "-f@example.net",
                                      "***@example.net",
                                      "a|b@example.net",
                                      "a`b`@example.net",
                                      "a$b@example.net",
                                      "\320\260buse@example.net", /* a Cyrillic letter */
                                      "abuse@ex\xd0\xb0mple.net",
                                      "abuse@example.net\xe2\x80\xae"};
    char out[MAILBOX_TEXT];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (mailbox_take(bytes_of(bad[i]), out))
            fail_msg("%s", bad[i]);
    assert_false(mailbox_take(bytes_at("a@example\0.net", 14), out));
}

static void it_is_no_longer_than_mail_allows(void **state)
{
    (void)state;
    char text[400], out[MAILBOX_TEXT];
    snprintf(text, sizeof text, "%065d@example.net", 1);
    assert_false(mailbox_take(bytes_of(text), out));
    snprintf(text, sizeof text, "%064d@example.net", 1);
    assert_true(mailbox_take(bytes_of(text), out));
    snprintf(text, sizeof text, "a@%064d.example.net", 1);
    assert_false(mailbox_take(bytes_of(text), out));
    snprintf(text, sizeof text, "a@%060d.%060d.%060d.%060d.%060d.net", 1, 1, 1, 1, 1);
    assert_false(mailbox_take(bytes_of(text), out));
}

static void a_mailto_uri_gives_its_address(void **state)
{
    (void)state;
    char out[MAILBOX_TEXT];
    assert_true(mailbox_take_uri(bytes_of("mailto:a@example.net?subject=x%0d%0aBcc:b"), out));
    assert_string_equal(out, "a@example.net");
    assert_true(mailbox_take_uri(bytes_of("a@example.net"), out));
    assert_false(mailbox_take_uri(bytes_of("mailto:a%40example.net"), out));
    assert_false(mailbox_take_uri(bytes_of("mailto:a@example.net,b@example.net"), out));
    assert_false(mailbox_take_uri(bytes_of("https://a@example.net"), out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_addresses_pass),
        cmocka_unit_test(nothing_else_passes),
        cmocka_unit_test(it_is_no_longer_than_mail_allows),
        cmocka_unit_test(a_mailto_uri_gives_its_address),
    };
    return cmocka_run_group_tests_name("contact/mailbox", tests, NULL, NULL);
}
