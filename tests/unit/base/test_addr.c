#include "base/addr.h"

#include "given.h"

static struct addr addr_of(const char *text)
{
    struct addr a;
    if (!addr_parse(bytes_of(text), &a))
        fail_msg("\"%s\" is no address", text);
    return a;
}

static struct prefix prefix_of(const char *text)
{
    struct prefix p;
    if (!prefix_parse(bytes_of(text), &p))
        fail_msg("\"%s\" is no prefix", text);
    return p;
}

static void addresses_are_read_and_written(void **state)
{
    static const struct {
        const char *in;
        const char *out;
    } rows[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"192.0.2.1:25", "192.0.2.1:25"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255:65535", "255.255.255.255:65535"},
        {"::1", "::1"},
        {"[::1]", "::1"},
        {"[2001:DB8::1]:25", "[2001:db8::1]:25"},
        {"2001:db8:0:0:0:0:0:1", "2001:db8::1"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
        {"[::1]:0025", "[::1]:25"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[ADDR_TEXT];
        struct addr a;
        unsigned char *block = exact_copy(bytes_of(rows[i].in));
        assert_true(addr_parse(bytes_at(block, strlen(rows[i].in)), &a));
        assert_string_equal(addr_text(&a, text), rows[i].out);
        free(block);
    }
}

static void the_longest_address_fits_its_array(void **state)
{
    char text[ADDR_TEXT];
    char ip[ADDR_IP_TEXT];
    char literal[ADDR_TEXT];
    struct addr a = addr_of("[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535");
    (void)state;
    assert_string_equal(addr_text(&a, text), "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");
    assert_string_equal(addr_ip_text(&a, ip), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    assert_string_equal(addr_literal(&a, literal),
                        "[IPv6:ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]");
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.04",
        "0x7f.0.0.1",
        "127.1",
        "2130706433",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2.3.4:",
        "1.2.3.4:0",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:+25",
        "1.2.3.4:25:25",
        "1.2.3.4/24",
        ":25",
        "[1.2.3.4]",
        "[1.2.3.4]:25",
        "[::1",
        "::1]",
        "[::1]25",
        "[::1]:",
        "[::1]:0",
        "[::1]:x",
        "[]",
        "[",
        "[]:25",
        "[::1]:25]",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "g::1",
        "fe80::1%eth0",
        "[fe80::1%1]:25",
        "localhost",
        "::1::",
        "12345::",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0001",
    };
    struct addr a;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (addr_parse(bytes_of(texts[i]), &a))
            fail_msg("\"%s\" was taken", texts[i]);
    assert_false(addr_parse(LITERAL("1.2.3.4\0"), &a));
    assert_false(addr_parse(LITERAL("1.2\0.3.4"), &a));
    assert_false(addr_parse(bytes_at(NULL, 0), &a));
}

static void an_ip_alone_has_no_port_and_no_brackets(void **state)
{
    struct addr a;
    (void)state;
    assert_true(addr_parse_ip(bytes_of("::1"), &a));
    assert_int_equal(a.port, 0);
    assert_false(addr_parse_ip(bytes_of("[::1]"), &a));
    assert_false(addr_parse_ip(bytes_of("1.2.3.4:25"), &a));
}

static void what_is_refused_leaves_the_result_alone(void **state)
{
    struct addr a = addr_of("192.0.2.1:25");
    struct addr before = a;
    (void)state;
    assert_false(addr_parse(bytes_of("192.0.2.2:0"), &a));
    assert_false(addr_parse(bytes_of("[::1]:0"), &a));
    assert_true(addr_equal(&a, &before));
}

static void prefixes_are_read_and_written(void **state)
{
    static const struct {
        const char *in;
        const char *out;
    } rows[] = {
        {"192.0.2.0/24", "192.0.2.0/24"},
        {"192.0.2.1", "192.0.2.1/32"},
        {"0.0.0.0/0", "0.0.0.0/0"},
        {"192.0.2.128/25", "192.0.2.128/25"},
        {"2001:db8::/32", "2001:db8::/32"},
        {"::/0", "::/0"},
        {"::1", "::1/128"},
        {"8000::/1", "8000::/1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[PREFIX_TEXT];
        struct prefix p = prefix_of(rows[i].in);
        assert_string_equal(prefix_text(&p, text), rows[i].out);
    }
}

static void what_is_no_prefix_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "/",
        "/24",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/24 ",
        "192.0.2.1/24",
        "192.0.2.128/24",
        "0.0.0.1/0",
        "::1/0",
        "::/129",
        "2001:db8::1/64",
        "192.0.2.0/24/24",
        "192.0.2/24",
        "[::]/0",
        "192.0.2.0:25/24",
        "4000::/1",
    };
    struct prefix p;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (prefix_parse(bytes_of(texts[i]), &p))
            fail_msg("\"%s\" was taken", texts[i]);
}

static void a_prefix_contains_what_agrees_in_its_bits(void **state)
{
    static const struct {
        const char *prefix;
        const char *addr;
        bool inside;
    } rows[] = {
        {"192.0.2.0/24", "192.0.2.255", true},
        {"192.0.2.0/24", "192.0.3.0", false},
        {"192.0.2.0/24", "192.0.2.7:25", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.4/30", "192.0.2.7", true},
        {"192.0.2.4/30", "192.0.2.8", false},
        {"192.0.2.1/32", "192.0.2.1", true},
        {"192.0.2.1/32", "192.0.2.0", false},
        {"0.0.0.0/0", "255.255.255.255", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "ffff::", true},
        {"::/0", "1.2.3.4", false},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::ffff:0:0/96", "192.0.2.1", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct prefix p = prefix_of(rows[i].prefix);
        struct addr a = addr_of(rows[i].addr);
        if (prefix_contains(&p, &a) != rows[i].inside)
            fail_msg("%s in %s", rows[i].addr, rows[i].prefix);
    }
}

static void each_length_of_prefix_has_its_border(void **state)
{
    struct addr ones = addr_of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    (void)state;
    for (unsigned bits = 1; bits <= 128; bits++) {
        struct prefix p = {.base = {.family = ADDR_IPV6}, .bits = (unsigned char)bits};
        struct addr last_in = ones;
        for (unsigned i = 0; i < bits; i++) {
            p.base.ip[i / 8] |= (unsigned char)(0x80 >> i % 8);
            last_in.ip[i / 8] |= (unsigned char)(0x80 >> i % 8);
        }
        struct addr out = p.base;
        out.ip[(bits - 1) / 8] ^= (unsigned char)(0x80 >> (bits - 1) % 8);
        assert_true(prefix_contains(&p, &last_in));
        assert_true(prefix_contains(&p, &p.base));
        assert_false(prefix_contains(&p, &out));
    }
}

static void loopback_is_127_8_and_1(void **state)
{
    static const char *const inside[] = {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"};
    static const char *const outside[] = {
        "126.255.255.255",  "128.0.0.0", "0.0.0.0",    "::", "::2",
        "::ffff:128.0.0.1", "1::1",      "::127.0.0.1"};
    struct addr none = {.ip = {[15] = 1}};
    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        struct addr a = addr_of(inside[i]);
        assert_true(addr_is_loopback(&a));
    }
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        struct addr a = addr_of(outside[i]);
        assert_false(addr_is_loopback(&a));
    }
    assert_false(addr_is_loopback(&none));
}

static void a_mapped_address_is_the_ipv4_address_it_means(void **state)
{
    char text[ADDR_TEXT];
    struct addr mapped = addr_unmapped(addr_of("[::ffff:192.0.2.1]:25"));
    struct addr plain = addr_unmapped(addr_of("[::1]:25"));
    struct addr compatible = addr_unmapped(addr_of("::192.0.2.1"));
    (void)state;
    assert_string_equal(addr_text(&mapped, text), "192.0.2.1:25");
    assert_string_equal(addr_text(&plain, text), "[::1]:25");
    assert_int_equal(compatible.family, ADDR_IPV6);
}

static void equality_looks_at_family_address_and_port(void **state)
{
    struct addr a = addr_of("192.0.2.1:25");
    struct addr other_port = addr_of("192.0.2.1:26");
    struct addr other_ip = addr_of("192.0.2.2:25");
    struct addr mapped = addr_of("[::ffff:192.0.2.1]:25");
    struct addr dirty = a;
    (void)state;
    dirty.ip[15] = 9;
    assert_true(addr_equal_ip(&a, &other_port));
    assert_false(addr_equal(&a, &other_port));
    assert_false(addr_equal_ip(&a, &other_ip));
    assert_false(addr_equal_ip(&a, &mapped));
    assert_true(addr_equal(&a, &dirty));
    assert_int_equal(addr_ip_hash(&a), addr_ip_hash(&dirty));
    assert_int_equal(addr_ip_hash(&a), addr_ip_hash(&other_port));
    assert_int_not_equal(addr_ip_hash(&a), addr_ip_hash(&other_ip));
}

static void literals_are_those_of_rfc_5321(void **state)
{
    char text[ADDR_TEXT];
    struct addr four = addr_of("192.0.2.1:25");
    struct addr six = addr_of("[2001:db8::1]:25");
    (void)state;
    assert_string_equal(addr_literal(&four, text), "[192.0.2.1]");
    assert_string_equal(addr_literal(&six, text), "[IPv6:2001:db8::1]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read_and_written),
        cmocka_unit_test(the_longest_address_fits_its_array),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(an_ip_alone_has_no_port_and_no_brackets),
        cmocka_unit_test(what_is_refused_leaves_the_result_alone),
        cmocka_unit_test(prefixes_are_read_and_written),
        cmocka_unit_test(what_is_no_prefix_is_refused),
        cmocka_unit_test(a_prefix_contains_what_agrees_in_its_bits),
        cmocka_unit_test(each_length_of_prefix_has_its_border),
        cmocka_unit_test(loopback_is_127_8_and_1),
        cmocka_unit_test(a_mapped_address_is_the_ipv4_address_it_means),
        cmocka_unit_test(equality_looks_at_family_address_and_port),
        cmocka_unit_test(literals_are_those_of_rfc_5321),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
