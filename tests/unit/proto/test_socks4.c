#include "proto/socks.h"

#include "exact.h"

static enum parse parse_request(struct bytes in, size_t *used, const char **why)
{
    struct socks4_request r;
    return socks4_request_parse(in, &r, used, why);
}

static enum parse parse_reply(struct bytes in, size_t *used, const char **why)
{
    struct socks4_reply r;
    return socks4_reply_parse(in, &r, used, why);
}

static const struct addr loopback = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};

static struct socks4_request connect_to(const char *name, struct addr a, uint16_t port)
{
    struct socks4_request r = {.command = SOCKS_CONNECT, .to = {.addr = a, .port = port}};
    r.to.name = bytes_of(name);
    return r;
}

static void assert_written(const struct socks4_request *r, struct bytes wire)
{
    struct buf out = buf_new(1000);
    assert_true(socks4_request_put(&out, r));
    assert_int_equal(out.n, wire.n);
    assert_memory_equal(out.p, wire.p, wire.n);
    buf_free(&out);
}

static void a_request_for_an_address_has_nine_bytes_and_the_user(void **state)
{
    (void)state;
    struct socks4_request r = connect_to("", loopback, 25);
    assert_written(&r, LITERAL("\x04\x01\x00\x19\x7f\x00\x00\x01\x00"));
    r.user = bytes_of("me");
    r.command = SOCKS_BIND;
    assert_written(&r, LITERAL("\x04\x02\x00\x19\x7f\x00\x00\x01me\x00"));
}

static void a_request_for_a_name_is_socks_4a(void **state)
{
    (void)state;
    struct socks4_request r = connect_to("localhost", (struct addr){0}, 0x1234);
    assert_written(&r, LITERAL("\x04\x01\x12\x34\x00\x00\x00\x01\x00localhost\x00"));
}

static void what_socks_4_can_not_say_is_not_written(void **state)
{
    (void)state;
    struct buf long_name = padded("", 'n', SOCKS_NAME_LIMIT + 1, "");
    struct buf out = buf_new(1000);
    struct socks4_request rows[] = {
        connect_to("", (struct addr){.family = ADDR_IPV6, .ip = {[15] = 1}}, 25),
        connect_to("", (struct addr){0}, 25),
        connect_to("", (struct addr){.family = ADDR_IPV4, .ip = {0, 0, 0, 9}}, 25),
        connect_to(buf_text(&long_name), loopback, 25),
        connect_to("x", loopback, 25),
        connect_to("x", loopback, 25),
        connect_to("x", loopback, 25),
    };
    rows[4].to.name = LITERAL("a\0b");
    rows[5].user = LITERAL("a\0b");
    rows[6].command = SOCKS_UDP;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_false(socks4_request_put(&out, &rows[i]));
    assert_int_equal(out.n, 0);
    buf_free(&long_name);
    buf_free(&out);
    (void)state;
}

static void requests_are_read(void **state)
{
    struct socks4_request r;
    size_t used;
    const char *why;
    struct bytes plain = LITERAL("\x04\x01\x00\x19\x7f\x00\x00\x01me\x00");
    struct bytes named = LITERAL("\x04\x02\x12\x34\x00\x00\x00\x09\x00localhost\x00");
    (void)state;
    assert_whole(parse_request, plain);
    assert_whole(parse_request, named);
    assert_int_equal(socks4_request_parse(plain, &r, &used, &why), PARSE_OK);
    assert_int_equal(r.command, SOCKS_CONNECT);
    assert_true(addr_equal_ip(&r.to.addr, &loopback));
    assert_int_equal(r.to.port, 25);
    assert_int_equal(r.to.addr.port, 25);
    assert_bytes(r.user, "me");
    assert_bytes(r.to.name, "");
    assert_int_equal(socks4_request_parse(named, &r, &used, &why), PARSE_OK);
    assert_int_equal(r.command, SOCKS_BIND);
    assert_bytes(r.to.name, "localhost");
    assert_int_equal(r.to.port, 0x1234);
}

