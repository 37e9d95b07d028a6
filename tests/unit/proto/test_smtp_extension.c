#include "proto/smtp_extension.h"

#include "exact.h"

static struct smtp_reply reply_of(const char *text)
{
    struct smtp_reply r = {0};
    size_t used = 0;
    const char *why = "";
    if (smtp_reply_parse(bytes_of(text), &r, &used, &why) != PARSE_OK)
        fail_msg("\"%s\": %s", text, why);
    return r;
}

static struct smtp_extensions offered(const char *text)
{
    struct smtp_reply r = reply_of(text);
    return smtp_extensions_of(&r);
}

static void each_line_behind_the_first_offers_one(void **state)
{
    (void)state;
    struct smtp_extensions x = offered(
        "250-mx.example.net\r\n250-PIPELINING\r\n250-STARTTLS\r\n250-ENHANCEDSTATUSCODES\r\n"
        "250-SMTPUTF8\r\n250-AUTH PLAIN LOGIN\r\n250-XCLIENT NAME ADDR\r\n"
        "250 SIZE 10240000\r\n");
    assert_true(x.pipelining && x.starttls && x.enhanced_codes && x.smtputf8 && x.auth &&
                x.xclient);
    assert_true(x.has_size);
    assert_int_equal(x.size_limit, 10240000);
}

static void case_and_blanks_do_not_matter(void **state)
{
    (void)state;
    struct smtp_extensions x = offered("250-mx\r\n250- pipelining \r\n250 StartTLS\t\r\n");
    assert_true(x.pipelining && x.starttls);
}

static void the_old_spelling_of_auth_counts(void **state)
{
    (void)state;
    assert_true(offered("250-mx\r\n250 AUTH=LOGIN\r\n").auth);
    assert_false(offered("250-mx\r\n250 AUTHENTIC\r\n").auth);
}

static void the_ways_to_authenticate_are_told_apart(void **state)
{
    (void)state;
    struct smtp_extensions x = offered("250-mx\r\n250-AUTH CRAM-MD5  plain\r\n250 DSN\r\n");
    assert_true(x.auth && x.auth_plain && x.dsn);
    assert_false(x.auth_login || x.eight_bit);
    x = offered("250-mx\r\n250-AUTH=LOGIN XPLAIN\r\n250 8BITMIME\r\n");
    assert_true(x.auth_login && x.eight_bit);
    assert_false(x.auth_plain);
}

static void a_size_without_a_number_sets_no_limit(void **state)
{
    static const char *const replies[] = {
        "250-mx\r\n250 SIZE\r\n",
        "250-mx\r\n250 SIZE -1\r\n",
        "250-mx\r\n250 SIZE 99999999999999999999999\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
        struct smtp_extensions x = offered(replies[i]);
        assert_true(x.has_size);
        assert_int_equal(x.size_limit, 0);
    }
}

static void the_greeting_line_and_refusals_offer_nothing(void **state)
{
    (void)state;
    assert_false(offered("250 PIPELINING\r\n").pipelining);
    assert_false(offered("502-no\r\n502 PIPELINING\r\n").pipelining);
}

static void the_server_name_is_the_first_word_if_it_is_one(void **state)
{
    static const struct {
        const char *reply;
        const char *name;
    } rows[] = {
        {"220 mx.example.net ESMTP Postfix\r\n", "mx.example.net"},
        {"250-MX-1.example.net Hello\r\n250 SIZE\r\n", "MX-1.example.net"},
        {"220 [192.0.2.1] ready\r\n", "[192.0.2.1]"},
        {"220 [IPv6:2001:db8::1]\r\n", "[IPv6:2001:db8::1]"},
        {"220 WIN_SRV01 Microsoft ESMTP\r\n", "WIN_SRV01"},
        {"220 *******************\r\n", ""},
        {"220 ... ready\r\n", ""},
        {"220 <mx> ready\r\n", ""},
        {"220 m\xc3\xbcller ready\r\n", ""},
        {"220\r\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct smtp_reply r = reply_of(rows[i].reply);
        assert_bytes(smtp_server_name(&r), rows[i].name);
    }
}

static void a_server_name_has_at_most_255_bytes(void **state)
{
    (void)state;
    struct buf most = padded("220 ", 'x', 255, " hello\r\n");
    struct buf more = padded("220 ", 'x', 256, " hello\r\n");
    struct smtp_reply r = reply_of(buf_text(&most));
    assert_int_equal(smtp_server_name(&r).n, 255);
    r = reply_of(buf_text(&more));
    assert_int_equal(smtp_server_name(&r).n, 0);
    buf_free(&most);
    buf_free(&more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_behind_the_first_offers_one),
        cmocka_unit_test(case_and_blanks_do_not_matter),
        cmocka_unit_test(the_old_spelling_of_auth_counts),
        cmocka_unit_test(the_ways_to_authenticate_are_told_apart),
        cmocka_unit_test(a_size_without_a_number_sets_no_limit),
        cmocka_unit_test(the_greeting_line_and_refusals_offer_nothing),
        cmocka_unit_test(the_server_name_is_the_first_word_if_it_is_one),
        cmocka_unit_test(a_server_name_has_at_most_255_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
