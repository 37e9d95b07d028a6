#include "notice/dkim_text.h"

#include "notice_test.h"

#include "base/base64.h"
#include "base/hash.h"

/* The mail of RFC 8463, appendix A.3. */
#define HEADER                                                                                     \
    "From: Joe SixPack <joe@football.example.com>\r\n"                                             \
    "To: Suzie Q <suzie@shopping.example.net>\r\n"                                                 \
    "Subject: Is dinner ready?\r\n"                                                                \
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"                                              \
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
#define BODY "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n"

static void assert_field(const char *field, const char *expected)
{
    struct buf out = buf_new(4096);
    dkim_put_field(&out, lit(field));
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void assert_body(const char *body, const char *expected)
{
    struct buf out = buf_new(4096);
    dkim_put_body(&out, lit(body));
    assert_string_equal(out.n > 0 ? buf_text(&out) : "", expected);
    buf_free(&out);
}

/* RFC 6376, section 3.4.5: example 1. */
static void the_rfcs_example_of_fields(void **state)
{
    (void)state;
    assert_field("A: X\r\n", "a:X\r\n");
    assert_field("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n");
}

static void the_rfcs_example_of_a_body(void **state)
{
    (void)state;
    assert_body(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n");
}

static void an_empty_body_stays_empty(void **state)
{
    (void)state;
    assert_body("", "");
    assert_body("\r\n\r\n", "");
    assert_body(" \r\n\t\r\n", "");
}

static void a_body_without_its_last_line_end_gets_one(void **state)
{
    (void)state;
    assert_body("a", "a\r\n");
    assert_body("a\r\n\r\nb", "a\r\n\r\nb\r\n");
}

static void a_name_that_stands_twice_is_found_from_below(void **state)
{
    (void)state;
    struct bytes field;
    const char *header = "A: 1\r\nb: x\r\n y\r\na: 2\r\n";
    assert_true(dkim_find_field(lit(header), "a", 0, &field));
    assert_true(bytes_equal_text(field, "a: 2\r\n"));
    assert_true(dkim_find_field(lit(header), "a", 1, &field));
    assert_true(bytes_equal_text(field, "A: 1\r\n"));
    assert_false(dkim_find_field(lit(header), "a", 2, &field));
    assert_true(dkim_find_field(lit(header), "B", 0, &field));
    assert_true(bytes_equal_text(field, "b: x\r\n y\r\n"));
    assert_false(dkim_find_field(lit(header), "c", 0, &field));
}

static void the_body_hash_of_rfc_8463(void **state)
{
    (void)state;
    unsigned char digest[SHA256_SIZE];
    struct buf body = buf_new(4096);
    struct buf text = buf_new(100);
    dkim_put_body(&body, lit(BODY));
    sha256_of(buf_view(&body), digest);
    base64_put(&text, bytes_at(digest, sizeof digest));
    assert_string_equal(buf_text(&text), "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    buf_free(&body);
    buf_free(&text);
}

static void what_is_hashed_has_each_field_once_and_the_signature_last(void **state)
{
    (void)state;
    static const char *const names[] = {"from", "subject", "cc", "from", "subject"};
    struct buf out = buf_new(4096);
    dkim_put_hashed(&out, lit(HEADER), names, 5,
                    lit("DKIM-Signature: v=1;\r\n h=from:\r\n\tsubject; b="));
    assert_string_equal(buf_text(&out), "from:Joe SixPack <joe@football.example.com>\r\n"
                                        "subject:Is dinner ready?\r\n"
                                        "dkim-signature:v=1; h=from: subject; b=");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rfcs_example_of_fields),
        cmocka_unit_test(the_rfcs_example_of_a_body),
        cmocka_unit_test(an_empty_body_stays_empty),
        cmocka_unit_test(a_body_without_its_last_line_end_gets_one),
        cmocka_unit_test(a_name_that_stands_twice_is_found_from_below),
        cmocka_unit_test(the_body_hash_of_rfc_8463),
        cmocka_unit_test(what_is_hashed_has_each_field_once_and_the_signature_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
