#include "base/base64.h"

#include "given.h"

/* RFC 4648, section 10. */
static void the_rfc_s_examples_come_out(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(100);
        unsigned char *block = exact_copy(bytes_of(rows[i][0]));
        assert_true(base64_put(&out, bytes_at(block, strlen(rows[i][0]))));
        assert_bytes(buf_view(&out), rows[i][1]);
        free(block);
        buf_free(&out);
    }
}

static void all_letters_are_used(void **state)
{
    struct buf out = buf_new(100);
    (void)state;
    assert_true(base64_put(&out, LITERAL("\x00\x10\x83\xfb\xff\xfe\xff\xff\xff")));
    assert_bytes(buf_view(&out), "ABCD+//+////");
    buf_free(&out);
}

static void it_is_read_back_as_mail_brings_it(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"Zg==", "f"},
        {"Zg", "f"},
        {"Zm9v\r\n YmFy\r\n", "foobar"},
        {"Zm9v*Ym-Fy", "foobar"},
        {"Zm8=Zm9v", "fo"},
        {"Z", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(100);
        unsigned char *block = exact_copy(bytes_of(rows[i][0]));
        assert_true(base64_take(&out, bytes_at(block, strlen(rows[i][0]))));
        assert_bytes(buf_view(&out), rows[i][1]);
        free(block);
        buf_free(&out);
    }
    struct buf all = buf_new(100);
    assert_true(base64_take(&all, bytes_of("ABCD+//+////")));
    assert_true(bytes_equal(buf_view(&all), LITERAL("\x00\x10\x83\xfb\xff\xfe\xff\xff\xff")));
    buf_free(&all);
    struct buf small = buf_new(2);
    assert_false(base64_take(&small, bytes_of("Zm9v")));
    buf_free(&small);
}

static void what_does_not_fit_is_said(void **state)
{
    struct buf out = buf_new(7);
    (void)state;
    assert_false(base64_put(&out, bytes_of("foobar")));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rfc_s_examples_come_out),
        cmocka_unit_test(all_letters_are_used),
        cmocka_unit_test(it_is_read_back_as_mail_brings_it),
        cmocka_unit_test(what_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
