/* What a person may write as a target, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "intake/target_text.h"

static struct target_text parse(const char *text)
{
    struct target_text t;
    struct fail fail;
    if (!target_text_parse(bytes_of(text), &t, &fail))
        fail_msg("%s", fail.text);
    return t;
}

static void is_address(const char *text, const char *written)
{
    char out[ADDR_TEXT];
    struct target_text t = parse(text);
    assert_int_equal(t.kind, TARGET_ADDRESS);
    assert_string_equal(addr_text(&t.addr, out), written);
}

static void an_address_with_or_without_port(void **state)
{
    (void)state;
    is_address("192.0.2.1", "192.0.2.1");
    is_address("192.0.2.1:25", "192.0.2.1:25");
    is_address("2001:db8::1", "2001:db8::1");
    is_address("[2001:db8::1]:25", "[2001:db8::1]:25");
}

static void a_network_with_or_without_port(void **state)
{
    char out[PREFIX_TEXT];
    (void)state;
    struct target_text t = parse("192.0.2.64/28");
    assert_int_equal(t.kind, TARGET_NETWORK);
    assert_string_equal(prefix_text(&t.network, out), "192.0.2.64/28");
    assert_int_equal(t.addr.port, 0);
    assert_int_equal(parse("192.0.2.64/28:3128").addr.port, 3128);
    assert_int_equal(parse("2001:db8::/120:25").addr.port, 25);
}

static void a_name_with_or_without_port(void **state)
{
    (void)state;
    struct target_text t = parse("mail.example.net:25");
    assert_int_equal(t.kind, TARGET_NAME);
    assert_string_equal(t.name, "mail.example.net");
    assert_int_equal(t.addr.port, 25);
    assert_int_equal(t.addr.family, ADDR_NONE);
    assert_int_equal(parse("localhost").addr.port, 0);
}

static void what_is_none_is_explained(void **state)
{
    static const struct {
        const char *text;
        const char *sentence;
    } rows[] = {
        {"25", "\"25\" is no target, but perhaps a port: it stands behind its address, ADDR:PORT"},
        {"192.0.2.1:0", "\"192.0.2.1:0\" is no target: a port is a number from 1 to 65535"},
        {"mail.example:smtp", "\"mail.example:smtp\" is no target: a port is a number from 1 to "
                              "65535"},
        {"192.0.2.0/24:0", "\"192.0.2.0/24:0\" is no target: a port is a number from 1 to 65535"},
        {"[::1", "\"[::1\" is no target: an IPv6 address with its port is written [ADDR]:PORT"},
        {"[::1]25", "\"[::1]25\" is no target: an IPv6 address with its port is written "
                    "[ADDR]:PORT"},
        {"192.0.2.1/24", "\"192.0.2.1/24\" is no target: the network is 192.0.2.0/24"},
        {"2001:db8::1/64", "\"2001:db8::1/64\" is no target: the network is 2001:db8::/64"},
        {"192.0.2.1/33", "\"192.0.2.1/33\" is no target: behind the / a number from 0 to 32 is "
                         "expected"},
        {"::/0",
         "\"::/0\" is no target: no run comes to the end of so many addresses; name networks of "
         "/96 or longer"},
        {"2001:db8::/95:25",
         "\"2001:db8::/95:25\" is no target: no run comes to the end of so many addresses; "
         "name networks of /96 or longer"},
        {"::/129", "\"::/129\" is no target: behind the / a number from 0 to 128 is expected"},
        {"mail.example/24",
         "\"mail.example/24\" is no target: before the / an address is expected"},
        {"http://192.0.2.1:80/", "\"http://192.0.2.1:80/\" is no target but a URL: give its "
                                 "ADDR:PORT"},
        {"192.0.2.1 25", "\"192.0.2.1 25\" is no target: one a line is expected, and a port stands "
                         "behind a colon, ADDR:PORT"},
        {"300.1.2.3", "\"300.1.2.3\" is no target: an address, a name or a network in CIDR form, "
                      "each with or without :PORT, is expected"},
        {"", "\"\" is no target: an address, a name or a network in CIDR form, each with or "
             "without :PORT, is expected"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct target_text t;
        struct fail fail;
        assert_false(target_text_parse(bytes_of(rows[i].text), &t, &fail));
        assert_string_equal(fail.text, rows[i].sentence);
        assert_string_equal(fail.code, "ETARGET");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_with_or_without_port),
        cmocka_unit_test(a_network_with_or_without_port),
        cmocka_unit_test(a_name_with_or_without_port),
        cmocka_unit_test(what_is_none_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
