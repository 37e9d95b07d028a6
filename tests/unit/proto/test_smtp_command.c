#include "proto/smtp_command.h"

#include "exact.h"

static enum parse parse(struct bytes in, size_t *used, const char **why)
{
    struct smtp_command c;
    return smtp_command_parse(in, &c, used, why);
}

static struct smtp_command read_command(const char *in)
{
    struct smtp_command c = {0};
    size_t used = 0;
    const char *why = "";
    if (smtp_command_parse(bytes_of(in), &c, &used, &why) != PARSE_OK)
        fail_msg("\"%s\": %s", in, why);
    return c;
}

static void whole_commands_are_taken_and_their_prefixes_wait(void **state)
{
    static const char *const commands[] = {
        "EHLO probe.example\r\n", "QUIT\n", "\r\n", "\n", "MAIL FROM:<a@b>\r\n", "what is this\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        assert_whole(parse, bytes_of(commands[i]));
}

static void a_command_has_a_verb_and_an_argument(void **state)
{
    static const struct {
        const char *in;
        enum smtp_verb verb;
        const char *word;
        const char *argument;
    } rows[] = {
        {"EHLO probe.example\r\n", SMTP_EHLO, "EHLO", "probe.example"},
        {"helo\tx \r\n", SMTP_HELO, "helo", "x"},
        {"DATA\r\n", SMTP_DATA, "DATA", ""},
        {"Rset\n", SMTP_RSET, "Rset", ""},
        {"NOOP a b\r\n", SMTP_NOOP, "NOOP", "a b"},
        {"QUIT\r\n", SMTP_QUIT, "QUIT", ""},
        {"VRFY x\r\n", SMTP_VRFY, "VRFY", "x"},
        {"EXPN x\r\n", SMTP_EXPN, "EXPN", "x"},
        {"HELP\r\n", SMTP_HELP, "HELP", ""},
        {"STARTTLS\r\n", SMTP_STARTTLS, "STARTTLS", ""},
        {"AUTH PLAIN AA==\r\n", SMTP_AUTH, "AUTH", "PLAIN AA=="},
        {"DATAX\r\n", SMTP_UNKNOWN, "DATAX", ""},
        {" QUIT\r\n", SMTP_UNKNOWN, "", "QUIT"},
        {"\r\n", SMTP_UNKNOWN, "", ""},
        {"GET / HTTP/1.1\r\n", SMTP_UNKNOWN, "GET", "/ HTTP/1.1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct smtp_command c = read_command(rows[i].in);
        assert_int_equal(c.verb, rows[i].verb);
        assert_bytes(c.word, rows[i].word);
        assert_bytes(c.argument, rows[i].argument);
    }
}

static void mail_and_rcpt_have_a_path(void **state)
{
    static const struct {
        const char *in;
        enum smtp_verb verb;
        const char *path;
    } rows[] = {
        {"MAIL FROM:<a@b.example>\r\n", SMTP_MAIL, "a@b.example"},
        {"MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME\r\n", SMTP_MAIL, "a@b"},
        {"mail from: <a@b>\r\n", SMTP_MAIL, "a@b"},
        {"MAIL FROM:<>\r\n", SMTP_MAIL, ""},
        {"MAIL FROM:a@b SIZE=1\r\n", SMTP_MAIL, "a@b"},
        {"MAIL FROM:\r\n", SMTP_MAIL, ""},
        {"RCPT TO:<@relay:a@b>\r\n", SMTP_RCPT, "@relay:a@b"},
        {"RCPT TO:<\"a>b\"@c> X=<y>\r\n", SMTP_RCPT, "\"a>b\"@c"},
        {"RCPT TO:<\"a\\\">b\"@c>\r\n", SMTP_RCPT, "\"a\\\">b\"@c"},
        {"RCPT TO:a@b\r\n", SMTP_RCPT, "a@b"},
        {"MAIL TO:<a@b>\r\n", SMTP_UNKNOWN, ""},
        {"RCPT FROM:<a@b>\r\n", SMTP_UNKNOWN, ""},
        {"MAIL <a@b>\r\n", SMTP_UNKNOWN, ""},
        {"MAIL FROM <a@b>\r\n", SMTP_UNKNOWN, ""},
        {"MAIL\r\n", SMTP_UNKNOWN, ""},
        {"RCPT TO:<a@b\r\n", SMTP_UNKNOWN, ""},
        {"RCPT TO:<\"a@b>\r\n", SMTP_UNKNOWN, ""},
        {"RCPT TO:<\"a\\\r\n", SMTP_UNKNOWN, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct smtp_command c = read_command(rows[i].in);
        assert_int_equal(c.verb, rows[i].verb);
        assert_bytes(c.path, rows[i].path);
    }
}

static void nul_and_bare_cr_are_bad(void **state)
{
    (void)state;
    assert_bad(parse, LITERAL("NOOP a\0b\r\n"), "NUL");
    assert_bad(parse, LITERAL("NOOP\0"), "NUL");
    assert_bad(parse, LITERAL("RSET\rQUIT\r\n"), "bare CR");
    assert_bad(parse, LITERAL("RSET\r\r\n"), "bare CR");
    assert_bad(parse, LITERAL("RSET\rQ"), "bare CR");
}

static void a_command_line_may_have_2048_bytes_and_no_more(void **state)
{
    (void)state;
    struct buf most = padded("NOOP ", 'x', SMTP_COMMAND_LIMIT - 7, "\r\n");
    struct buf more = padded("NOOP ", 'x', SMTP_COMMAND_LIMIT - 6, "\r\n");
    struct buf megabyte = padded("", 'x', 1 << 20, "");
    assert_whole(parse, buf_view(&most));
    assert_bad(parse, buf_view(&more), "too long");
    assert_bad(parse, buf_view(&megabyte), "too long");
    buf_free(&most);
    buf_free(&more);
    buf_free(&megabyte);
}

static void a_line_is_written_with_crlf(void **state)
{
    struct buf out = buf_new(100);
    (void)state;
    assert_true(smtp_command_put(&out, bytes_of("RCPT TO:<a@b>")));
    assert_true(smtp_command_put(&out, bytes_of("")));
    assert_bytes(buf_view(&out), "RCPT TO:<a@b>\r\n\r\n");
    buf_free(&out);
}

static void a_second_command_can_not_be_smuggled(void **state)
{
    static const char lines[][8] = {"a\rb", "a\nb", "a\r\nb", "\n", "a\r", "a\0b"};
    struct buf out = buf_new(100);
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        size_t n = lines[i][1] == '\0' && lines[i][2] ? 3 : strlen(lines[i]);
        assert_false(smtp_command_put(&out, bytes_at(lines[i], n)));
    }
    assert_int_equal(out.n, 0);
    buf_free(&out);
}

static void a_line_that_does_not_fit_is_not_written(void **state)
{
    struct buf small = buf_new(5);
    struct buf large = buf_new(1 << 20);
    struct buf line = padded("", 'x', SMTP_COMMAND_LIMIT - 1, "");
    (void)state;
    assert_false(smtp_command_put(&small, bytes_of("QUIT")));
    assert_int_equal(small.n, 0);
    assert_false(smtp_command_put(&large, buf_view(&line)));
    assert_true(smtp_command_put(&large, bytes_slice(buf_view(&line), 0, SMTP_COMMAND_LIMIT - 2)));
    assert_int_equal(large.n, SMTP_COMMAND_LIMIT);
    buf_free(&small);
    buf_free(&large);
    buf_free(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_commands_are_taken_and_their_prefixes_wait),
        cmocka_unit_test(a_command_has_a_verb_and_an_argument),
        cmocka_unit_test(mail_and_rcpt_have_a_path),
        cmocka_unit_test(nul_and_bare_cr_are_bad),
        cmocka_unit_test(a_command_line_may_have_2048_bytes_and_no_more),
        cmocka_unit_test(a_line_is_written_with_crlf),
        cmocka_unit_test(a_second_command_can_not_be_smuggled),
        cmocka_unit_test(a_line_that_does_not_fit_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
