#include "proto/smtp_command.h"

#include "exact.h"

static enum parse parse(struct bytes in, size_t *used, const char **why)
{
    struct buf out = buf_new(SMTP_MESSAGE_LIMIT);
    enum parse state = smtp_data_parse(in, &out, used, why);
    if (state != PARSE_OK)
        assert_int_equal(out.n, 0);
    buf_free(&out);
    return state;
}

static void a_message_is_written_with_crlf_and_doubled_dots(void **state)
{
    static const struct {
        const char *message;
        const char *wire;
    } rows[] = {
        {"", ".\r\n"},
        {"a", "a\r\n.\r\n"},
        {"a\r\n", "a\r\n.\r\n"},
        {"a\nb\rc\r\nd", "a\r\nb\r\nc\r\nd\r\n.\r\n"},
        {"a\r\r\nb", "a\r\n\r\nb\r\n.\r\n"},
        {"a\n\rb", "a\r\n\r\nb\r\n.\r\n"},
        {".", "..\r\n.\r\n"},
        {"..a\r\n.\r\nb.c\r\n", "...a\r\n..\r\nb.c\r\n.\r\n"},
        {"a\r.\rQUIT", "a\r\n..\r\nQUIT\r\n.\r\n"},
        {"a\n.\nQUIT", "a\r\n..\r\nQUIT\r\n.\r\n"},
        {"\n", "\r\n.\r\n"},
        {"\r", "\r\n.\r\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(100);
        struct exact e = exact_of(bytes_of(rows[i].message));
        assert_true(smtp_data_put(&out, e.view));
        assert_bytes(buf_view(&out), rows[i].wire);
        buf_free(&out);
        free(e.block);
    }
}

static void a_message_that_does_not_fit_is_not_written(void **state)
{
    struct buf out = buf_new(20);
    (void)state;
    buf_put_text(&out, "before");
    assert_false(smtp_data_put(&out, bytes_of("one\r\ntwo\r\nthree\r\n")));
    assert_bytes(buf_view(&out), "before");
    buf_free(&out);
}

static void a_message_is_read_to_its_final_dot(void **state)
{
    static const struct {
        const char *wire;
        const char *message;
    } rows[] = {
        {".\r\n", ""},
        {"a\r\n.\r\n", "a\r\n"},
        {"\r\n.\r\n", "\r\n"},
        {"..\r\n.\r\n", ".\r\n"},
        {"..a\r\n...b\r\n.\r\n", ".a\r\n..b\r\n"},
        {".a\r\n.\r\n", "a\r\n"},
        {"a\nb\rc\r\n.\r\n", "a\nb\rc\r\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(100);
        size_t used = 0;
        const char *why;
        assert_whole(parse, bytes_of(rows[i].wire));
        assert_int_equal(smtp_data_parse(bytes_of(rows[i].wire), &out, &used, &why), PARSE_OK);
        assert_bytes(buf_view(&out), rows[i].message);
        buf_free(&out);
    }
}

/* Each of these ends a message for some server in the field, and for us it does not. */
static void only_crlf_dot_crlf_ends_a_message(void **state)
{
    static const char *const smuggled[] = {
        "a\n.\nQUIT\r\n",
        "a\n.\r\nQUIT\r\n",
        "a\r\n.\nQUIT\r\n",
        "a\r.\rQUIT\r\n",
        "a\r\n.\rQUIT\r\n",
        "a\r.\r\nQUIT\r\n",
        ".\n",
        "a\r\n.\r\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof smuggled / sizeof smuggled[0]; i++) {
        struct buf longer = buf_new(100);
        size_t used;
        const char *why;
        assert_int_equal(parse_exact(parse, bytes_of(smuggled[i]), &used, &why), PARSE_MORE);
        buf_put_text(&longer, smuggled[i]);
        buf_put_text(&longer, "\r\n.\r\n");
        assert_whole(parse, buf_view(&longer));
        buf_free(&longer);
    }
}

static void what_follows_a_message_is_left(void **state)
{
    struct buf out = buf_new(100);
    size_t used = 0;
    const char *why;
    (void)state;
    buf_put_text(&out, "kept ");
    assert_int_equal(smtp_data_parse(bytes_of("a\r\n.\r\nQUIT\r\n.\r\n"), &out, &used, &why),
                     PARSE_OK);
    assert_int_equal(used, 6);
    assert_bytes(buf_view(&out), "kept a\r\n");
    buf_free(&out);
}

static void the_buffers_limit_bounds_the_message(void **state)
{
    static const struct {
        const char *wire;
        enum parse state;
    } rows[] = {
        {"12345678\r\n.\r\n", PARSE_OK},  {"123456789\r\n.\r\n", PARSE_BAD},
        {".12345678\r\n.\r\n", PARSE_OK}, {"12345678\r\n.\r", PARSE_MORE},
        {"12345678\r\n.", PARSE_MORE},    {"12345678\r\n..", PARSE_BAD},
        {"12345678\r\n\r\n", PARSE_BAD},  {"1234567890", PARSE_MORE},
        {"12345678901", PARSE_BAD},       {"1234\r\n\r\n\r\n\r\n", PARSE_BAD},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(10);
        size_t used;
        const char *why;
        if (smtp_data_parse(bytes_of(rows[i].wire), &out, &used, &why) != rows[i].state)
            fail_msg("row %zu", i);
        buf_free(&out);
    }
}

static void the_beginning_of_a_message_is_what_fits_without_its_doubled_dots(void **state)
{
    static const struct {
        const char *wire;
        const char *beginning;
    } rows[] = {
        {"", ""},
        {"a\r\n..b\r\n", "a\r\n.b\r\n"},
        {"a\r\n.b", "a\r\nb"},
        {"1234567890123", "1234567890"},
        {"1234\r\n.123456\r\n9", "1234\r\n1234"},
        {"123456789\r\n1\r\n", "123456789\r"},
        {"a\nb\rc", "a\nb\rc"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(10);
        smtp_data_begin(bytes_of(rows[i].wire), &out);
        assert_false(out.overflow);
        assert_string_equal(buf_text(&out), rows[i].beginning);
        buf_free(&out);
    }
}

static void a_message_of_a_megabyte_is_refused_while_it_comes(void **state)
{
    (void)state;
    struct buf line = padded("", 'x', 1 << 20, "");
    struct buf dots = padded("", '.', SMTP_MESSAGE_LIMIT + 2, "");
    assert_bad(parse, buf_view(&line), "too long");
    assert_bad(parse, buf_view(&dots), "too long");
    buf_free(&line);
    buf_free(&dots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_written_with_crlf_and_doubled_dots),
        cmocka_unit_test(a_message_that_does_not_fit_is_not_written),
        cmocka_unit_test(a_message_is_read_to_its_final_dot),
        cmocka_unit_test(only_crlf_dot_crlf_ends_a_message),
        cmocka_unit_test(what_follows_a_message_is_left),
        cmocka_unit_test(the_buffers_limit_bounds_the_message),
        cmocka_unit_test(the_beginning_of_a_message_is_what_fits_without_its_doubled_dots),
        cmocka_unit_test(a_message_of_a_megabyte_is_refused_while_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
