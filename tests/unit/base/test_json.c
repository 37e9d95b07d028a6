#include "base/json.h"

#include "given.h"

#include <jansson.h>

static void assert_string(struct bytes in, const char *wanted)
{
    struct buf out = buf_new(1000);
    unsigned char *block = exact_copy(in);
    assert_true(json_put_string(&out, bytes_at(block, in.n)));
    assert_bytes(buf_view(&out), wanted);
    free(block);
    buf_free(&out);
}

static void words_are_escaped_where_they_must_be(void **state)
{
    (void)state;
    assert_string(bytes_of(""), "\"\"");
    assert_string(bytes_of("plain"), "\"plain\"");
    assert_string(bytes_of("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_string(bytes_of("\r\n\t"), "\"\\r\\n\\t\"");
    assert_string(LITERAL("\0\x1b\x7f"), "\"\\u0000\\u001b\\u007f\"");
    assert_string(bytes_of("B\xc3\xbcro \xf0\x9f\x98\x80"), "\"B\xc3\xbcro \xf0\x9f\x98\x80\"");
}

static void characters_that_would_hide_text_are_escaped(void **state)
{
    (void)state;
    assert_string(bytes_of("\xe2\x80\xae"), "\"\\u202e\"");
    assert_string(bytes_of("\xc2\x9b"), "\"\\u009b\"");
    assert_string(bytes_of("\xf3\xa0\x81\x81"), "\"\\udb40\\udc41\"");
}

static void bytes_of_broken_utf_8_are_replaced(void **state)
{
    (void)state;
    assert_string(bytes_of("a\xff"
                           "b"),
                  "\"a\xef\xbf\xbd"
                  "b\"");
    assert_string(bytes_of("\xe2\x82"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string(bytes_of("\xc0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void evidence_keeps_each_byte_as_one_character(void **state)
{
    struct buf out = buf_new(1000);
    (void)state;
    assert_true(json_put_bytes(&out, LITERAL("250 \"\\\r\n\t\0\x7f\x80\xff\xc3\xbc")));
    assert_bytes(buf_view(&out),
                 "\"250 \\\"\\\\\\r\\n\\t\\u0000\\u007f\\u0080\\u00ff\\u00c3\\u00bc\"");
    buf_free(&out);
}

static void evidence_of_all_bytes_is_read_back(void **state)
{
    unsigned char all[256];
    struct buf out = buf_new(4096);
    (void)state;
    for (unsigned i = 0; i < 256; i++)
        all[i] = (unsigned char)i;
    assert_true(json_put_bytes(&out, bytes_at(all, sizeof all)));
    json_t *text = json_loadb((const char *)out.p, out.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(text);
    const unsigned char *p = (const unsigned char *)json_string_value(text);
    for (unsigned i = 0; i < 256; i++) {
        unsigned c = *p < 0x80 ? *p : (unsigned)(*p & 3) << 6 | (p[1] & 0x3f);
        p += *p < 0x80 ? 1 : 2;
        assert_int_equal(c, i);
    }
    json_decref(text);
    buf_free(&out);
}

/* As json.h has it. */
static void put_plainly(struct buf *out, unsigned char c)
{
    static const char letters[] = "\n\r\t\"\\", shorts[] = "nrt\"\\";
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter)
        buf_printf(out, "\\%c", shorts[letter - letters]);
    else if (c < 0x20 || c > 0x7e)
        buf_printf(out, "\\u%04x", c);
    else
        buf_put_byte(out, c);
}

/* Each byte, in each place of a row of plain ones; in a buffer with room for much more and one that fits. */
static void what_is_written_depends_on_the_byte_alone(void **state)
{
    enum { ROW = 19 };
    (void)state;
    for (unsigned i = 0; i < ROW * 256; i++) {
        unsigned char row[ROW];
        struct buf wanted = buf_new(200), roomy = buf_new(4096);
        memset(row, 'a', ROW);
        row[i % ROW] = (unsigned char)(i / ROW);
        buf_put_byte(&wanted, '"');
        for (unsigned at = 0; at < ROW; at++)
            put_plainly(&wanted, row[at]);
        buf_put_byte(&wanted, '"');
        buf_reserve(&roomy, 4096);
        struct buf tight = buf_new(wanted.n);
        assert_true(json_put_bytes(&roomy, bytes_at(row, ROW)));
        assert_true(json_put_bytes(&tight, bytes_at(row, ROW)));
        assert_true(bytes_equal(buf_view(&roomy), buf_view(&wanted)));
        assert_true(bytes_equal(buf_view(&tight), buf_view(&wanted)));
        buf_free(&wanted);
        buf_free(&roomy);
        buf_free(&tight);
    }
}

static void members_are_parted_by_commas(void **state)
{
    struct buf out = buf_new(1000);
    (void)state;
    buf_put_byte(&out, '{');
    assert_true(json_put_member_text(&out, "a", "b"));
    assert_true(json_put_member_number(&out, "n", 42));
    assert_true(json_put_name(&out, "o"));
    buf_put_byte(&out, '{');
    assert_true(json_put_member(&out, "c", bytes_of("{")));
    assert_true(json_put_member(&out, "d", bytes_at(NULL, 0)));
    buf_put_text(&out, "}}");
    assert_bytes(buf_view(&out), "{\"a\":\"b\",\"n\":42,\"o\":{\"c\":\"{\",\"d\":\"\"}}");
    buf_free(&out);
}

static void json_of_others_is_escaped_and_means_the_same(void **state)
{
    struct buf out = buf_new(200);
    (void)state;
    assert_true(json_put_json(
        &out, bytes_of("{\"a\\n\":\t[\"\xc3\xbc\xe2\x80\xae\x7f\xc2\x9b\\u202e\"]}")));
    assert_bytes(buf_view(&out), "{\"a\\n\": [\"\xc3\xbc\\u202e\\u007f\\u009b\\u202e\"]}");
    buf_free(&out);
}

static void what_does_not_fit_is_said(void **state)
{
    (void)state;
    for (size_t limit = 0; limit < 9; limit++) {
        struct buf out = buf_new(limit);
        assert_false(json_put_string(&out, bytes_of("a\xe2\x80\xae")));
        assert_true(out.overflow);
        buf_clear(&out);
        assert_false(json_put_bytes(&out, bytes_of("a\xff")));
        assert_true(out.overflow);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_escaped_where_they_must_be),
        cmocka_unit_test(characters_that_would_hide_text_are_escaped),
        cmocka_unit_test(bytes_of_broken_utf_8_are_replaced),
        cmocka_unit_test(evidence_keeps_each_byte_as_one_character),
        cmocka_unit_test(evidence_of_all_bytes_is_read_back),
        cmocka_unit_test(what_is_written_depends_on_the_byte_alone),
        cmocka_unit_test(members_are_parted_by_commas),
        cmocka_unit_test(json_of_others_is_escaped_and_means_the_same),
        cmocka_unit_test(what_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
