#include "proto/http_chunk.h"

#include "exact.h"

static enum parse parse(struct bytes in, size_t *used, const char **why)
{
    struct http_chunks c = {0};
    struct buf out = buf_new(1 << 16);
    enum parse state = http_chunks_parse(&c, in, &out, used, why);
    buf_free(&out);
    return state;
}

/* Feeds `in` in pieces of `step` bytes, each in a block of its own. */
static enum parse feed(struct bytes in, size_t step, struct buf *out, size_t *total)
{
    struct http_chunks c = {0};
    enum parse state = PARSE_MORE;
    const char *why;
    *total = 0;
    for (size_t at = 0; at < in.n && state == PARSE_MORE; at += step) {
        size_t used = 0;
        struct exact e = exact_of(bytes_slice(in, at, at + step));
        state = http_chunks_parse(&c, e.view, out, &used, &why);
        if (state == PARSE_MORE)
            assert_int_equal(used, e.view.n);
        *total += state == PARSE_BAD ? 0 : used;
        free(e.block);
    }
    return state;
}

static const struct {
    const char *wire;
    const char *body;
} rows[] = {
    {"0\r\n\r\n", ""},
    {"5\r\nhello\r\n0\r\n\r\n", "hello"},
    {"5\nhello\n0\n\n", "hello"},
    {"00000005\r\nhello\r\n000\r\n\r\n", "hello"},
    {"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"},
    {"2;name=value\r\n\r\n\r\n1 ; x\r\n0\r\n0\r\n\r\n", "\r\n0"},
    {"1\r\na\r\n0;last\r\nX-Trailer: y\r\nZ: z\n\r\n", "a"},
    {"1\t\r\na\r\n0\r\n\n", "a"},
};

static void a_body_is_decoded_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_whole(parse, bytes_of(rows[i].wire));
}

static void a_body_is_the_same_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t step = 1; step <= strlen(rows[i].wire); step++) {
            struct buf out = buf_new(1000);
            size_t total;
            assert_int_equal(feed(bytes_of(rows[i].wire), step, &out, &total), PARSE_OK);
            assert_int_equal(total, strlen(rows[i].wire));
            assert_bytes(buf_view(&out), rows[i].body);
            buf_free(&out);
        }
}

static void after_the_end_nothing_is_taken(void **state)
{
    struct http_chunks c = {0};
    struct buf out = buf_new(100);
    size_t used = 9;
    const char *why;
    (void)state;
    assert_int_equal(http_chunks_parse(&c, bytes_of("0\r\n\r\nHTTP"), &out, &used, &why), PARSE_OK);
    assert_int_equal(used, 5);
    assert_int_equal(http_chunks_parse(&c, bytes_of("HTTP"), &out, &used, &why), PARSE_OK);
    assert_int_equal(used, 0);
    buf_free(&out);
}

static void broken_coding_is_bad(void **state)
{
    static const struct {
        const char *in;
        const char *because;
    } bad[] = {
        {"\r\n", "no chunk size"},
        {";x\r\n", "no chunk size"},
        {" 5\r\n", "no chunk size"},
        {"g\r\n", "no chunk size"},
        {"-5\r\n", "no chunk size"},
        {"5x\r\n", "no number"},
        {"0x5\r\n", "no number"},
        {"ffffffffffffffff\r\n", "more than 8 digits"},
        {"000000005\r\n", "more than 8 digits"},
        {"5\rx", "bare CR"},
        {"5\r\nhello0\r\n", "longer than its size"},
        {"5\r\nhellohello\r\n", "longer than its size"},
        {"5\r\nhello\r0", "bare CR"},
        {"5\r\nhello\r\n\r\n", "no chunk size"},
        {"0\r\n\rx", "bare CR"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_bad(parse, bytes_of(bad[i].in), bad[i].because);
    assert_bad(parse, LITERAL("5;\0"), "NUL");
    assert_bad(parse, LITERAL("0\r\n\0"), "NUL");
}

static void what_broke_once_stays_broken(void **state)
{
    struct http_chunks c = {0};
    struct buf out = buf_new(100);
    size_t used;
    const char *why;
    (void)state;
    assert_int_equal(http_chunks_parse(&c, bytes_of("x"), &out, &used, &why), PARSE_BAD);
    assert_int_equal(http_chunks_parse(&c, bytes_of("0\r\n\r\n"), &out, &used, &why), PARSE_BAD);
    buf_free(&out);
}

static void the_buffers_limit_bounds_the_body(void **state)
{
    struct buf out = buf_new(5);
    size_t total;
    (void)state;
    assert_int_equal(feed(bytes_of("5\r\nhello\r\n0\r\n\r\n"), 3, &out, &total), PARSE_OK);
    buf_clear(&out);
    assert_int_equal(feed(bytes_of("6\r\nhello!\r\n0\r\n\r\n"), 3, &out, &total), PARSE_BAD);
    buf_clear(&out);
    assert_int_equal(feed(bytes_of("ffffffff\r\nhello!"), 100, &out, &total), PARSE_BAD);
    buf_free(&out);
}

static void extensions_and_trailers_are_bounded(void **state)
{
    struct buf most = padded("1;", 'x', HTTP_CHUNK_OVERHEAD - 1, "\na\n0\n\n");
    struct buf more = padded("1;", 'x', HTTP_CHUNK_OVERHEAD, "\na\n0\n\n");
    struct buf trailer = padded("0\r\nX: ", 'x', 1 << 20, "");
    struct buf many = buf_new(1 << 20);
    size_t used;
    const char *why;
    (void)state;
    assert_int_equal(parse_exact(parse, buf_view(&most), &used, &why), PARSE_OK);
    assert_bad(parse, buf_view(&more), "too many bytes");
    assert_bad(parse, buf_view(&trailer), "too many bytes");
    for (int i = 0; i < 4000; i++)
        buf_put_text(&many, "1;abc\na\n");
    assert_bad(parse, buf_view(&many), "too many bytes");
    buf_free(&most);
    buf_free(&more);
    buf_free(&trailer);
    buf_free(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_is_decoded_whole),
        cmocka_unit_test(a_body_is_the_same_in_pieces_of_any_size),
        cmocka_unit_test(after_the_end_nothing_is_taken),
        cmocka_unit_test(broken_coding_is_bad),
        cmocka_unit_test(what_broke_once_stays_broken),
        cmocka_unit_test(the_buffers_limit_bounds_the_body),
        cmocka_unit_test(extensions_and_trailers_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
