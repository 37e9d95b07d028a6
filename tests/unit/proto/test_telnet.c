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

static void refuses(const char *in, size_t n, const char *answer, size_t answer_n)
{
    struct buf out = buf_new(TELNET_ANSWER);
    telnet_refuse(bytes_at(in, n), &out);
    assert_int_equal(out.n, answer_n);
    assert_memory_equal(out.p, answer, answer_n);
    buf_free(&out);
}

#define REFUSES(in, answer) refuses(in, sizeof(in) - 1, answer, sizeof(answer) - 1)

static void what_is_offered_and_what_is_asked_for_is_refused(void **state)
{
    (void)state;
    REFUSES("a\xff\xfb\x01z\xff\xfd\x18login: ", "\xff\xfe\x01\xff\xfc\x18");
    REFUSES("\xff\xfb\xff", "\xff\xfe\xff");
}

/* So that two that refuse each other never go on for ever (RFC 1143). */
static void a_refusal_gets_no_answer_and_what_is_said_twice_gets_one(void **state)
{
    (void)state;
    REFUSES("\xff\xfc\x01\xff\xfe\x03", "");
    REFUSES("\xff\xfb\x01\xff\xfb\x01\xff\xfd\x01", "\xff\xfe\x01\xff\xfc\x01");
}

static void what_is_no_negotiation_gets_no_answer(void **state)
{
    (void)state;
    REFUSES("", "");
    REFUSES("text", "");
    REFUSES("\xff\xff\xfb\x01", "");
    REFUSES("\xff\xf6\xff\xfa\x18\xff\xff\xfb\x01\xff\xf0", "");
    REFUSES("\xff\xfb", "");
}

static void nothing_else_is_a_refusal(void **state)
{
    static const char *const others[] = {
        "",         "abc",           "\xff\xfb\x01",      "\xff\xfd\x01",
        "\xff\xfc", "\xff\xfc\x01x", "\xff\xfc\x01\r\nx", "x\xff\xfc\x01",
    };
    (void)state;
    assert_true(telnet_is_refusal(bytes_of("\xff\xfc\x01\xff\xfe\x18")));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(telnet_is_refusal(bytes_of(others[i])));
}

static void as_many_are_refused_as_there_is_room_for(void **state)
{
    struct buf in = buf_new(1000);
    struct buf out = buf_new(TELNET_ANSWER);
    (void)state;
    for (unsigned char option = 0; option < 100; option++)
        buf_put(&in, bytes_at((const unsigned char[]){0xff, 0xfd, option}, 3));
    telnet_refuse(buf_view(&in), &out);
    assert_int_equal(out.n, TELNET_ANSWER);
    assert_false(out.overflow);
    assert_true(telnet_is_refusal(buf_view(&out)));
    buf_free(&in);
    buf_free(&out);
}

static void whole_is_all_but_a_command_that_is_cut_off(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t whole;
    } rows[] = {
        {"", 0},
        {"ab", 2},
        {"ab\xff", 2},
        {"ab\xff\xfb", 2},
        {"\xff\xfb", 0},
        {"\xff\xfb\x01", 3},
        {"a\xff\xfa\x18\xff", 1},
        {"a\xff\xfa\x18\xff\xf0z", 7},
        {"a\xff\xff", 3},
        {"a\xff\xf1", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(telnet_whole(bytes_of(rows[i].in)), rows[i].whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_as_it_is),
        cmocka_unit_test(negotiations_are_left_out),
        cmocka_unit_test(a_doubled_command_byte_is_text),
        cmocka_unit_test(what_is_cut_off_is_left_out),
        cmocka_unit_test(a_full_buffer_is_said),
        cmocka_unit_test(what_is_offered_and_what_is_asked_for_is_refused),
        cmocka_unit_test(a_refusal_gets_no_answer_and_what_is_said_twice_gets_one),
        cmocka_unit_test(what_is_no_negotiation_gets_no_answer),
        cmocka_unit_test(nothing_else_is_a_refusal),
        cmocka_unit_test(as_many_are_refused_as_there_is_room_for),
        cmocka_unit_test(whole_is_all_but_a_command_that_is_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
