#include "base/text.h"

#include "given.h"

static void characters_are_decoded_as_rfc_3629_says(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        uint32_t c;
    } rows[] = {
        {"A", 1, 'A'},
        {"\x7f", 1, 0x7f},
        {"\xc2\x80", 2, 0x80},
        {"\xdf\xbf", 2, 0x7ff},
        {"\xe0\xa0\x80", 3, 0x800},
        {"\xed\x9f\xbf", 3, 0xd7ff},
        {"\xee\x80\x80", 3, 0xe000},
        {"\xef\xbf\xbf", 3, 0xffff},
        {"\xf0\x90\x80\x80", 4, 0x10000},
        {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
        {"\xc3\xbcx", 2, 0xfc},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t c = 0;
        assert_int_equal(text_decode(bytes_of(rows[i].text), &c), rows[i].n);
        assert_int_equal(c, rows[i].c);
    }
}

static const char *const broken[] = {
    "\x80",             /* continuation alone */
    "\xc0\x80",         /* NUL, overlong */
    "\xc1\xbf",         /* overlong */
    "\xe0\x9f\xbf",     /* overlong */
    "\xf0\x8f\xbf\xbf", /* overlong */
    "\xed\xa0\x80",     /* surrogate */
    "\xed\xbf\xbf",     /* surrogate */
    "\xf4\x90\x80\x80", /* above U+10FFFF */
    "\xf8\x88\x80\x80\x80",
    "\xff",
    "\xc3",         /* cut off */
    "\xe2\x82",     /* cut off */
    "\xf0\x9f\x98", /* cut off */
    "\xc3(",
    "\xe2(\xa1",
};

static void broken_utf_8_is_none(void **state)
{
    uint32_t c;
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        unsigned char *block = exact_copy(bytes_of(broken[i]));
        struct bytes b = bytes_at(block, strlen(broken[i]));
        assert_int_equal(text_decode(b, &c), 0);
        assert_false(text_is_utf8(b));
        assert_false(text_is_printable(b));
        free(block);
    }
    assert_int_equal(text_decode(bytes_at(NULL, 0), &c), 0);
}

static const char *const hidden[] = {
    "\x1b",             /* ESC */
    "\x7f",             /* DEL */
    "\xc2\x9b",         /* CSI, a C1 control */
    "\xc2\xad",         /* soft hyphen */
    "\xcd\x8f",         /* combining grapheme joiner */
    "\xd8\x9c",         /* Arabic letter mark */
    "\xe1\xa0\x8e",     /* Mongolian vowel separator */
    "\xe2\x80\x8b",     /* zero width space */
    "\xe2\x80\x8f",     /* right-to-left mark */
    "\xe2\x80\xa8",     /* line separator */
    "\xe2\x80\xa9",     /* paragraph separator */
    "\xe2\x80\xae",     /* right-to-left override */
    "\xe2\x81\xa0",     /* word joiner */
    "\xe2\x81\xa6",     /* left-to-right isolate */
    "\xe2\x81\xa9",     /* pop directional isolate */
    "\xe2\xa0\x80",     /* a blank of Braille */
    "\xe3\x85\xa4",     /* Hangul filler */
    "\xef\xb8\x8f",     /* a variation selector */
    "\xf0\x9d\x85\xb3", /* a beam of music begins */
    "\xef\xbb\xbf",     /* byte order mark */
    "\xef\xbf\xbe",     /* no character */
    "\xf3\xa0\x81\x81", /* a tag */
};

static void what_hides_or_moves_text_is_not_printable(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        assert_true(text_is_utf8(bytes_of(hidden[i])));
        if (text_is_printable(bytes_of(hidden[i])) || text_printable_length(bytes_of(hidden[i])))
            fail_msg("row %zu is printable", i);
    }
    assert_false(text_is_printable(LITERAL("a\0b")));
    assert_false(text_is_printable(bytes_of("a\nb")));
}

