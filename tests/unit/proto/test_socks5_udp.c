#include "proto/socks5_udp.h"

#include "exact.h"

static void a_head_is_three_zeros_and_an_address(void **state)
{
    static const char wire[] = "\0\0\0\1\300\0\2\1\37\220";
    struct socks_destination to = {.addr = {.family = ADDR_IPV4, .ip = {192, 0, 2, 1}},
                                   .port = 8080};
    struct buf out = buf_new(64);
    (void)state;
    assert_true(socks5_udp_put(&out, &to));
    assert_int_equal(out.n, sizeof wire - 1);
    assert_memory_equal(out.p, wire, out.n);
    buf_free(&out);
}

static void a_datagram_says_who_sent_it(void **state)
{
    static const char by_address[] = "\0\0\0\1\300\0\2\1\37\220hello";
    static const char by_name[] = "\0\0\0\3\4host\0\65";
    struct socks_destination from;
    struct bytes data;
    const char *why;
    (void)state;
    assert_int_equal(
        socks5_udp_parse(bytes_at(by_address, sizeof by_address - 1), &from, &data, &why),
        PARSE_OK);
    assert_int_equal(from.addr.ip[0], 192);
    assert_int_equal(from.port, 8080);
    assert_true(bytes_equal_text(data, "hello"));
    assert_int_equal(socks5_udp_parse(bytes_at(by_name, sizeof by_name - 1), &from, &data, &why),
                     PARSE_OK);
    assert_true(bytes_equal_text(from.name, "host"));
    assert_int_equal(data.n, 0);
}

static void fragments_and_what_is_cut_off_are_none(void **state)
{
    static const char fragment[] = "\0\0\1\1\300\0\2\1\37\220hello";
    static const char whole[] = "\0\0\0\1\300\0\2\1\37\220";
    struct socks_destination from;
    struct bytes data;
    const char *why;
    (void)state;
    assert_int_equal(socks5_udp_parse(bytes_at(fragment, sizeof fragment - 1), &from, &data, &why),
                     PARSE_BAD);
    for (size_t n = 0; n < sizeof whole - 1; n++)
        assert_int_equal(socks5_udp_parse(bytes_at(whole, n), &from, &data, &why), PARSE_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_is_three_zeros_and_an_address),
        cmocka_unit_test(a_datagram_says_who_sent_it),
        cmocka_unit_test(fragments_and_what_is_cut_off_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
