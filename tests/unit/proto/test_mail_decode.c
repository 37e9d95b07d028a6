#include "proto/mail_decode.h"

#include "exact.h"

#define PLAIN               "Subject: x\r\n\r\n"
#define BASE64              "Content-Transfer-Encoding: base64\r\n\r\n"
#define QUOTED              "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n"
#define MULTIPART(boundary) "Content-Type: multipart/mixed; boundary=" boundary "\r\n\r\n"

static void assert_text(const char *message, const char *wanted)
{
    struct exact in = exact_of(bytes_of(message));
    struct buf out = buf_new(4096);
    assert_true(mail_text_put(&out, in.view));
    assert_bytes(buf_view(&out), wanted);
    buf_free(&out);
    free(in.block);
}

static void a_body_without_an_encoding_stands_as_it_is(void **state)
{
    (void)state;
    assert_text(PLAIN "one=20two\r\n", "one=20two\r\n");
    assert_text("Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\nZm9v", "Zm9v");
    assert_text("Subject: x", "");
}

static void base64_is_undone(void **state)
{
    (void)state;
    assert_text(BASE64 "Zm9v\r\nYmFy\r\n", "foobar");
    assert_text("Content-Type: text/plain; charset=utf-8\r\n" BASE64 "Zm9vYmE=\r\n", "fooba");
}

/* RFC 2045, section 6.7. */
static void quoted_printable_is_undone(void **state)
{
    (void)state;
    assert_text(QUOTED "one=20two=3D", "one two=");
    assert_text(QUOTED "one =\r\ntwo=\nthree= \t\r\nfour", "one twothreefour");
    assert_text(QUOTED "=c3=A9", "\xc3\xa9");
    assert_text(QUOTED "a=zz=4", "a=zz=4");
    assert_text(QUOTED "a=", "a=");
    assert_text(QUOTED "a_b", "a_b");
}

static void of_a_multipart_the_texts_stand_below_each_other(void **state)
{
    (void)state;
    assert_text(MULTIPART("b") "for nobody\r\n--b\r\n\r\none\r\n--b\r\n" BASE64
                               "Zm9v\r\n--b--\r\nfor nobody\r\n",
                "one\r\n\r\nfoo");
    assert_text(MULTIPART("\"b c\"") "--b c\r\n\r\none\r\n--b c--\r\n", "one\r\n");
    assert_text(MULTIPART("b") "--b\r\n\r\none\r\n--bb\r\n--b--", "one\r\n--bb\r\n");
    assert_text(MULTIPART("b") "--b\n\none\n", "one\n");
}

static void multiparts_stand_in_one_another(void **state)
{
    (void)state;
    assert_text(MULTIPART("b") "--b\r\n" MULTIPART("b1") "--b1\r\n\r\none\r\n--b1--\r\n--b\r\n\r\n"
                                                         "two\r\n--b--\r\n",
                "one\r\n\r\ntwo\r\n");
}

static void an_attached_message_is_no_text(void **state)
{
    (void)state;
    assert_text(
        MULTIPART("b") "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\none\r\n"
                       "--b--\r\n",
        "");
}

static void a_multipart_without_a_boundary_stands_as_it_is(void **state)
{
    (void)state;
    assert_text("Content-Type: multipart/mixed\r\n\r\none", "one");
    assert_text("Content-Type: multipart/mixed; boundary=\r\n\r\none", "one");
}

static void assert_words(const char *value, const char *wanted)
{
    struct exact in = exact_of(bytes_of(value));
    struct buf out = buf_new(4096);
    assert_true(mail_words_put(&out, in.view));
    assert_bytes(buf_view(&out), wanted);
    buf_free(&out);
    free(in.block);
}

/* RFC 2047. */
static void encoded_words_are_undone(void **state)
{
    (void)state;
    assert_words("=?utf-8?B?5Zue5aSNOg==?= open", "\xe5\x9b\x9e\xe5\xa4\x8d: open");
    assert_words("=?iso-8859-1?q?R=E9:_x?=", "R\xe9: x");
    assert_words("a =?b?= c =?x?b?Zg", "a =?b?= c =?x?b?Zg");
    assert_words("=?", "=?");
}

static void what_does_not_fit_is_said(void **state)
{
    struct buf small = buf_new(3);
    (void)state;
    assert_false(mail_text_put(&small, bytes_of(PLAIN "four")));
    assert_false(mail_words_put(&small, bytes_of("four")));
    buf_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_without_an_encoding_stands_as_it_is),
        cmocka_unit_test(base64_is_undone),
        cmocka_unit_test(quoted_printable_is_undone),
        cmocka_unit_test(of_a_multipart_the_texts_stand_below_each_other),
        cmocka_unit_test(multiparts_stand_in_one_another),
        cmocka_unit_test(an_attached_message_is_no_text),
        cmocka_unit_test(a_multipart_without_a_boundary_stands_as_it_is),
        cmocka_unit_test(encoded_words_are_undone),
        cmocka_unit_test(what_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
