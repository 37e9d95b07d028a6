#include "proto/socks.h"

#include "exact.h"

static enum parse parse_greeting(struct bytes in, size_t *used, const char **why)
{
    struct bytes methods;
    return socks5_greeting_parse(in, &methods, used, why);
}

static enum parse parse_method(struct bytes in, size_t *used, const char **why)
{
    unsigned method;
    return socks5_method_parse(in, &method, used, why);
}

static enum parse parse_request(struct bytes in, size_t *used, const char **why)
{
    enum socks_command command;
    struct socks_destination to;
    return socks5_request_parse(in, &command, &to, used, why);
}

static enum parse parse_reply(struct bytes in, size_t *used, const char **why)
{
    struct socks5_reply r;
    return socks5_reply_parse(in, &r, used, why);
}

static const struct addr loopback4 = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
static const struct addr loopback6 = {.family = ADDR_IPV6, .ip = {[15] = 1}};

static void assert_wire(const struct buf *out, struct bytes wire)
{
    assert_int_equal(out->n, wire.n);
    assert_memory_equal(out->p, wire.p, wire.n);
}

static void a_greeting_lists_its_methods(void **state)
{
    static const unsigned char methods[] = {SOCKS5_NO_AUTH, SOCKS5_PASSWORD};
    struct buf out = buf_new(1000);
    struct bytes got;
    size_t used;
    const char *why;
    (void)state;
    assert_true(socks5_greeting_put(&out, methods, sizeof methods));
    assert_wire(&out, LITERAL("\x05\x02\x00\x02"));
    assert_whole(parse_greeting, buf_view(&out));
    assert_int_equal(socks5_greeting_parse(buf_view(&out), &got, &used, &why), PARSE_OK);
    assert_int_equal(got.n, 2);
    assert_memory_equal(got.p, methods, 2);
    buf_free(&out);
}

static void a_greeting_has_1_to_255_methods(void **state)
{
    static const unsigned char methods[256] = {0};
    struct buf out = buf_new(1000);
    (void)state;
    assert_false(socks5_greeting_put(&out, methods, 0));
    assert_false(socks5_greeting_put(&out, methods, 256));
    assert_true(socks5_greeting_put(&out, methods, 255));
    assert_whole(parse_greeting, buf_view(&out));
    assert_bad(parse_greeting, LITERAL("\x05\x00"), "without methods");
    assert_bad(parse_greeting, LITERAL("\x04"), "not SOCKS 5");
    buf_free(&out);
}

static void the_method_chosen_is_one_byte(void **state)
{
    unsigned method = 0;
    size_t used;
    const char *why;
    (void)state;
    assert_whole(parse_method, LITERAL("\x05\xff"));
    assert_int_equal(socks5_method_parse(LITERAL("\x05\xff"), &method, &used, &why), PARSE_OK);
    assert_int_equal(method, SOCKS5_NO_METHOD);
    assert_bad(parse_method, LITERAL("H"), "not SOCKS 5");
}