static void what_can_be_read_is_printable(void **state)
{
    static const char *const texts[] = {
        "plain",
        "B\xc3\xbcro",
        "\xe2\x82\xac 5",
        "\xe6\x97\xa5\xe6\x9c\xac",
        "\xf0\x9f\x98\x80",
        "",
        "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_true(text_is_printable(bytes_of(texts[i])));
}

static void assert_escaped(struct bytes in, size_t most, const char *wanted)
{
    struct buf out = buf_new(1000);
    unsigned char *block = exact_copy(in);
    assert_true(text_escape(&out, bytes_at(block, in.n), most));
    assert_bytes(buf_view(&out), wanted);
    assert_true(text_is_printable(buf_view(&out)));
    free(block);
    buf_free(&out);
}

#define ACUTE  "\xcc\x81"
#define THAI   "\xe0\xb9\x87"
#define CIRCLE "\xe2\x83\x9d"

static void marks_are_not_heaped_up_on_one_character(void **state)
{
    (void)state;
    assert_true(text_is_printable(bytes_of("o" ACUTE ACUTE ACUTE ACUTE "k" ACUTE)));
    assert_false(text_is_printable(bytes_of("o" ACUTE ACUTE ACUTE ACUTE ACUTE "k")));
    assert_false(text_is_printable(bytes_of("o" ACUTE THAI CIRCLE ACUTE THAI)));
    assert_int_equal(text_printable_at(bytes_of("o" ACUTE THAI CIRCLE "k" THAI), 10), 3);
    assert_escaped(bytes_of("o" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE "k"), 100,
                   "o" ACUTE ACUTE ACUTE ACUTE "\\xcc\\x81\\xcc\\x81k");
    char text[] = "o" THAI THAI THAI THAI THAI "k";
    text_make_printable(text);
    assert_string_equal(text, "o" THAI THAI THAI THAI "???k");
}

static void bytes_that_are_not_printable_become_question_marks(void **state)
{
    char text[] = "a\x1b[31m\r\nB\xc3\xbcro\xff\xe2\x80\xae";
    (void)state;
    text_make_printable(text);
    assert_string_equal(text, "a?[31m??B\xc3\xbcro????");
    char nothing[] = "";
    text_make_printable(nothing);
    assert_string_equal(nothing, "");
}

static void escaping_shows_every_byte(void **state)
{
    (void)state;
    assert_escaped(bytes_of("250 OK\r\n\t\\"), 100, "250 OK\\r\\n\\t\\\\");
    assert_escaped(LITERAL("\0\x1b[0m\xff"), 100, "\\x00\\x1b[0m\\xff");
    assert_escaped(bytes_of("\xe2\x80\xae"), 100, "\\xe2\\x80\\xae");
    assert_escaped(bytes_of("B\xc3\xbcro"), 100, "B\xc3\xbcro");
    assert_escaped(bytes_at(NULL, 0), 100, "");
}

static void escaping_stops_at_the_most(void **state)
{
    (void)state;
    assert_escaped(bytes_of("abcdef"), 6, "abcdef");
    assert_escaped(bytes_of("abcdef"), 5, "abcde\xe2\x80\xa6");
    assert_escaped(bytes_of("abcdef"), 0, "\xe2\x80\xa6");
    assert_escaped(bytes_of("a\xc3\xbc"), 2, "a\\xc3\xe2\x80\xa6");
}

static void escaping_says_when_it_does_not_fit(void **state)
{
    struct buf out = buf_new(5);
    (void)state;
    assert_false(text_escape(&out, bytes_of("\r\n\r\n"), 100));
    buf_free(&out);
}

static void width_is_columns(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},
        {"abc", 3},
        {"B\xc3\xbcro", 4},
        {"u\xcc\x88", 1},
        {"\xe6\x97\xa5\xe6\x9c\xac", 4},
        {"\xf0\x9f\x98\x80", 2},
        {"\xff\xfe", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(text_width(bytes_of(rows[i].text)), rows[i].width);
}

static void a_run_of_ascii_ends_at_whatever_else_there_is(void **state)
{
    (void)state;
    static const char others[] = {'\x1f', '\x7f', '\x80', '\xff', '\0', '\n'};
    char text[40];
    for (size_t at = 0; at < sizeof text; at++)
        for (size_t o = 0; o < sizeof others; o++) {
            memset(text, o % 2 ? ' ' : '~', sizeof text);
            text[at] = others[o];
            assert_int_equal(text_ascii_run(bytes_at(text, sizeof text)), at);
        }
    assert_int_equal(text_ascii_run(bytes_of(" as nearly all texts are ~")), 26);
    assert_int_equal(text_ascii_run(bytes_at(NULL, 0)), 0);
}

static void isolates_are_the_only_marks_of_direction_that_can_stand(void **state)
{
    (void)state;
    assert_true(text_is_isolated(bytes_of("\u0627 \u2066192.0.2.1\u2069.")));
    assert_false(text_is_printable(bytes_of("\u2066192.0.2.1\u2069")));
    assert_false(text_is_isolated(bytes_of("\u202e192.0.2.1")));
    assert_false(text_is_isolated(bytes_of("\u200f")));
    assert_false(text_is_isolated(bytes_of("line\nend")));
    assert_false(text_is_isolated(bytes_at("\xe2\x81", 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_decoded_as_rfc_3629_says),
        cmocka_unit_test(broken_utf_8_is_none),
        cmocka_unit_test(what_hides_or_moves_text_is_not_printable),
        cmocka_unit_test(what_can_be_read_is_printable),
        cmocka_unit_test(marks_are_not_heaped_up_on_one_character),
        cmocka_unit_test(bytes_that_are_not_printable_become_question_marks),
        cmocka_unit_test(escaping_shows_every_byte),
        cmocka_unit_test(escaping_stops_at_the_most),
        cmocka_unit_test(escaping_says_when_it_does_not_fit),
        cmocka_unit_test(width_is_columns),
        cmocka_unit_test(a_run_of_ascii_ends_at_whatever_else_there_is),
        cmocka_unit_test(isolates_are_the_only_marks_of_direction_that_can_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
