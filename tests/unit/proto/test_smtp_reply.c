#include "proto/smtp_reply.h"

#include "exact.h"

#include <stdio.h>

static enum parse parse(struct bytes in, size_t *used, const char **why)
{
    struct smtp_reply r;
    return smtp_reply_parse(in, &r, used, why);
}

static struct smtp_reply read_reply(struct bytes in)
{
    struct smtp_reply r = {0};
    size_t used = 0;
    const char *why = "";
    if (smtp_reply_parse(in, &r, &used, &why) != PARSE_OK)
        fail_msg("\"%.*s\": %s", (int)in.n, (const char *)in.p, why);
    return r;
}

static void whole_replies_are_taken_and_their_prefixes_wait(void **state)
{
    static const char *const replies[] = {
        "220 mx.example.net ESMTP\r\n",
        "250 OK\n",
        "250\r\n",
        "250\n",
        "250 \r\n",
        "250-\r\n250 \r\n",
        "250-mx.example.net\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
        "250-mixed\n250-line\r\n250 ends\n",
        "354 go on\r\n",
        "599 no such code, but well formed\r\n",
        "550 5.7.1 no relaying\r\n",
        "250 a \r in the middle\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++)
        assert_whole(parse, bytes_of(replies[i]));
}

static void what_is_no_reply_is_bad_at_once(void **state)
{
    static const struct {
        const char *in;
        const char *because;
    } bad[] = {
        {"S", "no reply code"},
        {"SSH-2.0-OpenSSH_9.2p1\r\n", "no reply code"},
        {"1", "no reply code"},
        {"650 OK\r\n", "no reply code"},
        {"2x", "no reply code"},
        {"25\r\n", "no reply code"},
        {"\r\n", "no reply code"},
        {" 250 OK\r\n", "no reply code"},
        {"250\tOK\r\n", "neither a blank nor a hyphen"},
        {"2500", "neither a blank nor a hyphen"},
        {"250.", "neither a blank nor a hyphen"},
        {"250\rX", "neither a blank nor a hyphen"},
        {"250\r\r\n", "neither a blank nor a hyphen"},
        {"250-a\r\n251 b\r\n", "different codes"},
        {"250-a\r\n5", "different codes"},
        {"250-a\r\nx", "different codes"},
        {"250-a\r\n\r\n", "different codes"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_bad(parse, bytes_of(bad[i].in), bad[i].because);
}

static void a_nul_in_a_text_is_a_byte_like_others(void **state)
{
    (void)state;
    struct bytes in = LITERAL("250 a\0b\r\n");
    assert_whole(parse, in);
    assert_int_equal(read_reply(in).said.n, 3);
    assert_bad(parse, LITERAL("25\0"), "no reply code");
    assert_bad(parse, LITERAL("250\0"), "neither a blank nor a hyphen");
}

static void the_reply_says_code_lines_and_raw_bytes(void **state)
{
    (void)state;
    struct smtp_reply r = read_reply(bytes_of("421-one\r\n421-two\n421 three\r\n250 next\r\n"));
    assert_int_equal(r.code, 421);
    assert_int_equal(r.lines, 3);
    assert_bytes(r.raw, "421-one\r\n421-two\n421 three\r\n");
    assert_bytes(r.said, "three");
}

static void an_enhanced_code_is_read_where_it_is_one(void **state)
{
    static const struct {
        const char *in;
        const char *enhanced;
        const char *text;
    } rows[] = {
        {"550 5.7.1 no\r\n", "5.7.1", "no"},
        {"250 2.1.5\r\n", "2.1.5", ""},
        {"450 4.123.999  two blanks\r\n", "4.123.999", " two blanks"},
        {"550 5.7.1\tTAB\r\n", "5.7.1", "TAB"},
        {"550-5.1.1 first\r\n550 5.7.1 last\r\n", "5.7.1", "last"},
        {"550 4.7.1 class of another code\r\n", "", "4.7.1 class of another code"},
        {"354 3.0.0 no such class\r\n", "", "3.0.0 no such class"},
        {"550 5.7 no\r\n", "", "5.7 no"},
        {"550 5.7.1.2 no\r\n", "", "5.7.1.2 no"},
        {"550 5.7.1no\r\n", "", "5.7.1no"},
        {"550 5.07.1 no\r\n", "", "5.07.1 no"},
        {"550 5.1000.1 no\r\n", "", "5.1000.1 no"},
        {"550 5..1 no\r\n", "", "5..1 no"},
        {"550 5.\r\n", "", "5."},
        {"550-5.7.1 first only\r\n550 no\r\n", "", "no"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bytes enhanced;
        struct bytes text;
        struct smtp_reply r = read_reply(bytes_of(rows[i].in));
        smtp_reply_part(r.code, r.said, &enhanced, &text);
        assert_bytes(enhanced, rows[i].enhanced);
        assert_bytes(text, rows[i].text);
    }
}

static void each_line_can_be_had(void **state)
{
    struct bytes line;
    (void)state;
    struct smtp_reply r = read_reply(bytes_of("250-a b\r\n250-\n250\r\n"));
    assert_true(smtp_reply_line(&r, 0, &line));
    assert_bytes(line, "a b");
    assert_true(smtp_reply_line(&r, 1, &line));
    assert_bytes(line, "");
    assert_true(smtp_reply_line(&r, 2, &line));
    assert_bytes(line, "");
    assert_false(smtp_reply_line(&r, 3, &line));
}

static void a_line_may_have_2048_bytes_and_no_more(void **state)
{
    (void)state;
    struct buf most = padded("250 ", 'x', SMTP_REPLY_LINE_LIMIT - 6, "\r\n");
    struct buf more = padded("250 ", 'x', SMTP_REPLY_LINE_LIMIT - 5, "\r\n");
    struct buf endless = padded("250 ", 'x', SMTP_REPLY_LINE_LIMIT - 4, "");
    struct buf megabyte = padded("250 ", 'x', 1 << 20, "");
    assert_whole(parse, buf_view(&most));
    assert_bad(parse, buf_view(&more), "too long");
    assert_bad(parse, buf_view(&endless), "too long");
    assert_bad(parse, buf_view(&megabyte), "too long");
    buf_free(&most);
    buf_free(&more);
    buf_free(&endless);
    buf_free(&megabyte);
}

static void a_reply_may_have_16384_bytes_and_no_more(void **state)
{
    struct buf reply = buf_new(1 << 20);
    size_t used;
    const char *why;
    (void)state;
    while (reply.n < SMTP_REPLY_LIMIT - 8)
        buf_put_text(&reply, "250-xy\r\n");
    buf_put_text(&reply, "250 xy\r\n");
    assert_int_equal(reply.n, SMTP_REPLY_LIMIT);
    assert_int_equal(parse_exact(parse, buf_view(&reply), &used, &why), PARSE_OK);
    reply.p[reply.n - 5] = '-';
    assert_bad(parse, buf_view(&reply), "too long");
    buf_drop(&reply, 8);
    buf_put_text(&reply, "250 xyz\r\n");
    assert_bad(parse, buf_view(&reply), "too long");
    buf_free(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_replies_are_taken_and_their_prefixes_wait),
        cmocka_unit_test(what_is_no_reply_is_bad_at_once),
        cmocka_unit_test(a_nul_in_a_text_is_a_byte_like_others),
        cmocka_unit_test(the_reply_says_code_lines_and_raw_bytes),
        cmocka_unit_test(an_enhanced_code_is_read_where_it_is_one),
        cmocka_unit_test(each_line_can_be_had),
        cmocka_unit_test(a_line_may_have_2048_bytes_and_no_more),
        cmocka_unit_test(a_reply_may_have_16384_bytes_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
