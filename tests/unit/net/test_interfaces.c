/* The machine's own networks, whatever they are here. */
#include "net/interfaces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void networks_are_networks_and_loopback_is_none(void **state)
{
    (void)state;
    struct prefix networks[INTERFACES_MOST];
    struct addr host;
    size_t n = interfaces_networks(networks);
    assert_true(n <= INTERFACES_MOST);
    assert_true(addr_parse_ip(bytes_of("127.0.0.1"), &host));
    for (size_t i = 0; i < n; i++) {
        assert_false(addr_is_loopback(&networks[i].base));
        assert_in_range(networks[i].bits, 1, 8 * addr_ip_length(&networks[i].base));
        assert_true(prefix_contains(&networks[i], &networks[i].base));
        assert_false(prefix_contains(&networks[i], &host));
        assert_int_equal(networks[i].base.port, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_are_networks_and_loopback_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
