/* Texts in their transfer encodings, read back by GMime. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "notice/mime.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 64 * 1024, LINE = 76 };

static void check_lines(const struct buf *encoded)
{
    for (struct bytes rest = buf_view(encoded); rest.n > 0;) {
        size_t end = bytes_find(rest, bytes_of("\r\n"));
        assert_true(end <= LINE);
        assert_true(end == 0 || (rest.p[end - 1] != ' ' && rest.p[end - 1] != '\t'));
        for (size_t i = 0; i < end; i++)
            assert_true((rest.p[i] >= ' ' && rest.p[i] < 0x7f) || rest.p[i] == '\t');
        rest = bytes_slice(rest, end + 2, rest.n);
    }
}

static void comes_back(struct bytes text, bool quoted)
{
    struct buf out = buf_new(LIMIT);
    GMimeEncoding decoder;
    char back[LIMIT];
    assert_true(quoted ? mime_put_quoted(&out, text) : mime_put_base64(&out, text));
    check_lines(&out);
    g_mime_encoding_init_decode(&decoder, quoted ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                                                 : GMIME_CONTENT_ENCODING_BASE64);
    size_t n = g_mime_encoding_step(&decoder, (const char *)out.p, out.n, back);
    struct buf lines = buf_new(LIMIT);
    for (size_t i = 0; i < n; i++)
        if (!quoted || back[i] != '\r')
            buf_put_byte(&lines, (unsigned char)back[i]);
    assert_int_equal(lines.n, text.n);
    assert_memory_equal(lines.p, text.p, text.n);
    buf_free(&lines);
    buf_free(&out);
}

/* A line of n bytes, with something else at one place in it. */
static void quotes_line(size_t n, size_t at, const char *other)
{
    char text[200];
    memset(text, 'a', n);
    memcpy(text + at, other, strlen(other));
    memcpy(text + n, "\nnext\n", 6);
    comes_back(bytes_at(text, n + 6), true);
}

static void a_line_of_any_length_comes_back_from_quoted_printable(void **state)
{
    (void)state;
    static const char *const others[] = {"a", "=", " ", "\t", "\xc3\xa4", "\x7f", "\x01"};
    for (size_t n = 2; n < 160; n++)
        for (size_t o = 0; o < sizeof others / sizeof others[0]; o++) {
            quotes_line(n, 0, others[o]);
            quotes_line(n, n / 2 < n - 1 ? n / 2 : 0, others[o]);
            quotes_line(n, n - strlen(others[o]), others[o]);
        }
}

static void bytes_of_any_number_come_back_from_base64(void **state)
{
    (void)state;
    unsigned char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    for (size_t n = 1; n <= sizeof bytes; n++)
        comes_back(bytes_at(bytes, n), false);
}

static void a_line_of_ascii_stands_as_it_is(void **state)
{
    (void)state;
    struct buf out = buf_new(LIMIT);
    assert_true(mime_put_quoted(&out, bytes_of("Dear Sir or Madam,\n\n- one ~\n")));
    assert_string_equal(buf_text(&out), "Dear Sir or Madam,\r\n\r\n- one ~\r\n");
    buf_free(&out);
}

/* As many bytes as quoted-printable takes, without its soft line breaks, one by one. */
static bool is_better_by_counting(struct bytes text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool stands = text.p[i] >= ' ' && text.p[i] < 0x7f && text.p[i] != '=';
        n += stands || text.p[i] == '\n' ? 1 : 3;
    }
    return n <= (text.n + 2) / 3 * 4;
}

static void the_shorter_encoding_is_chosen(void **state)
{
    (void)state;
    unsigned char text[61];
    for (unsigned seed = 0; seed < 2000; seed++) {
        unsigned random = seed * 2654435761u;
        for (size_t i = 0; i < sizeof text; i++) {
            random = random * 1103515245u + 12345u;
            text[i] = random >> 29 ? (unsigned char)('a' + (random >> 16) % 26)
                                   : (unsigned char)(random >> 16);
        }
        struct bytes some = bytes_at(text, seed % sizeof text);
        assert_int_equal(mime_is_better_quoted(some), is_better_by_counting(some));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_any_length_comes_back_from_quoted_printable),
        cmocka_unit_test(bytes_of_any_number_come_back_from_base64),
        cmocka_unit_test(a_line_of_ascii_stands_as_it_is),
        cmocka_unit_test(the_shorter_encoding_is_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