static void bad_requests_are_refused(void **state)
{
    (void)state;
    struct buf user = padded("\x04\x01ppiiii", 'u', SOCKS_NAME_LIMIT + 1, "");
    struct buf megabyte = padded("\x04\x01ppiiii", 'u', 1 << 20, "");
    assert_bad(parse_request, LITERAL("\x05"), "not SOCKS 4");
    assert_bad(parse_request, LITERAL("GET"), "not SOCKS 4");
    assert_bad(parse_request, LITERAL("\x04\x03"), "neither CONNECT nor BIND");
    assert_bad(parse_request, LITERAL("\x04\x01\x00\x19\x00\x00\x00\x01\x00\x00"), "empty");
    assert_bad(parse_request, buf_view(&user), "too long");
    assert_bad(parse_request, buf_view(&megabyte), "too long");
    buf_free(&user);
    buf_free(&megabyte);
}

static void names_and_users_may_have_255_bytes(void **state)
{
    (void)state;
    struct buf text = padded("", 'u', SOCKS_NAME_LIMIT, "");
    struct buf out = buf_new(1000);
    struct socks4_request r = connect_to(buf_text(&text), loopback, 25);
    r.user = r.to.name;
    assert_true(socks4_request_put(&out, &r));
    assert_whole(parse_request, buf_view(&out));
    buf_free(&text);
    buf_free(&out);
}

static void a_reply_has_eight_bytes(void **state)
{
    struct buf out = buf_new(100);
    struct socks4_reply r = {.code = SOCKS4_GRANTED, .bound = loopback};
    size_t used;
    const char *why;
    (void)state;
    r.bound.port = 0x0102;
    assert_true(socks4_reply_put(&out, &r));
    assert_int_equal(out.n, 8);
    assert_memory_equal(out.p, "\x00\x5a\x01\x02\x7f\x00\x00\x01", 8);
    assert_whole(parse_reply, buf_view(&out));
    struct socks4_reply again;
    assert_int_equal(socks4_reply_parse(buf_view(&out), &again, &used, &why), PARSE_OK);
    assert_int_equal(again.code, SOCKS4_GRANTED);
    assert_true(addr_equal(&again.bound, &r.bound));
    buf_free(&out);
}

static void a_reply_that_begins_with_4_is_taken_and_others_are_not(void **state)
{
    (void)state;
    assert_whole(parse_reply, LITERAL("\x04\x5a\x00\x00\x00\x00\x00\x00"));
    assert_bad(parse_reply, LITERAL("\x05"), "not a SOCKS 4 reply");
    assert_bad(parse_reply, LITERAL("HTTP/1.1"), "not a SOCKS 4 reply");
}

static void a_reply_of_ipv6_or_of_a_large_code_is_not_written(void **state)
{
    struct buf out = buf_new(100);
    struct socks4_reply six = {.code = SOCKS4_GRANTED, .bound = {.family = ADDR_IPV6}};
    struct socks4_reply large = {.code = 256};
    struct socks4_reply unbound = {.code = SOCKS4_REJECTED};
    (void)state;
    assert_false(socks4_reply_put(&out, &six));
    assert_false(socks4_reply_put(&out, &large));
    assert_true(socks4_reply_put(&out, &unbound));
    assert_memory_equal(out.p, "\x00\x5b\x00\x00\x00\x00\x00\x00", 8);
    buf_free(&out);
}

static void each_code_has_words(void **state)
{
    (void)state;
    assert_string_equal(socks4_code_text(SOCKS4_GRANTED), "granted");
    for (unsigned code = 0; code < 300; code++)
        assert_true(strlen(socks4_code_text(code)) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_for_an_address_has_nine_bytes_and_the_user),
        cmocka_unit_test(a_request_for_a_name_is_socks_4a),
        cmocka_unit_test(what_socks_4_can_not_say_is_not_written),
        cmocka_unit_test(requests_are_read),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(names_and_users_may_have_255_bytes),
        cmocka_unit_test(a_reply_has_eight_bytes),
        cmocka_unit_test(a_reply_that_begins_with_4_is_taken_and_others_are_not),
        cmocka_unit_test(a_reply_of_ipv6_or_of_a_large_code_is_not_written),
        cmocka_unit_test(each_code_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
