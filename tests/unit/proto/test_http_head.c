#include "proto/http_head.h"

#include "exact.h"

static enum parse parse_response(struct bytes in, size_t *used, const char **why)
{
    struct http_response r;
    return http_response_parse(in, &r, used, why);
}

static enum parse parse_request(struct bytes in, size_t *used, const char **why)
{
    struct http_request r;
    return http_request_parse(in, &r, used, why);
}

static struct http_response response_of(const char *in)
{
    struct http_response r = {0};
    size_t used;
    const char *why = "";
    if (http_response_parse(bytes_of(in), &r, &used, &why) != PARSE_OK)
        fail_msg("\"%s\": %s", in, why);
    return r;
}

static struct http_request request_of(const char *in)
{
    struct http_request r = {0};
    size_t used;
    const char *why = "";
    if (http_request_parse(bytes_of(in), &r, &used, &why) != PARSE_OK)
        fail_msg("\"%s\": %s", in, why);
    return r;
}

static void whole_heads_are_taken_and_their_prefixes_wait(void **state)
{
    static const char *const responses[] = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.0 200\r\n\r\n",
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
        "HTTP/1.1 200 Connection established\n\n",
        "HTTP/1.1 200 OK\r\nA:\r\nB:   \r\nC: d:e\r\n\r\n",
        "HTTP/1.1 200 \xc3\xbc\r\nX: \xff\r\n\r\n",
    };
    static const char *const requests[] = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT 127.0.0.1:25 HTTP/1.0\r\n\r\n",
        "POST http://a/ HTTP/1.1\nContent-Length: 3\n\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof responses / sizeof responses[0]; i++)
        assert_whole(parse_response, bytes_of(responses[i]));
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        assert_whole(parse_request, bytes_of(requests[i]));
}

static void a_response_has_version_code_reason_and_fields(void **state)
{
    (void)state;
    struct http_response r = response_of("HTTP/1.0 404 Not Found\r\nA: b\r\nC: d\r\n\r\nbody");
    assert_int_equal(r.minor, 0);
    assert_int_equal(r.code, 404);
    assert_bytes(r.reason, "Not Found");
    assert_bytes(r.fields, "A: b\r\nC: d\r\n");
    assert_bytes(response_of("HTTP/1.1 200\r\n\r\n").reason, "");
    assert_bytes(response_of("HTTP/1.1 200 \r\n\r\n").reason, "");
}

