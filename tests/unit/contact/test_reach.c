#include "contact_test.h"

#include "contact/reach.h"

static void assert_all(const char *const *all, size_t n, bool expected)
{
    for (size_t i = 0; i < n; i++) {
        struct addr a = address(all[i]);
        if (reach_is_public(&a) != expected)
            fail_msg("%s", all[i]);
    }
}

static void the_public_internet_is_asked(void **state)
{
    (void)state;
    static const char *const all[] = {"193.0.6.139",       "8.8.8.8",
                                      "223.255.255.255",   "100.128.0.1",
                                      "172.32.0.1",        "2001:67c:2e8:22::c100:68b",
                                      "2a00:1450:4001::1", "::ffff:8.8.8.8",
                                      "64:ff9b::808:808",  "2002:808:808::1"};
    assert_all(all, sizeof all / sizeof all[0], true);
}

static void what_lies_inside_is_not(void **state)
{
    (void)state;
    static const char *const all[] = {"0.0.0.0",
                                      "10.1.2.3",
                                      "100.64.0.1",
                                      "127.0.0.1",
                                      "127.255.255.255",
                                      "169.254.169.254",
                                      "172.16.0.1",
                                      "172.31.255.255",
                                      "192.0.0.1",
                                      "192.0.2.1",
                                      "192.168.1.1",
                                      "198.18.0.1",
                                      "198.51.100.1",
                                      "203.0.113.1",
                                      "224.0.0.1",
                                      "240.0.0.1",
                                      "255.255.255.255",
                                      "::",
                                      "::1",
                                      "::ffff:127.0.0.1",
                                      "::ffff:10.0.0.1",
                                      "::127.0.0.1",
                                      "fe80::1",
                                      "fc00::1",
                                      "fd00:ec2::254",
                                      "ff02::1",
                                      "2001:db8::1",
                                      "2001::1",
                                      "64:ff9b::7f00:1",
                                      "64:ff9b::a9fe:a9fe",
                                      "2002:7f00:1::1",
                                      "2002:a00:1::1",
                                      "64:ff9b:1::1",
                                      "fec0::1"};
    assert_all(all, sizeof all / sizeof all[0], false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_internet_is_asked),
        cmocka_unit_test(what_lies_inside_is_not),
    };
    return cmocka_run_group_tests_name("contact/reach", tests, NULL, NULL);
}
