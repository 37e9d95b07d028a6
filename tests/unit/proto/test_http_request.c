#include "proto/http_head.h"

#include "exact.h"

struct row {
    const char *method;
    const char *target;
    const char *host;
    const char *agent;
    const char *more;
};

static bool put(struct buf *out, const struct row *r)
{
    return http_request_put(out, bytes_of(r->method), bytes_of(r->target), bytes_of(r->host),
                            bytes_of(r->agent), bytes_of(r->more));
}

static void a_request_is_written_with_host_and_user_agent(void **state)
{
    struct buf out = buf_new(1000);
    struct row row = {"CONNECT", "127.0.0.1:25", "127.0.0.1:25", "ajar (+https://x.example)", ""};
    (void)state;
    assert_true(put(&out, &row));
    assert_bytes(buf_view(&out), "CONNECT 127.0.0.1:25 HTTP/1.1\r\n"
                                 "Host: 127.0.0.1:25\r\n"
                                 "User-Agent: ajar (+https://x.example)\r\n"
                                 "\r\n");
    buf_free(&out);
}

static void further_fields_stand_behind(void **state)
{
    struct buf out = buf_new(1000);
    struct row row = {"POST", "http://a/", "a", "t", "Content-Length: 3\r\nX-A: b\tc\r\n"};
    (void)state;
    buf_put_text(&out, "before");
    assert_true(put(&out, &row));
    assert_bytes(buf_view(&out), "beforePOST http://a/ HTTP/1.1\r\nHost: a\r\nUser-Agent: t\r\n"
                                 "Content-Length: 3\r\nX-A: b\tc\r\n\r\n");
    buf_free(&out);
}

static void an_old_request_has_no_host(void **state)
{
    struct buf out = buf_new(1000);
    (void)state;
    assert_true(http_request10_put(&out, bytes_of("CONNECT"), bytes_of("192.0.2.1:25"),
                                   bytes_of("t"), bytes_of("")));
    assert_bytes(buf_view(&out), "CONNECT 192.0.2.1:25 HTTP/1.0\r\nUser-Agent: t\r\n\r\n");
    assert_false(http_request10_put(&out, bytes_of("GET"), bytes_of("/"), bytes_of("t"),
                                    bytes_of("Host: b\r\n")));
    buf_free(&out);
}

static void nothing_can_be_smuggled_into_a_head(void **state)
{
    static const struct row rows[] = {
        {"", "/", "a", "t", ""},
        {"GET /x", "/", "a", "t", ""},
        {"GET\r\nX", "/", "a", "t", ""},
        {"G:T", "/", "a", "t", ""},
        {"GET", "", "a", "t", ""},
        {"GET", "/ HTTP/1.1\r\nX: y\r\n", "a", "t", ""},
        {"GET", "/ x", "a", "t", ""},
        {"GET", "/\x7f", "a", "t", ""},
        {"GET", "/", "", "t", ""},
        {"GET", "/", "a b", "t", ""},
        {"GET", "/", "a\tb", "t", ""},
        {"GET", "/", "a\r\nX: y", "t", ""},
        {"GET", "/", "a\n", "t", ""},
        {"GET", "/", "a", "t\r\nX: y", ""},
        {"GET", "/", "a", "t\nX: y", ""},
        {"GET", "/", "a", "t\x1b", ""},
        {"GET", "/", "a", "t", "X: y"},
        {"GET", "/", "a", "t", "X: y\n"},
        {"GET", "/", "a", "t", "X: y\r"},
        {"GET", "/", "a", "t", "X: y\nZ: z\r\n"},
        {"GET", "/", "a", "t", "X: y\rZ: z\r\n"},
        {"GET", "/", "a", "t", "X: y\r\n\r\nGET / HTTP/1.1\r\n"},
        {"GET", "/", "a", "t", "\r\n"},
        {"GET", "/", "a", "t", "X: y\r\n z\r\n"},
        {"GET", "/", "a", "t", " z\r\n"},
        {"GET", "/", "a", "t", "X : y\r\n"},
        {"GET", "/", "a", "t", "no field\r\n"},
        {"GET", "/", "a", "t", "Host: b\r\n"},
        {"GET", "/", "a", "t", "hOST: a\r\n"},
        {"GET", "/", "a", "t", "Content-Length: x\r\n"},
        {"GET", "/", "a", "t", "Content-Length: 1\r\nContent-Length: 2\r\n"},
        {"GET", "/", "a", "t", "Transfer-Encoding: gzip\r\n"},
    };
    struct buf out = buf_new(1000);
    (void)state;
    buf_put_text(&out, "before");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (put(&out, &rows[i]))
            fail_msg("row %zu was written", i);
    assert_bytes(buf_view(&out), "before");
    buf_free(&out);
}

static void a_nul_is_refused_everywhere(void **state)
{
    struct bytes nul = LITERAL("a\0b");
    struct bytes a = bytes_of("a");
    struct bytes none = bytes_of("");
    struct buf out = buf_new(1000);
    (void)state;
    assert_true(http_request_put(&out, a, a, a, a, none));
    assert_false(http_request_put(&out, nul, a, a, a, none));
    assert_false(http_request_put(&out, a, nul, a, a, none));
    assert_false(http_request_put(&out, a, a, nul, a, none));
    assert_false(http_request_put(&out, a, a, a, nul, none));
    assert_false(http_request_put(&out, a, a, a, a, LITERAL("X: \0\r\n")));
    buf_free(&out);
}

static void a_head_that_does_not_fit_is_not_written(void **state)
{
    struct buf small = buf_new(40);
    struct buf large = buf_new(1 << 21);
    struct buf target = padded("/", 'x', HTTP_HEAD_LIMIT, "");
    struct row row = {"GET", "/", "127.0.0.1", "tester", ""};
    (void)state;
    assert_false(put(&small, &row));
    assert_int_equal(small.n, 0);
    row.target = buf_text(&target);
    assert_false(put(&large, &row));
    assert_int_equal(large.n, 0);
    buf_free(&small);
    buf_free(&large);
    buf_free(&target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_written_with_host_and_user_agent),
        cmocka_unit_test(further_fields_stand_behind),
        cmocka_unit_test(an_old_request_has_no_host),
        cmocka_unit_test(nothing_can_be_smuggled_into_a_head),
        cmocka_unit_test(a_nul_is_refused_everywhere),
        cmocka_unit_test(a_head_that_does_not_fit_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