static void a_request_has_method_target_and_fields(void **state)
{
    (void)state;
    struct http_request r = request_of("CONNECT [::1]:25 HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_int_equal(r.minor, 1);
    assert_bytes(r.method, "CONNECT");
    assert_bytes(r.target, "[::1]:25");
    assert_bytes(r.fields, "Host: x\r\n");
    assert_false(r.has_length || r.chunked);
}

static void what_is_no_response_is_bad_at_once(void **state)
{
    static const struct {
        const char *in;
        const char *because;
    } bad[] = {
        {"S", "not an HTTP/1 response"},
        {"SSH-2.0-x\r\n", "not an HTTP/1 response"},
        {"\r\n", "not an HTTP/1 response"},
        {"http/1.1 200 OK\r\n\r\n", "not an HTTP/1 response"},
        {"HTTP/2.0", "not an HTTP/1 response"},
        {"HTTP/1.x", "not an HTTP/1 response"},
        {"HTTP/1.1\r\n", "status line"},
        {"HTTP/1.10 200 OK\r\n", "status line"},
        {"HTTP/1.1  200 OK\r\n", "status line"},
        {"HTTP/1.1 20\r\n", "status line"},
        {"HTTP/1.1 2000\r\n", "status line"},
        {"HTTP/1.1 200OK\r\n", "status line"},
        {"HTTP/1.1 099 x\r\n", "status line"},
        {"HTTP/1.1 600 x\r\n", "status line"},
        {"HTTP/1.1 +20 x\r\n", "status line"},
        {"HTTP/1.1 200 OK\rX", "bare CR"},
        {"HTTP/1.1 200 OK\r\r\n", "bare CR"},
        {"HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n", "bare CR"},
        {"HTTP/1.1 200 OK\r\nA : b\r\n", "no field"},
        {"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n", "no field"},
        {"HTTP/1.1 200 OK\r\n\tA: b\r\n", "no field"},
        {"HTTP/1.1 200 OK\r\n: b\r\n", "no field"},
        {"HTTP/1.1 200 OK\r\nnothing\r\n", "no field"},
        {"HTTP/1.1 200 OK\r\nA\x01: b\r\n", "no field"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_bad(parse_response, bytes_of(bad[i].in), bad[i].because);
    assert_bad(parse_response, LITERAL("HTTP/1.1 200 O\0K"), "NUL");
    assert_bad(parse_response, LITERAL("HTTP/1.1 200 OK\r\nA: \0"), "NUL");
}

static void what_is_no_request_is_bad(void **state)
{
    static const char *const bad[] = {
        "GET /\r\n",
        "GET  / HTTP/1.1\r\n",
        "GET / x HTTP/1.1\r\n",
        "GET / HTTP/1.1 \r\n",
        "GET / HTTP/1.\r\n",
        "GET / HTTP/2.0\r\n",
        "GET\t/ HTTP/1.1\r\n",
        "GET /\x01 HTTP/1.1\r\n",
        " GET / HTTP/1.1\r\n",
        "G(T / HTTP/1.1\r\n",
        "\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_bad(parse_request, bytes_of(bad[i]), "request line");
}

static void the_length_is_read_and_repeats_must_agree(void **state)
{
    (void)state;
    struct http_response r = response_of("HTTP/1.1 200 OK\r\ncontent-length: 42\r\n\r\n");
    assert_true(r.has_length);
    assert_int_equal(r.length, 42);
    r = response_of("HTTP/1.1 200 OK\r\nContent-Length: 42\r\nContent-Length: 042\r\n\r\n");
    assert_int_equal(r.length, 42);
    assert_bad(parse_response,
               bytes_of("HTTP/1.1 200 OK\r\nContent-Length: 42\r\nContent-Length: 43\r\n"),
               "disagree");
}

static void a_length_that_is_no_number_is_bad(void **state)
{
    static const char *const values[] = {
        "",
        "-1",
        "+1",
        "0x10",
        "1 2",
        "42, 42",
        "4.2",
        "99999999999999999999999999",
        "18446744073709551616",
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct buf in = buf_new(1000);
        buf_printf(&in, "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n", values[i]);
        assert_bad(parse_response, buf_view(&in), "no number");
        buf_free(&in);
    }
}

static void the_transfer_coding_wins_when_it_ends_in_chunked(void **state)
{
    static const struct {
        const char *fields;
        bool chunked;
    } rows[] = {
        {"Transfer-Encoding: chunked\r\n", true},
        {"transfer-encoding: CHUNKED \r\n", true},
        {"Transfer-Encoding: gzip, chunked\r\n", true},
        {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", true},
        {"Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n", false},
        {"Transfer-Encoding: chunked, gzip\r\n", false},
        {"Transfer-Encoding: xchunked\r\n", false},
        {"Transfer-Encoding: chunked;q=1\r\n", false},
        {"Transfer-Encoding:\r\n", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf in = buf_new(1000);
        buf_printf(&in, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n%s\r\n", rows[i].fields);
        struct http_response r = response_of(buf_text(&in));
        assert_int_equal(r.chunked, rows[i].chunked);
        assert_false(r.has_length);
        assert_int_equal(http_body_of(&r, bytes_of("GET")),
                         rows[i].chunked ? HTTP_BODY_CHUNKED : HTTP_BODY_TO_END);
        buf_free(&in);
    }
}

static void a_request_of_unknown_end_is_bad(void **state)
{
    (void)state;
    assert_bad(parse_request, bytes_of("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"),
               "chunked");
    struct http_request r =
        request_of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n");
    assert_true(r.chunked);
    assert_false(r.has_length);
}

static void the_body_depends_on_method_and_code(void **state)
{
    static const struct {
        const char *head;
        const char *method;
        enum http_body body;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "GET", HTTP_BODY_LENGTH},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD", HTTP_BODY_NONE},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "CONNECT", HTTP_BODY_NONE},
        {"HTTP/1.1 403 No\r\nContent-Length: 5\r\n\r\n", "CONNECT", HTTP_BODY_LENGTH},
        {"HTTP/1.1 204 OK\r\nContent-Length: 5\r\n\r\n", "GET", HTTP_BODY_NONE},
        {"HTTP/1.1 304 OK\r\nContent-Length: 5\r\n\r\n", "GET", HTTP_BODY_NONE},
        {"HTTP/1.1 100 Continue\r\n\r\n", "POST", HTTP_BODY_NONE},
        {"HTTP/1.0 200 OK\r\n\r\n", "GET", HTTP_BODY_TO_END},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_response r = response_of(rows[i].head);
        assert_int_equal(http_body_of(&r, bytes_of(rows[i].method)), rows[i].body);
    }
}

static void a_field_is_found_by_its_name(void **state)
{
    struct bytes value;
    struct bytes fields = bytes_of("Via: a\r\nX-Via: no\r\nvia:\t b \r\nEmpty:\r\nViaduct: no\r\n");
    (void)state;
    assert_true(http_field(fields, "Via", 0, &value));
    assert_bytes(value, "a");
    assert_true(http_field(fields, "VIA", 1, &value));
    assert_bytes(value, "b");
    assert_true(http_field(fields, "Empty", 0, &value));
    assert_bytes(value, "");
    assert_false(http_field(fields, "Via", 2, &value));
    assert_false(http_field(fields, "Vi", 0, &value));
    assert_false(http_field(bytes_at(NULL, 0), "Via", 0, &value));
}

static void a_head_may_have_128_fields_and_no_more(void **state)
{
    struct buf in = buf_new(1 << 20);
    size_t used;
    const char *why;
    (void)state;
    buf_put_text(&in, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < HTTP_FIELDS_LIMIT; i++)
        buf_put_text(&in, "A: b\r\n");
    buf_put_text(&in, "\r\n");
    assert_int_equal(parse_exact(parse_response, buf_view(&in), &used, &why), PARSE_OK);
    in.n -= 2;
    buf_put_text(&in, "A: b\r\n\r\n");
    assert_bad(parse_response, buf_view(&in), "too many fields");
    buf_free(&in);
}

static void a_head_may_have_16384_bytes_and_no_more(void **state)
{
    size_t used;
    const char *why;
    struct buf most = padded("HTTP/1.1 200 OK\r\nA: ", 'x', HTTP_HEAD_LIMIT - 24, "\r\n\r\n");
    struct buf more = padded("HTTP/1.1 200 OK\r\nA: ", 'x', HTTP_HEAD_LIMIT - 23, "\r\n\r\n");
    struct buf line = padded("HTTP/1.1 200 ", 'x', 1 << 20, "");
    struct buf request = padded("GET /", 'x', 1 << 20, "");
    (void)state;
    assert_int_equal(most.n, HTTP_HEAD_LIMIT);
    assert_int_equal(parse_exact(parse_response, buf_view(&most), &used, &why), PARSE_OK);
    assert_bad(parse_response, buf_view(&more), "too long");
    assert_bad(parse_response, buf_view(&line), "too long");
    assert_bad(parse_request, buf_view(&request), "too long");
    buf_free(&most);
    buf_free(&more);
    buf_free(&line);
    buf_free(&request);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_heads_are_taken_and_their_prefixes_wait),
        cmocka_unit_test(a_response_has_version_code_reason_and_fields),
        cmocka_unit_test(a_request_has_method_target_and_fields),
        cmocka_unit_test(what_is_no_response_is_bad_at_once),
        cmocka_unit_test(what_is_no_request_is_bad),
        cmocka_unit_test(the_length_is_read_and_repeats_must_agree),
        cmocka_unit_test(a_length_that_is_no_number_is_bad),
        cmocka_unit_test(the_transfer_coding_wins_when_it_ends_in_chunked),
        cmocka_unit_test(a_request_of_unknown_end_is_bad),
        cmocka_unit_test(the_body_depends_on_method_and_code),
        cmocka_unit_test(a_field_is_found_by_its_name),
        cmocka_unit_test(a_head_may_have_128_fields_and_no_more),
        cmocka_unit_test(a_head_may_have_16384_bytes_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
