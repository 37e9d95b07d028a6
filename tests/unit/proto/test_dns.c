#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/dns.h"

#include <stdio.h>

#define QUESTION "\004mail\007example\000"

/* An answer of `count` records to "mail.example"; the macro is for strings with NULs in them. */
#define ANSWER(type, count, records)                                                               \
    bytes_at("\x12\x34\x85\x80\0\1\0" count "\0\0\0\0" QUESTION "\0" type "\0\1" records,          \
             sizeof("\x12\x34\x85\x80\0\1\0" count "\0\0\0\0" QUESTION "\0" type "\0\1" records) - \
                 1)
#define RECORD(type, size) "\xc0\x0c\0" type "\0\1\0\0\0\x3c\0" size

static void assert_record(const struct dns_answer *a, size_t i, const char *expected)
{
    char got[1100];
    snprintf(got, sizeof got, "%.*s", (int)a->records[i].text.n,
             (const char *)a->records[i].text.p);
    assert_string_equal(got, expected);
}

static void assert_fails(struct bytes message, enum dns_type type, const char *code)
{
    struct dns_answer a;
    struct fail fail = {0};
    assert_false(dns_answer_get(message, type, &a, &fail));
    assert_string_equal(fail.code, code);
    assert_int_equal(a.count, 0);
}

static void get(struct bytes message, enum dns_type type, struct dns_answer *out)
{
    struct fail fail = {0};
    if (!dns_answer_get(message, type, out, &fail))
        fail_msg("%s", fail.text);
}

static void addresses_are_read(void **state)
{
    (void)state;
    struct dns_answer a;
    get(ANSWER("\1", "\2", RECORD("\1", "\4") "\xc0\0\2\1" RECORD("\1", "\4") "\xc0\0\2\2"), DNS_A,
        &a);
    assert_int_equal(a.count, 2);
    assert_record(&a, 0, "192.0.2.1");
    assert_record(&a, 1, "192.0.2.2");
    dns_answer_free(&a);
    get(ANSWER("\x1c", "\1", RECORD("\x1c", "\x10") "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"),
        DNS_AAAA, &a);
    assert_record(&a, 0, "2001:db8::1");
    dns_answer_free(&a);
}

static void the_name_behind_an_alias_is_followed(void **state)
{
    (void)state;
    struct dns_answer a;
    get(ANSWER("\1", "\2",
               RECORD("\5", "\3") "\1x\0"
                                  "\1x\0\0\1\0\1\0\0\0\x3c\0\4\x7f\0\0\2"),
        DNS_A, &a);
    assert_int_equal(a.count, 1);
    assert_record(&a, 0, "127.0.0.2");
    dns_answer_free(&a);
}

static void names_are_read(void **state)
{
    (void)state;
    struct dns_answer a;
    get(ANSWER("\x0c", "\1", RECORD("\x0c", "\6") "\2mx\1x\0"), DNS_PTR, &a);
    assert_int_equal(a.count, 1);
    assert_record(&a, 0, "mx.x");
    dns_answer_free(&a);
    get(ANSWER("\x0f", "\1", RECORD("\x0f", "\x08") "\0\x0a\2mx\1x\0"), DNS_MX, &a);
    assert_record(&a, 0, "mx.x");
    assert_int_equal(a.records[0].preference, 10);
    dns_answer_free(&a);
}

static void a_name_that_is_none_is_left_out(void **state)
{
    (void)state;
    assert_fails(ANSWER("\x0c", "\1", RECORD("\x0c", "\6") "\2m\x1b\1x\0"), DNS_PTR, "EFORMAT");
    assert_fails(ANSWER("\x0f", "\1", RECORD("\x0f", "\3") "\0\x0a\0"), DNS_MX, "ENODATA");
}

static void the_strings_of_a_text_are_joined(void **state)
{
    (void)state;
    struct dns_answer a;
    get(ANSWER("\x10", "\2", RECORD("\x10", "\x0a") "\4open\4 rel" RECORD("\x10", "\4") "\3ay\x1b"),
        DNS_TXT, &a);
    assert_int_equal(a.count, 2);
    assert_record(&a, 0, "open rel");
    assert_record(&a, 1, "ay\x1b");
    dns_answer_free(&a);
}

static void more_than_enough_is_left_out(void **state)
{
    (void)state;
    struct dns_answer a;
    struct buf message = buf_new(8192);
    buf_put(&message, ANSWER("\1", "\x64", ""));
    for (unsigned i = 0; i < 100; i++)
        buf_put(&message, bytes_at(RECORD("\1", "\4") "\xc0\0\2\1", 16));
    get(buf_view(&message), DNS_A, &a);
    assert_int_equal(a.count, DNS_RECORDS_MOST);
    dns_answer_free(&a);
    buf_free(&message);
}