static void a_request_names_its_destination_in_three_ways(void **state)
{
    const struct {
        struct socks_destination to;
        struct bytes wire;
    } rows[] = {
        {{.addr = loopback4, .port = 25}, LITERAL("\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x19")},
        {{.addr = loopback6, .port = 0x1234},
         LITERAL("\x05\x01\x00\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x12\x34")},
        {{.name = LITERAL("localhost"), .port = 25},
         LITERAL("\x05\x01\x00\x03\x09localhost\x00\x19")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(1000);
        struct socks_destination to;
        enum socks_command command;
        size_t used;
        const char *why;
        assert_true(socks5_request_put(&out, SOCKS_CONNECT, &rows[i].to));
        assert_wire(&out, rows[i].wire);
        assert_whole(parse_request, rows[i].wire);
        assert_int_equal(socks5_request_parse(rows[i].wire, &command, &to, &used, &why), PARSE_OK);
        assert_int_equal(command, SOCKS_CONNECT);
        assert_true(addr_equal_ip(&to.addr, &rows[i].to.addr));
        assert_true(bytes_equal(to.name, rows[i].to.name));
        assert_int_equal(to.port, rows[i].to.port);
        buf_free(&out);
    }
}

static void what_socks_5_can_not_say_is_not_written(void **state)
{
    struct buf name = padded("", 'n', SOCKS_NAME_LIMIT + 1, "");
    struct buf out = buf_new(1000);
    struct buf small = buf_new(9);
    struct socks_destination long_name = {.name = buf_view(&name)};
    struct socks_destination nowhere = {.port = 25};
    struct socks_destination good = {.addr = loopback4};
    (void)state;
    assert_false(socks5_request_put(&out, SOCKS_CONNECT, &long_name));
    assert_false(socks5_request_put(&out, SOCKS_CONNECT, &nowhere));
    assert_false(socks5_request_put(&out, (enum socks_command)4, &good));
    assert_false(socks5_request_put(&small, SOCKS_CONNECT, &good));
    assert_int_equal(out.n + small.n, 0);
    long_name.name.n = SOCKS_NAME_LIMIT;
    assert_true(socks5_request_put(&out, SOCKS_UDP, &long_name));
    assert_whole(parse_request, buf_view(&out));
    buf_free(&name);
    buf_free(&out);
    buf_free(&small);
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    assert_bad(parse_request, LITERAL("\x04"), "not SOCKS 5");
    assert_bad(parse_request, LITERAL("\x05\x00"), "command");
    assert_bad(parse_request, LITERAL("\x05\x04"), "command");
    assert_bad(parse_request, LITERAL("\x05\x01\x01"), "reserved");
    assert_bad(parse_request, LITERAL("\x05\x01\x00\x02"), "address type");
    assert_bad(parse_request, LITERAL("\x05\x01\x00\x03\x00\x00\x19"), "empty");
}

static void a_reply_has_a_code_and_a_bound_address(void **state)
{
    struct socks5_reply rows[] = {
        {.code = 0, .bound = {.addr = loopback4, .port = 1}},
        {.code = 5, .bound = {.addr = loopback6, .port = 65535}},
        {.code = 255, .bound = {.name = LITERAL("proxy.example"), .port = 0}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(1000);
        struct socks5_reply r;
        size_t used;
        const char *why;
        assert_true(socks5_reply_put(&out, &rows[i]));
        assert_whole(parse_reply, buf_view(&out));
        assert_int_equal(socks5_reply_parse(buf_view(&out), &r, &used, &why), PARSE_OK);
        assert_int_equal(r.code, rows[i].code);
        assert_true(addr_equal_ip(&r.bound.addr, &rows[i].bound.addr));
        assert_true(bytes_equal(r.bound.name, rows[i].bound.name));
        assert_int_equal(r.bound.port, rows[i].bound.port);
        buf_free(&out);
    }
}

static void a_reply_without_a_bound_address_is_0_0_0_0(void **state)
{
    struct buf out = buf_new(100);
    struct socks5_reply refused = {.code = 2};
    struct socks5_reply large = {.code = 256};
    (void)state;
    assert_false(socks5_reply_put(&out, &large));
    assert_true(socks5_reply_put(&out, &refused));
    assert_wire(&out, LITERAL("\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00"));
    buf_free(&out);
}

static void replies_of_the_field_are_taken(void **state)
{
    (void)state;
    assert_whole(parse_reply, LITERAL("\x05\x05\x00\x03\x00\x00\x00"));
    assert_whole(parse_reply, LITERAL("\x05\x01\xff\x01\x00\x00\x00\x00\x00\x00"));
    assert_bad(parse_reply, LITERAL("\x05\x00\x00\x00"), "address type");
    assert_bad(parse_reply, LITERAL("HTTP/1.0 400"), "not SOCKS 5");
}

static void each_code_has_words(void **state)
{
    (void)state;
    assert_string_equal(socks5_code_text(0), "succeeded");
    assert_string_equal(socks5_code_text(8), "address type not supported");
    for (unsigned code = 0; code < 300; code++)
        assert_true(strlen(socks5_code_text(code)) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_greeting_lists_its_methods),
        cmocka_unit_test(a_greeting_has_1_to_255_methods),
        cmocka_unit_test(the_method_chosen_is_one_byte),
        cmocka_unit_test(a_request_names_its_destination_in_three_ways),
        cmocka_unit_test(what_socks_5_can_not_say_is_not_written),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(a_reply_has_a_code_and_a_bound_address),
        cmocka_unit_test(a_reply_without_a_bound_address_is_0_0_0_0),
        cmocka_unit_test(replies_of_the_field_are_taken),
        cmocka_unit_test(each_code_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
