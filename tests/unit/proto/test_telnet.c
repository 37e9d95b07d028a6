/* What a telnet server sends as text, apart from what it negotiates. */
#include "proto/telnet.h"

#include "exact.h"

static void gives(const char *in, size_t n, const char *text)
{
    struct buf out = buf_new(100);
    assert_true(telnet_text(bytes_at(in, n), &out));
    assert_bytes(buf_view(&out), text);
    buf_free(&out);
}

#define GIVES(in, text) gives(in, sizeof(in) - 1, text)

static void text_stays_as_it_is(void **state)
{
    (void)state;
    GIVES("", "");
    GIVES("WinGate>", "WinGate>");
    GIVES("a\r\nb\0", "a\r\nb");
}

static void negotiations_are_left_out(void **state)
{
    (void)state;
    GIVES("\xff\xfb\x01\xff\xfd\x03login: ", "login: ");
    GIVES("a\xff\xf1z", "az");
    GIVES("a\xff\xfa\x18\x01 xterm \xff\xff \xff\xf0z", "az");
}

static void a_doubled_command_byte_is_text(void **state)
{
    (void)state;
    GIVES("a\xff\xff"
          "b",
          "a\xff"
          "b");
}

static void what_is_cut_off_is_left_out(void **state)
{
    (void)state;
    GIVES("a\xff", "a");
    GIVES("a\xff\xfb", "a");
    GIVES("a\xff\xfa\x18\xff", "a");
}

static void a_full_buffer_is_said(void **state)
{
    struct buf out = buf_new(2);
    (void)state;
    assert_false(telnet_text(bytes_of("abc"), &out));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_as_it_is),
        cmocka_unit_test(negotiations_are_left_out),
        cmocka_unit_test(a_doubled_command_byte_is_text),
        cmocka_unit_test(what_is_cut_off_is_left_out),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