static void denials_are_told_apart(void **state)
{
    (void)state;
    assert_fails(bytes_at("\x12\x34\x85\x83\0\1\0\0\0\0\0\0" QUESTION "\0\1\0\1", 30), DNS_A,
                 "ENONAME");
    assert_fails(ANSWER("\1", "\0", ""), DNS_A, "ENODATA");
    assert_fails(bytes_at("\x12\x34\x85\x82\0\1\0\0\0\0\0\0", 12), DNS_A, "ESERVFAIL");
    assert_fails(bytes_at("\x12\x34\x85\x85\0\1\0\0\0\0\0\0", 12), DNS_A, "EREFUSED");
    assert_fails(bytes_at("\x12\x34\x85\x81\0\1\0\0\0\0\0\0", 12), DNS_A, "EFORMAT");
}

static void broken_answers_are_refused(void **state)
{
    (void)state;
    assert_fails(bytes_of(""), DNS_A, "EFORMAT");
    assert_fails(bytes_at("\x12\x34\x05\x80\0\1\0\1\0\0\0\0", 12), DNS_A, "EFORMAT");
    assert_fails(ANSWER("\1", "\1", RECORD("\1", "\5") "\xc0\0\2\1"), DNS_A, "EFORMAT");
    assert_fails(ANSWER("\1", "\1", "\xc0\x1e\0\1\0\1"), DNS_A, "EFORMAT"); /* points at itself */
    assert_fails(ANSWER("\x10", "\1", RECORD("\x10", "\4") "\x09open"), DNS_TXT, "EFORMAT");
}

static void an_answer_belongs_to_its_question(void **state)
{
    (void)state;
    struct fail fail;
    struct buf query = buf_new(512);
    assert_true(dns_query_put(&query, bytes_of("mail.example"), DNS_A, 0x1234, &fail));
    struct bytes q = buf_view(&query);
    assert_true(dns_is_answer(q, ANSWER("\1", "\1", RECORD("\1", "\4") "\xc0\0\2\1")));
    assert_false(dns_is_answer(q, q));
    assert_false(dns_is_answer(q, ANSWER("\x10", "\0", "")));
    query.p[0] ^= 1;
    assert_false(dns_is_answer(q, ANSWER("\1", "\0", "")));
    assert_false(dns_is_answer(q, bytes_of("")));
    buf_free(&query);
}

static void a_cut_answer_says_so(void **state)
{
    (void)state;
    assert_true(dns_is_truncated(bytes_at("\x12\x34\x87\x80\0\1\0\0\0\0\0\0", 12)));
    assert_false(dns_is_truncated(bytes_at("\x12\x34\x85\x80\0\1\0\0\0\0\0\0", 12)));
}

static void only_names_are_asked_for(void **state)
{
    (void)state;
    static const char *const bad[] = {"", ".", "a..b", "a.", ".a", "a b", "a\\046b", "a\x1b", "ä"};
    struct fail fail;
    struct buf query = buf_new(512);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(dns_query_put(&query, bytes_of(bad[i]), DNS_A, 1, &fail));
    assert_string_equal(fail.code, "EARGUMENT");
    assert_int_equal(query.n, 0);
    buf_free(&query);
}

static void addresses_are_reversed(void **state)
{
    (void)state;
    struct addr a;
    char out[DNS_NAME_TEXT];
    assert_true(addr_parse_ip(bytes_of("192.0.2.99"), &a));
    assert_true(dns_reversed(&a, "list.example", out));
    assert_string_equal(out, "99.2.0.192.list.example");
    dns_reverse_name(&a, out);
    assert_string_equal(out, "99.2.0.192.in-addr.arpa");
    assert_true(addr_parse_ip(bytes_of("2001:db8::12"), &a));
    assert_true(dns_reversed(&a, "list.example", out));
    assert_string_equal(
        out, "2.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.list.example");
    char zone[260];
    memset(zone, 'a', sizeof zone);
    zone[255] = '\0';
    assert_false(dns_reversed(&a, zone, out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read),
        cmocka_unit_test(the_name_behind_an_alias_is_followed),
        cmocka_unit_test(names_are_read),
        cmocka_unit_test(a_name_that_is_none_is_left_out),
        cmocka_unit_test(the_strings_of_a_text_are_joined),
        cmocka_unit_test(more_than_enough_is_left_out),
        cmocka_unit_test(denials_are_told_apart),
        cmocka_unit_test(broken_answers_are_refused),
        cmocka_unit_test(an_answer_belongs_to_its_question),
        cmocka_unit_test(a_cut_answer_says_so),
        cmocka_unit_test(only_names_are_asked_for),
        cmocka_unit_test(addresses_are_reversed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
