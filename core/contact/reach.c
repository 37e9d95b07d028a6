#include "contact/reach.h"

static bool is_in(const struct addr *a, const char *const *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct prefix prefix;
        if (prefix_parse(bytes_of(ranges[i]), &prefix) && prefix_contains(&prefix, a))
            return true;
    }
    return false;
}

static bool is_public_ipv4(const struct addr *a)
{
    static const char *const special[] = {
        "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"};
    return !is_in(a, special, sizeof special / sizeof special[0]);
}

/* The IPv4 address that stands at `at` of the IPv6 one. */
static bool is_public_within(const struct addr *a, size_t at)
{
    struct addr inner = {.family = ADDR_IPV4};
    memcpy(inner.ip, a->ip + at, 4);
    return is_public_ipv4(&inner);
}

bool reach_is_public(const struct addr *a)
{
    static const char *const global[] = {"2000::/3"};
    static const char *const nat64[] = {"64:ff9b::/96"};
    static const char *const six_to_four[] = {"2002::/16"};
    static const char *const special[] = {"2001::/23", "2001:db8::/32", "3fff::/20",
                                          "2620:4f:8000::/48"};
    struct addr plain = addr_unmapped(*a);
    if (plain.family == ADDR_IPV4)
        return is_public_ipv4(&plain);
    if (plain.family != ADDR_IPV6)
        return false;
    if (is_in(&plain, nat64, 1))
        return is_public_within(&plain, 12);
    if (is_in(&plain, six_to_four, 1))
        return is_public_within(&plain, 2);
    return is_in(&plain, global, 1) && !is_in(&plain, special, sizeof special / sizeof special[0]);
}
